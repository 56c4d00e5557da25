"""The one `Answer` every channel gets: a long form for pages, a short form in text-message parts."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Choice:
    """Something to pick. `value` is what comes back: a topic in Rasa's form, `/topic{"entity": "value"}`."""

    label: str
    value: str


@dataclass(frozen=True)
class Link:
    """A source as the reader sees it."""

    title: str
    url: str


@dataclass(frozen=True)
class Answer:
    """What the bot says in one turn.

    Attributes:
        id: where in the data it comes from, for example `law.OR.immunity`.
        lines: the long form, a sentence or a few a line.
        short: the same in text-message parts that stand by themselves, most useful first.
        choices: what can be picked next.
        sources: where the facts come from.
        checked_on: ISO date of the last check against the sources; None where there is nothing to check.
        review: "unreviewed" or "reviewed"; None where there is nothing to review.
    """

    id: str
    lines: tuple[str, ...]
    short: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    sources: tuple[Link, ...] = ()
    checked_on: str | None = None
    review: str | None = None

    @property
    def text(self) -> str:
        """The long form as one text."""
        return "\n".join(self.lines)

    def as_dict(self) -> dict[str, Any]:
        """The public JSON form (a contract: outside measurements are made through it)."""
        return {
            "id": self.id,
            "text": self.text,
            "short": list(self.short),
            "choices": [asdict(c) for c in self.choices],
            "sources": [asdict(s) for s in self.sources],
            "checked_on": self.checked_on,
            "review": self.review,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Answer":
        """The inverse of `as_dict`."""
        return cls(
            id=data["id"],
            lines=tuple(data["text"].split("\n")),
            short=tuple(data["short"]),
            choices=tuple(Choice(**c) for c in data["choices"]),
            sources=tuple(Link(**s) for s in data["sources"]),
            checked_on=data["checked_on"],
            review=data["review"],
        )


@dataclass
class Draft:
    """Collects the pieces of an answer in the order they are said."""

    id: str
    lines: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    sources: list[Link] = field(default_factory=list)
    checked_on: str | None = None
    review: str | None = None

    def say(self, *lines: str | None) -> "Draft":
        """Adds lines; None and empty ones are passed over."""
        self.lines.extend(line for line in lines if line)
        return self

    def offer(self, choices: Iterable[Choice]) -> "Draft":
        """Adds choices that are not there yet."""
        self.choices.extend(c for c in choices if c.value not in {had.value for had in self.choices})
        return self

    def cite(self, links: Iterable[Link]) -> "Draft":
        """Adds sources that are not there yet, by address."""
        for link in links:
            if link.url not in {had.url for had in self.sources}:
                self.sources.append(link)
        return self

    def done(self) -> Answer:
        """The finished answer."""
        return Answer(
            self.id,
            tuple(self.lines),
            tuple(self.short),
            tuple(self.choices),
            tuple(self.sources),
            self.checked_on,
            self.review,
        )
