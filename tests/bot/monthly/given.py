"""Turns and months for these tests."""

from actions.answer import Answer
from bot.monthly.files import Month
from bot.turn import Exchange, Turn, Understanding

CANARY = "canary featherstone"


def turn(channel: str = "web", session: str = "a") -> Turn:
    return Turn(CANARY, session, channel)


def exchange(topic: str = "need_shelter", answer: str = "services.need_shelter.OR", **given) -> Exchange:
    """An answered turn; `place` and `forgotten` belong to the exchange, the rest to what was understood."""
    place, is_forgotten = given.pop("place", None), given.pop("forgotten", False)
    understood = Understanding(topic, 0.9, because=CANARY, entities=({"value": CANARY},), **given)
    return Exchange(understood, Answer(answer, (CANARY,), (CANARY,)), place, is_forgotten)


def month(name: str = "2026-10", runs: int = 1, hours: int = 700, **counts: int) -> Month:
    """`counts` by cell, with two underscores for the colon: topic__need_shelter=40."""
    return Month(name, {cell.replace("__", ":"): count for cell, count in counts.items()}, hours, runs)
