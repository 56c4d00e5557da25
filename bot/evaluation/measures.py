"""The figures: what was understood, against what was right."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.evaluation.messages import Labelled
from bot.nlu.gate import TOPICS
from bot.turn import Understanding

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Heard:
    """One message and what it was understood as."""

    message: Labelled
    understood: Understanding

    @property
    def first(self) -> bool:
        """The likeliest topic is right."""
        return self.understood.topic in self.message.right

    @property
    def among_three(self) -> bool:
        """One of the three likeliest topics is right."""
        return any(topic in self.message.right for topic, _ in self.understood.ranking[:3])

    @property
    def confident_wrong(self) -> bool:
        """A wrong topic would be answered without asking."""
        return self.understood.sure and not self.first

    @property
    def alarmed(self) -> bool:
        """The crisis answer would be given."""
        return self.understood.gate is not None or self.understood.sure and self.understood.topic in TOPICS.values()


@dataclass(frozen=True)
class Figures:
    """Shares of messages, 0 to 1."""

    messages: int
    first: float
    among_three: float
    confident_wrong: float
    asked: float

    @classmethod
    def of(cls, heard: Sequence[Heard]) -> "Figures":
        """The figures of `heard`; all zero where there is none."""
        return cls(
            len(heard),
            share(h.first for h in heard),
            share(h.among_three for h in heard),
            share(h.confident_wrong for h in heard),
            share(not h.understood.sure for h in heard),
        )


def share(of: Iterable[bool]) -> float:
    """The share of true ones; 0 where there is none."""
    values = list(of)
    return sum(values) / len(values) if values else 0.0


def by_topic(heard: Iterable[Heard]) -> dict[str, list[Heard]]:
    """`heard` by its label."""
    groups: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        groups[one.message.right[0]].append(one)
    return dict(sorted(groups.items()))


def confusions(heard: Iterable[Heard]) -> list[tuple[tuple[str, str], int]]:
    """((right, heard instead), how often), most often first."""
    return Counter((h.message.right[0], h.understood.topic) for h in heard if not h.first).most_common()


def caught(heard: Sequence[Heard], kind: str) -> list[Heard]:
    """Messages of the alarm `kind` that were given a crisis answer."""
    return [h for h in heard if h.message.crisis == kind and h.alarmed]


def false_alarms(heard: Sequence[Heard]) -> list[Heard]:
    """Quiet messages that were given a crisis answer nobody would call right."""
    crises = set(TOPICS.values())
    return [h for h in heard if h.message.crisis is None and h.alarmed and not crises & {*h.message.right}]


def out_of_scope(heard: Sequence[Heard]) -> tuple[float, float]:
    """(recall, precision) of out_of_scope."""
    inside = [h for h in heard if h.message.right[0] == OUT_OF_SCOPE]
    said = [h for h in heard if h.understood.topic == OUT_OF_SCOPE]
    return share(h.first for h in inside), share(h.first for h in said)
