"""The shapes of what Lantern knows. One file in `data/` is one of these records.

A sentence the bot says is a `Fact`: the words and the keys of the sources they rest on. Facts make a `Section`
(the long form, and a `short` form for text messages that stands by itself). Law, rights, guidance and services
are sections with what a lawyer or an advocate needs beside them.
"""

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, Field, validator

SHORT_PART_MAX = 250  # characters; with the closing line of a legal answer still two text-message segments
QUOTE_MAX_WORDS = 25

Confidence = Literal["high", "medium", "low"]
PoliceContact = Literal[
    "never_without_consent", "only_if_imminent_danger", "may_report_minors", "involves_police", "unknown"
]


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


class Section(Record):
    """What the bot says about one thing: the most useful fact first, then the rest, limits, one next step."""

    lead: Fact
    facts: tuple[Fact, ...] = ()
    limits: tuple[Fact, ...] = ()
    next: Fact | None = None
    short: tuple[str, ...]
    confidence: Confidence = "medium"

    _has_short = _at_least_one("short")

    @validator("short", each_item=True)
    def _fits_a_text_message(cls, value: str) -> str:
        if len(value) > SHORT_PART_MAX:
            raise ValueError(f"is {len(value)} characters long; a part has at most {SHORT_PART_MAX}")
        return value

    def all_facts(self) -> tuple[Fact, ...]:
        """Every fact of the section, in the order it is said."""
        return (self.lead, *self.facts, *self.limits, *((self.next,) if self.next else ()))


class Checked(Record):
    """When a file was last checked against its sources, how long that holds, and who reviewed it."""

    checked_on: dt.date
    recheck_days: int = Field(gt=0)
    review: Literal["unreviewed", "reviewed"] = "unreviewed"
    reviewer: str | None = None
    sources: dict[str, Source]

    def is_stale(self, today: dt.date) -> bool:
        """True once `recheck_days` have passed since `checked_on`."""
        return today > self.checked_on + dt.timedelta(days=self.recheck_days)


class Topic(Checked, Section):
    """`data/{rights,guidance,safety}/<topic>.yml`: what the bot says wherever the person is."""

    topic: str
    services: tuple[str, ...] = ()  # ids of services shown under it


class Immunity(Section):
    """Does this jurisdiction protect a person in the sex trades who reports a crime?"""

    status: Literal["immunity", "partial", "evidence_only", "affirmative_defense_only", "none_found"]
    statute: str
    effective: str | None = None
    protects_from: tuple[Literal["arrest", "charge", "prosecution", "evidence_use", "conviction"], ...] = ()
    who: tuple[str, ...] = ()
    crimes_reported: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()


class OfficerContact(Section):
    """Is sexual contact between an officer and a person they stop, hold or investigate a crime here?"""

    status: Literal["crime", "crime_in_custody_only", "unclear", "none_found"]
    statute: str


class RecordRelief(Record):
    """How a record can be cleared here: one section for each question people ask."""

    status: Literal["adults_and_minors", "minors_only", "none_found", "federal_enacted"]
    kinds: tuple[str, ...] = ()
    statute: str
    eligibility: Section
    process: Section
    cost_time: Section
    documents: Section


class Law(Checked):
    """`data/law/<CODE>.yml`: the law of one jurisdiction (postal code; `US` is federal law)."""

    code: str = Field(regex="^[A-Z]{2}$")
    name: str
    immunity: Immunity
    officer_contact: OfficerContact
    records: RecordRelief

    def sections(self) -> dict[str, Section]:
        """Every section by its path in the file."""
        records = {
            f"records.{n}": getattr(self.records, n) for n in ("eligibility", "process", "cost_time", "documents")
        }
        return {"immunity": self.immunity, "officer_contact": self.officer_contact, **records}


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
    url: str | None = None
    claims: dict[str, Claim]


class Contact(Record):
    """A way to reach a service. `number` is shown and dialled; `keyword` is what to text."""

    number: str
    keyword: str | None = None


class Service(Record):
    """One service. Field names follow Open Referral HSDS 3 where it has one; `police_contact` is ours."""

    id: str
    name: str
    description: str  # what they do, one line
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    operator: str | None = None
    needs: tuple[str, ...]
    populations: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...]
    stance: str
    phone: Contact | None = None
    text: Contact | None = None
    chat_url: str | None = None
    url: str | None = None
    hours: str | None = None
    languages: tuple[str, ...] = ()
    cost: str | None = None
    police_contact: PoliceContact
    police_contact_note: str
    assured_date: dt.date
    confidence: Confidence
    review: Literal["unreviewed", "reviewed"] = "unreviewed"
    sources: tuple[Source, ...]

    _meets_needs = _at_least_one("needs")
    _serves_places = _at_least_one("jurisdictions")
    _sourced = _at_least_one("sources")


class Services(Record):
    """`data/services/<CODE>.yml`: the services listed for one jurisdiction (`US`: they serve every place)."""

    services: tuple[Service, ...]


class Need(Record):
    """How one need is found among the services' own words for needs."""

    tags: tuple[str, ...]
    lead: str
    prefer: tuple[str, ...] = ()


class Needs(Record):
    """`data/services/needs.yml`."""

    needs: dict[str, Need]


class TopicEntry(Record):
    """One topic of `data/topics.yml`: what a choice calls it and where its answer is."""

    label: str
    source: str = Field(alias="from")
    place: Literal["no", "helps", "ask"] = "no"
    next: tuple[str, ...] = ()


class Topics(Record):
    """`data/topics.yml`: topics by group."""

    __root__: dict[str, dict[str, TopicEntry]]


class Phrase(Record):
    """What the bot says about itself and the talk: our own words, so no sources."""

    lead: str
    more: tuple[str, ...] = ()
    short: tuple[str, ...]


class Conversation(Record):
    """`data/phrases/<language>/conversation.yml`: a phrase a topic."""

    __root__: dict[str, Phrase]
