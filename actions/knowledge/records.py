"""The shapes of what Lantern knows. One file in `data/` is one of these records.

A sentence the bot says is a `Fact`: the words and the keys of the sources they rest on. Facts make a `Section`
(the long form, and a `short` form for text messages that stands by itself). The law and the services have modules of
their own: `law_records.py`, `service_records.py`.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, Field, validator

SHORT_PART_MAX = 250  # characters; with the closing line of a legal answer still two text-message segments
QUOTE_MAX_WORDS = 25

Confidence = Literal["high", "medium", "low"]


def _not_empty(value: tuple[object, ...]) -> tuple[object, ...]:
    if not value:
        raise ValueError("needs at least one")
    return value


def _at_least_one(field: str) -> "classmethod[Any, Any, Any]":
    return validator(field, allow_reuse=True)(_not_empty)


class Record(BaseModel):
    """Base of everything read from `data/`: frozen, and a field nobody declared is an error."""

    class Config:
        """pydantic's settings."""

        frozen = True
        extra = "forbid"
        allow_population_by_field_name = True


class Source(Record):
    """Where a fact comes from. `excerpt` is at most 25 of the source's own words, for audit and not for display."""

    title: str
    url: str
    excerpt: str | None = None
    published: str | None = None

    @validator("url")
    def _web_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("is not a web address (https://…)")
        return value

    @validator("excerpt")
    def _short_quote(cls, value: str | None) -> str | None:
        if value and len(value.split()) > QUOTE_MAX_WORDS:
            raise ValueError(f"quotes more than {QUOTE_MAX_WORDS} words")
        return value


class Fact(Record):
    """One thing the bot says, and the keys of the sources it rests on."""

    say: str = Field(min_length=3)
    sources: tuple[str, ...] = Field(alias="from")

    _sourced = _at_least_one("sources")


class Reviewed(Record):
    """Who read this against its sources and stands for it, as what, when, and in which `revision` (`revisions.py`)."""

    name: str = Field(min_length=1)
    role: str = Field(min_length=1)
    on: dt.date
    revision: str | None = Field(None, regex="^r[0-9a-f]{8}$")


Review = Literal["unreviewed"] | Reviewed


class Section(Record):
    """What the bot says about one thing: the most useful fact first, then the rest, limits, one next step.

    `checked_on` and `recheck_days` hold for this section alone; where they are not given, the file's do. A sign-off
    holds for nothing but the section it stands in. `place` is for follow-ups: where none is known, naming one is
    offered.
    """

    lead: Fact
    facts: tuple[Fact, ...] = ()
    limits: tuple[Fact, ...] = ()
    next: Fact | None = None
    short: tuple[str, ...]
    place: Literal["no", "helps"] = "no"
    confidence: Confidence = "medium"
    checked_on: dt.date | None = None
    recheck_days: int | None = Field(None, gt=0)
    review: Review | None = None

    _has_short = _at_least_one("short")

    @validator("short", each_item=True)
    def _fits_a_text_message(cls, value: str) -> str:
        if len(value) > SHORT_PART_MAX:
            raise ValueError(f"is {len(value)} characters long; a part has at most {SHORT_PART_MAX}")
        return value

    def all_facts(self) -> tuple[Fact, ...]:
        """Every fact of the section, in the order it is said."""
        return (self.lead, *self.facts, *self.limits, *((self.next,) if self.next else ()))


class Stamp(Record):
    """How old a section is, how long that holds, and who reviewed it."""

    checked_on: dt.date
    recheck_days: int
    review: Review

    @property
    def reviewed(self) -> Reviewed | None:
        """Who reviewed it, if somebody did."""
        return self.review if isinstance(self.review, Reviewed) else None

    def is_stale(self, today: dt.date) -> bool:
        """True once `recheck_days` have passed since `checked_on`."""
        return today > self.checked_on + dt.timedelta(days=self.recheck_days)


class Checked(Record):
    """When a file was last checked against its sources, and how long that holds."""

    checked_on: dt.date
    recheck_days: int = Field(gt=0)
    sources: dict[str, Source]

    def stamp(self, section: Section) -> Stamp:
        """What holds for `section` of this file."""
        return Stamp(
            checked_on=section.checked_on or self.checked_on,
            recheck_days=section.recheck_days or self.recheck_days,
            review=section.review or "unreviewed",
        )


class Topic(Checked, Section):
    """`data/{rights,guidance,safety}/<topic>.yml`: what the bot says wherever the person is."""

    topic: str
    checked_on: dt.date
    recheck_days: int = Field(gt=0)
    review: Review = "unreviewed"
    services: tuple[str, ...] = ()  # ids of services shown under it
    followups: dict[str, Section] = {}  # what people ask next about it, by the name the lexicon gives it

    def sections(self) -> dict[str, Section]:
        """Every section by its path in the file; the topic's own is `.`."""
        return {".": self, **{f"followups.{name}": section for name, section in self.followups.items()}}

    def with_sections(self, parts: Mapping[str, Section]) -> "Topic":
        """This file with `parts`, by path, in the place of its own."""
        followups = {name: parts.get(f"followups.{name}", section) for name, section in self.followups.items()}
        return parts.get(".", self).copy(update={"followups": followups})  # type: ignore[return-value]


class Claim(Record):
    """One thing one of the five documents says, in our words."""

    say: str
    quote: str
    topics: tuple[str, ...]
    disputed_by: tuple[str, ...] = ()

    _serves = _at_least_one("topics")

    @validator("quote")
    def _short_quote(cls, value: str) -> str:
        if len(value.split()) > QUOTE_MAX_WORDS:
            raise ValueError(f"quotes more than {QUOTE_MAX_WORDS} words")
        return value


class Document(Record):
    """`data/guidance/documents/<key>.yml`: one of the five documents, claim by claim."""

    title: str
    by: str
    published: str | None = None
    url: str
    claims: dict[str, Claim]


class TopicEntry(Record):
    """One topic of `data/topics.yml`: what a choice calls it and where its answer is."""

    label: str
    source: str = Field(alias="from")
    place: Literal["no", "helps", "ask"] = "no"
    next: tuple[str, ...] = ()  # topics, or "+name" for a follow-up of this one


class Topics(Record):
    """`data/topics.yml`: topics by group."""

    __root__: dict[str, dict[str, TopicEntry]]


class Followup(Record):
    """What people ask next about a question.

    `label` is what a choice calls it; `like` the topics that the same words by themselves would be; `answered_by` says
    for a topic, or a group of topics, what answers: `topic.<topic>`, `law.<path>`, or `covers.<what>`.
    """

    label: str
    like: tuple[str, ...] = ()
    answered_by: dict[str, str] = {}


class Followups(Record):
    """`data/followups.yml`."""

    __root__: dict[str, Followup]


class Phrase(Record):
    """What the bot says about itself and the talk: our own words, so no sources."""

    lead: str
    more: tuple[str, ...] = ()
    short: tuple[str, ...]


class Conversation(Record):
    """`data/phrases/conversation.yml`: a phrase a topic."""

    __root__: dict[str, Phrase]
