"""What of a month may be written down and shown: nothing under ten, and nothing that tells what was left out.

Counts are rounded down to whole tens, so that up to nine talks of each cell are missing, and of a cell that is left
out there were at most nine. It could still be seen to be there: with 100 talks and 90 of them on the page, at least one
came by text message. So, wherever every talk has one or more of a kind (a language, a channel), there must be no more
talks than what is left of that kind can hold by itself. Where there would be, they and every other number are lowered
to that: "at least" stays true, and is at most a step too low, as so little is left out.

This is done to each run of the service by itself, before its counts are written down. Then it holds for every sum of
them, too: where each run may have had none of a cell, so may all of them. tests/bot/monthly/test_withholding.py tries
all small months.
"""

from collections.abc import Collection, Mapping

from actions.knowledge.control import offered
from bot.monthly.cells import ASKED, CHANNELS, MESSAGES, NOT_KNOWN, OUT_OF_SCOPE, TALKS, WRONG_NUMBERS, Cell

STEP = 10
UNSEEN = STEP - 1  # of each cell
CHANNEL = "channel"
OF_MESSAGES = frozenset({MESSAGES, WRONG_NUMBERS, ASKED, OUT_OF_SCOPE, NOT_KNOWN})  # tell nothing about talks

Kinds = Mapping[str, Collection[str]]  # of which every talk has one or more, each with all there can be


def kinds() -> Kinds:
    """Those that are offered here."""
    return {"language": tuple(offered()), CHANNEL: CHANNELS}


def may_be_told(counts: Mapping[Cell, int], kinds: Kinds) -> dict[Cell, int]:
    """What may be told of the exact `counts` of a run: whole tens; nothing at all where there were hardly any talks."""
    tens = {cell: count // STEP * STEP for cell, count in counts.items()}
    room = [_room(tens, kind, names) for kind, names in kinds.items()]
    limit = min(room, default=tens.get(TALKS, 0)) // STEP * STEP
    told = {cell: count if cell in OF_MESSAGES else min(count, limit) for cell, count in tens.items()}
    channels = [cell for cell in told if cell.startswith(f"{CHANNEL}:")]
    while sum(told[cell] for cell in channels) > limit:  # a talk has one: together they tell of as many talks
        told[max(channels, key=lambda cell: told[cell])] -= STEP
    return {cell: count for cell, count in told.items() if count} if told.get(TALKS) else {}


def _room(tens: Mapping[Cell, int], kind: str, names: Collection[str]) -> int:
    """The most talks there can be if one of the names that are left out had none."""
    cells = {f"{kind}:{name}" for name in names} | {cell for cell in tens if cell.startswith(f"{kind}:")}
    left_out = sum(not tens.get(cell) for cell in cells)
    return sum(tens.get(cell, 0) for cell in cells) + UNSEEN * (len(cells) - min(left_out, 1))
