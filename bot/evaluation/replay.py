"""A talk held again after a change: what comes back otherwise than when it was recorded, turn by turn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fnmatch import fnmatchcase
from typing import Any

from bot.agent import Lantern
from bot.evaluation.conversations import Script, differences, hold
from bot.evaluation.recording import turn_of
from bot.turn import Exchange

NOTHING = "none"


@dataclass(frozen=True)
class Change:
    """A turn that went otherwise.

    Attributes:
        number: of the turn, from 1.
        user: what was typed.
        lines: what differs, fit to show: `answer  was → is`, `- gone`, `+ new`, and what a test would say.
    """

    number: int
    user: str
    lines: tuple[str, ...]


async def replay(lantern: Lantern, script: Script) -> tuple[list[Exchange], list[Change]]:
    """Holds the talk again: what came back, and the turns that went otherwise. Nobody picks what was meant."""
    exchanges = await hold(lantern, script, picks=False)
    return exchanges, changes(script, exchanges)


def changes(script: Script, exchanges: Sequence[Exchange]) -> list[Change]:
    """The turns of `script` that went otherwise."""
    turns = enumerate(zip(script.turns, exchanges, strict=True), 1)
    found = [Change(number, turn["user"], tuple(_changed(turn, exchange))) for number, (turn, exchange) in turns]
    return [change for change in found if change.lines]


def is_recorded(script: Script) -> bool:
    """True for a script that knows all that was said; false for one that was written by hand."""
    return any("said" in turn for turn in script.turns)


def _changed(turn: Mapping[str, Any], exchange: Exchange) -> Iterator[str]:
    if "said" not in turn:
        yield from differences(dict(turn), exchange)
        return
    now = turn_of(turn["user"], exchange)
    for name in ("answer", "topic", "place", "gate"):
        was, is_now = turn.get(name), now.get(name)
        if was != is_now and not (name == "answer" and fnmatchcase(str(is_now), str(was))):
            yield f"{name:7} {was or NOTHING} → {is_now or NOTHING}"
    yield from _lines(turn["said"], now.get("said", []), "")
    yield from _lines(turn.get("offered", []), now.get("offered", []), "choice: ")
    wanted = {name: turn[name] for name in ("says", "never_says", "offers") if name in turn}
    yield from differences(wanted, exchange)


def _lines(was: Sequence[str], is_now: Sequence[str], what: str) -> Iterator[str]:
    """Lines that are gone (`-`) and new ones (`+`), in their order."""
    for tag, start, end, now_start, now_end in SequenceMatcher(None, was, is_now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (f"- {what}{line}" for line in was[start:end])
            yield from (f"+ {what}{line}" for line in is_now[now_start:now_end])
