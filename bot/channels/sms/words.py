"""Words that mean something by themselves: what carriers own (STOP, START, HELP) and what stands for buttons.

`data/lexicon/sms.yml` lists them in four languages, whatever language the bot answers in: a refusal counts in the
language of whoever refuses.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from actions.knowledge.yaml_file import read_yaml
from bot.nlu.plain_text import plain
from bot.settings import ROOT

FILE = ROOT / "data" / "lexicon" / "sms.yml"
Meaning = Literal["stop", "start", "start_when_stopped", "help", "more", "menu", "back", "delete", "language", "number"]
CARRIERS_OWN: tuple[Meaning, ...] = ("stop", "start", "start_when_stopped", "help")


@dataclass(frozen=True)
class Word:
    """What a whole message means. `value` is the code of a language, or a digit; empty for the others."""

    meaning: Meaning
    value: str = ""


def word(text: str) -> Word | None:
    """What `text` means if it is one of our words, and nothing besides."""
    return _words().get(easy(text))


def easy(text: str) -> str:
    """`text` in small letters without accents and punctuation, each word once spaced ("¡NO MÁS!" is "no mas")."""
    letters = unicodedata.normalize("NFD", plain(text, keep=1))
    without = "".join(c for c in letters if not "\u0300" <= c <= "\u036f")
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", without)))


@cache
def _words() -> dict[str, Word]:
    found: dict[str, Word] = {}
    for phrase, meant in _read():
        assert found.setdefault(phrase, meant) == meant, f"{FILE}: {phrase} means two things"
    return found


def _read() -> Iterator[tuple[str, Word]]:
    for meaning, lists in read_yaml(FILE).items():
        for key, phrases in lists.items():
            value = str(key) if meaning in ("language", "number") else ""
            yield from ((easy(phrase), Word(meaning, value)) for phrase in phrases)
