"""The safety gate: danger now, suicide, medical emergency, a minor. Deterministic; its patterns are data.

`data/safety/gate.<language>.yml` says what fires and what only looks alike, and why a pattern is there. No score, no
level: a kind fires or it does not, and `Alarm.because` names the words that did it, for `/why`.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from actions.knowledge.yaml_file import DataError, read_yaml
from bot.nlu.plain_text import plain

Kind = Literal["suicide", "medical", "danger", "minor"]
KINDS: tuple[Kind, ...] = get_args(Kind)  # in this order: the first that fires is the one
TOPICS: dict[Kind, str] = {
    "suicide": "crisis_suicide",
    "medical": "crisis_medical",
    "danger": "crisis_danger",
    "minor": "minor_disclosure",
}
SAFETY_FOLDER = Path(__file__).parents[2] / "data" / "safety"
PARTS = ("always", "when", "unless", "over")  # of a kind's patterns
MAX_CHARACTERS = 2000  # of a longer message, the beginning and the end are read
_BREAK = re.compile(
    r"[.?!;。]+(?:\s|$)|\b(?:because|bcuz|bcus|bc|cuz|cause|btw)\b"
)  # a question ends, or its reason begins


@dataclass(frozen=True)
class Alarm:
    """What fired, and the part of the message (made plain) that fired it.

    Attributes:
        certain: by a pattern that needs no second witness.
        by_pattern: False where only a model heard it.
    """

    kind: Kind
    because: str
    certain: bool = False
    by_pattern: bool = True


@dataclass(frozen=True)
class Match:
    """A pattern that fits, and the words: `part` is empty for look-alikes and questions, `number` counts from 1."""

    kind: str
    part: str
    number: int
    words: str


@dataclass(frozen=True)
class _Rules:
    always: tuple[re.Pattern[str], ...]
    when: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    over: tuple[re.Pattern[str], ...]


class Gate:
    """The gate for one language. Raises `DataError` where a pattern is no regular expression."""

    def __init__(self, file: Path) -> None:
        data = read_yaml(file)
        words: dict[str, str] = data["words"]
        self._look_alikes = _compiled(file, data["look_alikes"], words)
        self._questions = _compiled(file, data.get("questions", []), words)
        self._backing = {k: _compiled(file, data[k]["backed_by"], words) for k in KINDS if "backed_by" in data[k]}
        self._rules = {
            kind: _Rules(*(_compiled(file, data[kind].get(part, []), words) for part in PARTS)) for kind in KINDS
        }

    def check(self, text: str) -> Alarm | None:
        """The first kind that fires on `text`, if any."""
        return next(iter(self.alarms(text)), None)

    def alarms(self, text: str) -> list[Alarm]:
        """Every kind that fires on `text`, in the order of `KINDS`. "dieeee" is read as "diee" and as "die"."""
        readings = [_both_ends(easy) for easy in dict.fromkeys((plain(text), plain(text, keep=1)))]
        heard = (next(filter(None, (self._hear(kind, easy) for easy in readings)), None) for kind in KINDS)
        return [alarm for alarm in heard if alarm]

    def _hear(self, kind: Kind, easy: str) -> Alarm | None:
        rules = self._rules[kind]
        if _first(rules.unless, easy):
            return None
        if found := _first(rules.always, easy):
            return Alarm(kind, found, certain=True)
        if _first(self._look_alikes, easy) or _first(rules.over, easy):
            return None
        for match in filter(None, (pattern.search(easy) for pattern in rules.when)):
            if not _first(self._questions, _clause(easy, match)):
                return Alarm(kind, match.group())
        return None

    def denies(self, kind: Kind, text: str) -> bool:
        """True where `text` says that `kind` is not so: "not suicidal", "nobody is hurting me"."""
        return _first(self._rules[kind].unless, plain(text)) is not None

    def over(self, text: str) -> list[Kind]:
        """The kinds that the whole of `text` tells as a story that is over, whatever one of its sentences says."""
        easy = plain(text)
        return [kind for kind, rules in self._rules.items() if _first(rules.over, easy)]

    def backs(self, kind: Kind, text: str) -> bool:
        """False where a model's guess of `kind` has nothing in `text` to rest on."""
        return kind not in self._backing or _first(self._backing[kind], plain(text)) is not None

    def tells(self, text: str) -> bool:
        """True where `text` is a joke, about the past, or about a film: in another of its languages too."""
        return _first(self._look_alikes, plain(text)) is not None

    def looks_alike(self, text: str) -> bool:
        """True where `text` is a joke, about the past, or a general question."""
        return self.tells(text) or _first(self._questions, plain(text)) is not None

    def matches(self, text: str) -> list[Match]:
        """Every pattern that fits `text`, whether or not it counts: for an author who wonders what the gate heard."""
        parts = {("look_alikes", ""): self._look_alikes, ("questions", ""): self._questions}
        parts |= {(kind, part): getattr(rules, part) for kind, rules in self._rules.items() for part in PARTS}
        parts |= {(kind, "backed_by"): patterns for kind, patterns in self._backing.items()}
        readings = dict.fromkeys((plain(text), plain(text, keep=1)))
        found = {
            (where, number): Match(*where, number, match.group())
            for where, patterns in parts.items()
            for number, pattern in enumerate(patterns, 1)
            for easy in readings
            if (match := pattern.search(easy))
        }
        return list(found.values())


@cache
def gate(language: str = "en") -> Gate:
    """The gate of `language`, built once a process."""
    return Gate(SAFETY_FOLDER / f"gate.{language}.yml")


def _both_ends(easy: str) -> str:
    if len(easy) <= MAX_CHARACTERS:
        return easy
    return f"{easy[: MAX_CHARACTERS // 2]} {easy[-MAX_CHARACTERS // 2 :]}"


def _clause(easy: str, match: re.Match[str]) -> str:
    """The part of `easy` around `match` that a question would have to be in to be about it."""
    start = max((end.end() for end in _BREAK.finditer(easy, 0, match.start())), default=0)
    end = _BREAK.search(easy, match.end())
    return easy[start : end.start() if end else len(easy)].strip()


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> str | None:
    for pattern in patterns:
        if match := pattern.search(text):
            return match.group()
    return None


def _compiled(file: Path, patterns: list[str], words: dict[str, str]) -> tuple[re.Pattern[str], ...]:
    compiled = []
    for pattern in patterns:
        for name, expansion in words.items():
            pattern = pattern.replace(f"{{{name}}}", expansion)
        try:
            compiled.append(re.compile(pattern))
        except re.error as error:
            raise DataError(f"{file}: not a regular expression: {pattern}: {error}") from None
    return tuple(compiled)
