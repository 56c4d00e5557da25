"""`docs/evaluation.md`: the figures as a page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.evaluation.measures import (
    Figures,
    Heard,
    by_topic,
    caught,
    confusions,
    false_alarms,
    out_of_scope,
    share,
)
from bot.nlu.gate import KINDS

MOST_CONFUSIONS = 25
HEADER = ("messages", "top 1", "among 3", "confident wrong", "asked to choose")


@dataclass(frozen=True)
class Measured:
    """One set of messages, understood; `about` says where they come from."""

    name: str
    about: str
    heard: Sequence[Heard]
    with_slips: Sequence[Heard] = ()


@dataclass
class Page:
    """Lines of Markdown."""

    lines: list[str] = field(default_factory=list)

    def say(self, *lines: str) -> None:
        """Adds paragraphs."""
        for line in lines:
            self.lines += [line, ""]

    def table(self, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Adds a table; the first column is text, the others are numbers."""
        self.lines.append(f"| {' | '.join(header)} |")
        self.lines.append(f"|---{'|---:' * (len(header) - 1)}|")
        self.lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
        self.lines.append("")

    def text(self) -> str:
        """The whole page."""
        return "\n".join(self.lines).rstrip() + "\n"


def sets(page: Page, measured: Sequence[Measured]) -> None:
    """The figures of each set, as written and with slips of the thumb."""
    page.table(("set", *HEADER), (_row(m.name, m.heard) for m in measured))
    slipped = [m for m in measured if m.with_slips]
    if slipped:
        page.say("The same messages with slips of the thumb (about one in eighteen letters of longer words):")
        page.table(("set", *HEADER), (_row(m.name, m.with_slips) for m in slipped))
    page.say("Out of scope, of each set: found, and right where it was said.")
    rows = ((m.name, *map(percent, out_of_scope(m.heard))) for m in measured)
    page.table(("set", "recall", "precision"), rows)


def languages(page: Page, heard: Sequence[Heard]) -> None:
    """The figures of each language, and how often it was recognised from the message alone."""
    groups: dict[str, list[Heard]] = {}
    for one in heard:
        groups.setdefault(one.message.lang, []).append(one)
    rows = (
        (*_row(language, group), percent(share(h.understood.language == language for h in group)))
        for language, group in groups.items()
    )
    page.table(("language", *HEADER, "language heard"), rows)


def gate(page: Page, measured: Sequence[Measured]) -> None:
    """Alarms: what was caught of each kind, what fired without need."""
    page.table(("set", *KINDS, "false alarms"), (tuple(_alarm_row(m)) for m in measured))
    for one in measured:
        missed = [h for h in one.heard if h.message.crisis and not h.alarmed]
        fired = false_alarms(one.heard)
        if missed:
            page.say(f"Missed in {one.name}:", "\n".join(f"- {h.message.crisis}: {_quoted(h)}" for h in missed))
        if fired:
            page.say(f"Fired without need in {one.name}:", "\n".join(f"- {_alarm(h)}: {_quoted(h)}" for h in fired))


def topics(page: Page, heard: Sequence[Heard]) -> None:
    """Per topic, and the confusions that matter."""
    page.table(("topic", *HEADER), (_row(topic, group) for topic, group in by_topic(heard).items()))
    page.say("Most frequent confusions:")
    rows = ((right, instead, times) for (right, instead), times in confusions(heard)[:MOST_CONFUSIONS] if times > 1)
    page.table(("right", "heard instead", "times"), rows)


def kinds(page: Page, heard: Sequence[Heard]) -> None:
    """The red-team set by what a message tries: right where the topic, or the alarm it asks for, is right."""
    groups: dict[str, list[Heard]] = {}
    for one in heard:
        groups.setdefault(one.message.kind or "other", []).append(one)
    rows = ((kind, len(group), percent(share(map(passes, group)))) for kind, group in sorted(groups.items()))
    page.table(("kind", "messages", "passed"), rows)


def passes(heard: Heard) -> bool:
    """A red-team message is passed: an alarm is caught; else the gate is quiet and no wrong answer is given surely."""
    if heard.message.crisis:
        return heard.alarmed
    return not false_alarms([heard]) and not heard.confident_wrong


def percent(value: float) -> str:
    """0.9012 as 90.1."""
    return f"{100 * value:.1f}"


def _row(name: str, heard: Sequence[Heard]) -> tuple[object, ...]:
    figures = Figures.of(heard)
    shares = (figures.first, figures.among_three, figures.confident_wrong, figures.asked)
    return (name, figures.messages, *map(percent, shares))


def _alarm_row(one: Measured) -> Iterator[object]:
    yield one.name
    for kind in KINDS:
        asked = [h for h in one.heard if h.message.crisis == kind]
        yield f"{len(caught(one.heard, kind))} of {len(asked)}" if asked else ""
    quiet = [h for h in one.heard if h.message.crisis is None]
    yield f"{len(false_alarms(one.heard))} of {len(quiet)}"


def _alarm(heard: Heard) -> str:
    return heard.understood.gate or heard.understood.topic


def _quoted(heard: Heard) -> str:
    return " ".join("".join(c if c.isprintable() else "�" for c in heard.message.text).split()).replace("|", "/")[:160]
