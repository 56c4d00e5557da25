"""Conversations as scripts: what a person types, and what must come back.

A script is a YAML file with a `title` and `turns`; each turn has `user`, and any of `answer` (the answer's id, `*` for
any part of it), `topic`, `place`, `gate`, `says`, `never_says` and `offers`. Beside `user` stands what is typed in
another language (`es`, `zh`, …); what is said then is not looked at. The tests run them, and `make evaluate`. A talk
that was recorded in the terminal (`recording.py`) also has `said` and `offered`, all that came back; no test wants them
as they were, `lantern replay` shows where they changed.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from actions.knowledge.catalogs import ENGLISH, languages
from actions.knowledge.library import library
from actions.knowledge.yaml_file import DataError, read_yaml
from bot.agent import Lantern
from bot.turn import Channel, Exchange, Turn

ASKED = "ask.which"
RECORDED = ("said", "offered")
IN_ENGLISH = {"says", "never_says", "offers", *RECORDED}
EXPECTED = {"user", "answer", "topic", "place", "gate", *IN_ENGLISH}


@dataclass(frozen=True)
class Script:
    """One conversation."""

    name: str
    title: str
    turns: tuple[dict[str, Any], ...]

    def in_language(self, language: str) -> "Script | None":
        """The same conversation in another language; None where it was not written in it."""
        if not any(language in turn for turn in self.turns):
            return None
        turns = ({k: v for k, v in turn.items() if k not in IN_ENGLISH} for turn in self.turns)
        spoken = (turn | {"user": turn.get(language, turn["user"])} for turn in turns)
        return Script(f"{self.name}, {language}", f"{self.title} ({language})", tuple(spoken))


def read_script(file: Path) -> Script:
    """The script in `file`. Raises `DataError` where it is none, a turn has no `user`, or a field nobody knows."""
    data = read_yaml(file)
    if not isinstance(data, dict) or not isinstance(data.get("title"), str) or not isinstance(data.get("turns"), list):
        raise DataError(f"{file}: a script has a `title` and `turns`")
    for number, turn in enumerate(data["turns"], 1):
        if wrong := _wrong(turn):
            raise DataError(f"{file}: turn {number}: {wrong}")
    return Script(file.stem, data["title"], tuple(data["turns"]))


def _wrong(turn: object) -> str | None:
    """What is wrong with the shape of a turn."""
    if not isinstance(turn, dict) or "user" not in turn:
        return "has no `user`"
    if not isinstance(turn["user"], str):
        return f"`user` is no text: put it in quotes ('{turn['user']}')"
    if unknown := turn.keys() - EXPECTED - languages().keys():
        return f"{', '.join(sorted(unknown))} is no field of a turn"
    return None


async def play(lantern: Lantern, script: Script, channel: Channel = "web") -> list[str]:
    """Holds the conversation; what came back otherwise than expected, a line each. Empty: all as written."""
    exchanges = await hold(lantern, script, channel=channel)
    unsaid = [
        f"turn {number} has no text message"
        for number, e in enumerate(exchanges, 1)
        if not (e.answer.short and all(e.answer.short))
    ]
    return [*otherwise(script, exchanges), *unsaid]


def in_all_languages(script: Script) -> list[Script]:
    """The script, and its like in every other language that it was written in."""
    others = (script.in_language(language) for language in languages() if language != ENGLISH)
    return [script, *filter(None, others)]


async def hold(lantern: Lantern, script: Script, *, picks: bool = True, channel: Channel = "web") -> list[Exchange]:
    """Holds the conversation; what came back, a turn each. Where the bot asks what is meant, and offers what the script
    expects, the person picks it, if they do (`picks`)."""
    session, exchanges = secrets.token_hex(16), []
    for turn in script.turns:
        exchange = await lantern.converse(Turn(turn["user"], session, channel=channel))
        asked = picks and exchange.answer.id == ASKED and turn.get("answer") != ASKED
        if asked and (meant := _meant(turn, exchange)):
            exchange = await lantern.converse(Turn(meant, session, channel=channel))
        exchanges.append(exchange)
    await lantern.forget(session)
    return exchanges


def _meant(turn: dict[str, Any], exchange: Exchange) -> str | None:
    """The choice that leads to what `turn` expects; None where it is not offered."""
    expected, known = str(turn.get("answer", "")), library()

    def fits(topic: str) -> bool:
        source = known.topics[topic].source
        own = source if source.startswith("law.") else f"{known.folder(topic)}.{topic}"
        by_place = source.startswith("law.") and expected.endswith(f".{source.removeprefix('law.')}")
        return by_place or fnmatchcase(own, expected) or topic in expected.split(".") or topic == turn.get("topic")

    right = set(filter(fits, known.topics))
    values = (choice.value for choice in exchange.answer.choices)
    return next((value for value in values if value.lstrip("/").partition("{")[0] in right), None)


def otherwise(script: Script, exchanges: Iterable[Exchange]) -> list[str]:
    """What came back otherwise than `script` expects, a line each."""
    wrong = []
    for number, (turn, exchange) in enumerate(zip(script.turns, exchanges, strict=True), 1):
        wrong += [f"turn {number} “{turn['user']}”: {what}" for what in differences(turn, exchange)]
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
