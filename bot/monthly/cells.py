"""What one turn adds to the counts: names of Lantern's own (topics, places, languages), never anything of a person's.

A cell is one number of a month, "topic:need_shelter" or "talks". No cell is about two things at once.
"""

import re
from typing import get_args

from actions.knowledge.control import shown
from bot.turn import Channel, Exchange, Turn

Cell = str

TALKS, MESSAGES, WRONG_NUMBERS = "talks", "messages", "wrong_numbers"
ASKED, OUT_OF_SCOPE, NOT_KNOWN = "unanswered:asked", "unanswered:out_of_scope", "unanswered:not_known"
CHANNELS = tuple(channel for channel in get_args(Channel) if channel != "shell")  # nobody serves a shell
NO_NEED = frozenset({"out_of_scope", "content_feedback"})  # topics that are about Lantern; counted as messages
_KIND = r"topic|place|language|channel|gate"
_CELL = re.compile(rf"{TALKS}|{MESSAGES}|{WRONG_NUMBERS}|{ASKED}|{OUT_OF_SCOPE}|{NOT_KNOWN}|({_KIND}):\w{{1,40}}", re.A)


def is_cell(name: object) -> bool:
    """True for what can be the name of a cell."""
    return isinstance(name, str) and _CELL.fullmatch(name) is not None


def of_talk(turn: Turn, exchange: Exchange) -> frozenset[Cell]:
    """What this turn says about its talk. However often it comes back, it counts once a talk."""
    if _said_nothing(exchange) or exchange.forgotten:  # there is no talk
        return frozenset()
    heard = exchange.understood
    cells = {TALKS, f"channel:{turn.channel}", f"language:{heard.language}"}
    if exchange.jurisdiction:
        cells.add(f"place:{exchange.jurisdiction}")
    if heard.gate:
        cells.add(f"gate:{heard.gate}")
    if heard.sure and heard.topic not in NO_NEED:
        cells.add(f"topic:{heard.topic}")
    return frozenset(filter(is_cell, cells))


def of_message(exchange: Exchange) -> tuple[Cell, ...]:
    """What this turn adds by itself: that there was a message, and whether it got an answer."""
    if _said_nothing(exchange):
        return ()
    heard, answer = exchange.understood, exchange.answer.id
    if answer.startswith("wrong_number."):
        return MESSAGES, WRONG_NUMBERS
    if answer in ("ask.which", "ask.again", "ask.person"):
        return MESSAGES, ASKED
    if heard.sure and heard.topic == "out_of_scope":
        return MESSAGES, OUT_OF_SCOPE
    return (MESSAGES, NOT_KNOWN) if _is_not_known(answer, heard.language) else (MESSAGES,)


def _said_nothing(exchange: Exchange) -> bool:
    return exchange.answer.id == "empty"


def _is_not_known(answer_id: str, language: str) -> bool:
    """True where the answer is that Lantern does not know, or may not say: nobody found it, or it is switched off."""
    kind, _, rest = answer_id.partition(".")
    if kind != "law":
        return kind == "hidden"
    code, _, path = rest.partition(".")
    law = shown(language).laws.get(code)
    section = law.sections().get(path) if law else None
    if law is None or section is None:
        return True
    whole = law.records.status if path.startswith("records.") else None
    return getattr(section, "status", whole) == "unknown"
