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
MAX_CHARACTERS = 2000  # of a longer message, the beginning and the end are read


@dataclass(frozen=True)
class Alarm:
    """What fired, and the part of the message (made plain) that fired it."""

    kind: Kind
    because: str


@dataclass(frozen=True)
class _Rules:
    always: tuple[re.Pattern[str], ...]
    when: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]


class Gate:
    """The gate for one language. Raises `DataError` where a pattern is no regular expression."""

    def __init__(self, file: Path) -> None:
        data = read_yaml(file)
        words: dict[str, str] = data["words"]
        self._look_alikes = _compiled(file, data["look_alikes"], words)
        self._backing = {k: _compiled(file, data[k]["backed_by"], words) for k in KINDS if "backed_by" in data[k]}
        self._rules = {
            kind: _Rules(*(_compiled(file, data[kind][part], words) for part in ("always", "when", "unless")))
            for kind in KINDS
        }

    def check(self, text: str) -> Alarm | None:
        """The first kind that fires on `text`, if any. "dieeee" is read as "diee" and as "die"."""
        readings = dict.fromkeys((plain(text), plain(text, keep=1)))
        return next(filter(None, map(self._check, readings)), None)

    def _check(self, easy: str) -> Alarm | None:
        if len(easy) > MAX_CHARACTERS:
            easy = f"{easy[: MAX_CHARACTERS // 2]} {easy[-MAX_CHARACTERS // 2 :]}"
        for kind in KINDS:
            rules = self._rules[kind]
            found = _first(rules.always, easy)
            if not found and (found := _first(rules.when, easy)) and _first(self._look_alikes, easy):
                continue
            if found and not _first(rules.unless, easy):
                return Alarm(kind, found)
        return None

    def denies(self, text: str) -> bool:
        """True where `text` says that it is not so: "not suicidal", "nobody is hurting me"."""
        easy = plain(text)
        return any(_first(rules.unless, easy) for rules in self._rules.values())

    def backs(self, kind: Kind, text: str) -> bool:
        """False where a model's guess of `kind` has nothing in `text` to rest on."""
        return kind not in self._backing or _first(self._backing[kind], plain(text)) is not None

    def looks_alike(self, text: str) -> bool:
        """True where `text` is a joke, about the past, or a general question."""
        return _first(self._look_alikes, plain(text)) is not None


@cache
def gate(language: str = "en") -> Gate:
    """The gate of `language`, built once a process."""
    return Gate(SAFETY_FOLDER / f"gate.{language}.yml")


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
