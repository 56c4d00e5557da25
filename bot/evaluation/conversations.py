"""Conversations as scripts: what a person types, and what must come back.

A script is a YAML file with a `title` and `turns`; each turn has `user`, and any of `answer` (the answer's id, `*` for
any part of it), `topic`, `place`, `gate`, `says`, `never_says` and `offers`. The tests run them, and `make evaluate`.
"""

import secrets
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from actions.knowledge.yaml_file import DataError, read_yaml
from bot.agent import Lantern
from bot.turn import Exchange, Turn

EXPECTED = {"user", "answer", "topic", "place", "gate", "says", "never_says", "offers"}


@dataclass(frozen=True)
class Script:
    """One conversation."""

    name: str
    title: str
    turns: tuple[dict[str, Any], ...]


def read_script(file: Path) -> Script:
    """The script in `file`. Raises `DataError` where a turn has no `user` or a field nobody knows."""
    data = read_yaml(file)
    for number, turn in enumerate(data["turns"], 1):
        if "user" not in turn or (unknown := turn.keys() - EXPECTED):
            what = "has no `user`" if "user" not in turn else f"{', '.join(sorted(unknown))} is no field of a turn"
            raise DataError(f"{file}: turn {number}: {what}")
    return Script(file.stem, data["title"], tuple(data["turns"]))


async def play(lantern: Lantern, script: Script) -> list[str]:
    """Holds the conversation; what came back otherwise than expected, a line each. Empty: all as written."""
    session, wrong = secrets.token_hex(16), []
    for number, turn in enumerate(script.turns, 1):
        exchange = await lantern.converse(Turn(turn["user"], session))
        wrong += [f"turn {number} “{turn['user']}”: {what}" for what in differences(turn, exchange)]
    await lantern.forget(session)
    return wrong


def differences(turn: dict[str, Any], exchange: Exchange) -> list[str]:
    """What in `exchange` is not as `turn` expects it."""
    answer, found = exchange.answer, []
    if "answer" in turn and not fnmatchcase(answer.id, turn["answer"]):
        found.append(f"answered {answer.id}, not {turn['answer']}")
    for name, value in (
        ("topic", exchange.understood.topic),
        ("place", exchange.jurisdiction),
        ("gate", exchange.understood.gate),
    ):
        if name in turn and turn[name] != value:
            found.append(f"{name} is {value}, not {turn[name]}")
    found += [f"does not say “{words}”" for words in turn.get("says", ()) if words not in answer.text]
    found += [f"says “{words}”" for words in turn.get("never_says", ()) if words in answer.text]
    labels = {choice.label for choice in answer.choices}
    found += [f"does not offer “{label}”" for label in turn.get("offers", ()) if label not in labels]
    return found
