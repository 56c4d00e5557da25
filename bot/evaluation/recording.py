"""A talk in the terminal, written down as a script: `/save` in `lantern chat`.

It is the one place where what somebody typed is written to a disk, and only the terminal reaches it: an author types
test words there. No channel, page or server imports this package (`tests/bot/evaluation/test_recording.py`).
"""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT
from bot.turn import Exchange
from bot.understanding import picked_choice

FOLDER = ROOT / "tests" / "conversations" / "recorded"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
MADE = frozenset({"user", "answer", "topic", "place", "gate", "says", "said", "offered"})  # fields of a turn
MOST_FACTS = 8  # of one answer; a long list of services has dozens of numbers

_A_NUMBER = re.compile(r"[1-9]\d?")
_FACTS = (  # what must not change unnoticed, in the words of any language
    re.compile(r"(?<![\w-])(?:1-)?\d{3}-\d{3}-\d{4}(?![\w-])"),  # telephone numbers
    re.compile(r"§§? ?\d[\w.:-]*\w"),  # statutes
)


class CannotSave(ValueError):
    """A talk cannot be written. `str(error)` says why."""


class Recording:
    """What was typed, and what came back, since the talk began."""

    def __init__(self) -> None:
        self._turns: list[tuple[str, Exchange]] = []

    def add(self, typed: str, exchange: Exchange) -> None:
        """Adds a turn. A choice that was picked by its number is kept by its label, which a reader understands."""
        before = self._turns[-1][1].answer.choices if self._turns else ()
        if _A_NUMBER.fullmatch(typed.strip()):
            value = picked_choice(typed, [(choice.label, choice.value) for choice in before])
            typed = next((choice.label for choice in before if choice.value == value), typed)
        self._turns.append((typed, exchange))

    def save(self, name: str, title: str, folder: Path = FOLDER) -> Path:
        """Writes the talk as the script `name` into `folder`; the file.

        Args:
            title: what it is about; empty for the name in words.

        Raises:
            CannotSave: nothing was said, the name is none or is taken, or the folder cannot be written to.
        """
        if not NAME.fullmatch(name):
            raise CannotSave("A name has small letters, digits, - and _. Type for example: /save asking_for_a_lawyer")
        if not self._turns:
            raise CannotSave("Nothing was said yet.")
        file = folder / f"{name}.yml"
        turns = [turn_of(typed, exchange) for typed, exchange in self._turns]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as out:
                out.write(as_yaml(title or name.replace("_", " ").replace("-", " ").capitalize(), turns))
        except FileExistsError:
            raise CannotSave(f"{file.name} is there already. Take another name, or delete it.") from None
        except OSError as error:
            raise CannotSave(f"{file.name} cannot be written into {folder}: {error.strerror}") from None
        return file


def turn_of(typed: str, exchange: Exchange) -> dict[str, Any]:
    """A turn as a script has it: what tests hold it to, and all that was said, for `lantern replay`."""
    answer = exchange.answer
    turn = {
        "user": typed,
        "answer": answer.id,
        "topic": exchange.understood.topic,
        "place": exchange.jurisdiction,
        "gate": exchange.understood.gate,
        "says": list(facts(answer.text)),
        "said": list(answer.lines),
        "offered": [choice.label for choice in answer.choices],
    }
    return {name: value for name, value in turn.items() if value or name == "user"}


def renewed(turn: Mapping[str, Any], exchange: Exchange) -> dict[str, Any]:
    """`turn` as it goes now. What an author added stays; of `says`, and of an `answer` with `*`, what still holds."""
    now = turn_of(turn["user"], exchange)
    if fnmatchcase(exchange.answer.id, turn.get("answer", "")):
        now["answer"] = turn["answer"]
    kept = [words for words in turn.get("says", ()) if words in exchange.answer.text]
    now["says"] = list(dict.fromkeys((*kept, *now.get("says", ()))))
    by_hand = {name: value for name, value in turn.items() if name not in MADE}
    return {"user": turn["user"], **by_hand, **{name: value for name, value in now.items() if value}}


def facts(text: str) -> Iterator[str]:
    """The telephone numbers and statutes in `text`, each once, in order: at most `MOST_FACTS`."""
    found = sorted((match.start(), match.group()) for pattern in _FACTS for match in pattern.finditer(text))
    yield from list(dict.fromkeys(words for _, words in found))[:MOST_FACTS]


def as_yaml(title: str, turns: list[dict[str, Any]]) -> str:
    """A script as a person would write it."""
    return yaml.safe_dump({"title": title, "turns": turns}, sort_keys=False, allow_unicode=True, width=10_000)
