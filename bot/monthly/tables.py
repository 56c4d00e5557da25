"""The tables of a report: what of a month is shown under which name, the largest number first."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from actions.knowledge.catalogs import languages
from actions.knowledge.library import Library
from bot.monthly.cells import ASKED, MESSAGES, NOT_KNOWN, OUT_OF_SCOPE, WRONG_NUMBERS, Cell

ABOUT_ITSELF = "conversation"  # a group of topics
IN_TALKS = "talks in which it came up"
CHANNEL_LABELS = {"web": "On the page", "sms": "By text message"}
GATE_LABELS = {
    "suicide": "Thoughts of dying or self-harm",
    "medical": "A medical emergency",
    "danger": "Danger from somebody",
    "minor": "Said to be under 18",
}
MESSAGE_LABELS = {
    MESSAGES: "All messages",
    ASKED: "Lantern had to ask what was meant",
    OUT_OF_SCOPE: "Outside what Lantern is for",
    NOT_KNOWN: "Lantern said that it does not know",
    WRONG_NUMBERS: "Said that a number is wrong",
}


@dataclass(frozen=True)
class Row:
    """A number of a table. `before` is the month before; None where it is not shown, or there is none."""

    cell: Cell
    label: str
    at_least: int
    before: int | None = None


@dataclass(frozen=True)
class Table:
    """Numbers about one thing; `counted` says what one is."""

    id: str
    title: str
    counted: str
    rows: tuple[Row, ...]

    @property
    def largest(self) -> int:
        """The largest number in it, the month before included."""
        return max((max(row.at_least, row.before or 0) for row in self.rows), default=0)


def tables(shown: Mapping[Cell, int], before: Mapping[Cell, int], library: Library) -> Iterator[Table]:
    """Every table, from what was counted in the month and in the month before."""

    def table(name: str, title: str, counted: str, labels: Mapping[Cell, str]) -> Table:
        rows = [Row(cell, label, shown[cell], before.get(cell)) for cell, label in labels.items() if cell in shown]
        return Table(name, title, counted, tuple(sorted(rows, key=lambda row: (-row.at_least, row.label))))

    labels = _topic_labels(library)
    own = {topic: label for topic, label in labels.items() if library.groups[topic] == ABOUT_ITSELF}
    others = {topic: label for topic, label in labels.items() if topic not in own}
    spoken = {code: language.name for code, language in languages().items()}
    yield table("topics", "Topics", IN_TALKS, _cells("topic", others))
    yield table("about_lantern", "About the chat itself", IN_TALKS, _cells("topic", own))
    yield table("places", "States and territories", "talks about one", _cells("place", library.places))
    yield table("languages", "Languages", "talks answered in it", _cells("language", spoken))
    yield table("channels", "How people wrote", "talks", _cells("channel", CHANNEL_LABELS))
    yield table("gates", "The safety gate", "talks in which it fired", _cells("gate", GATE_LABELS))
    yield table("messages", "Messages", "messages, not talks", MESSAGE_LABELS)


def _topic_labels(library: Library) -> dict[str, str]:
    """A label for each topic; those that share one are called by their own name."""
    times = Counter(entry.label for entry in library.topics.values())
    return {
        topic: entry.label if times[entry.label] == 1 else topic.replace("_", " ").capitalize()
        for topic, entry in library.topics.items()
    }


def _cells(kind: str, labels: Mapping[str, str]) -> dict[Cell, str]:
    return {f"{kind}:{name}": label for name, label in labels.items()}
