"""In a child: the length of a message. Words of messages that people might send, as many as asked."""

import asyncio
import time
from itertools import chain, cycle, islice
from statistics import median
from typing import Any

from bot.bench.side import rounded
from bot.bench.users import messages
from bot.cli.common import load, settings
from bot.turn import Turn

TIMES = 15  # that each length is said, in other words each time


def measure(sizes: list[int]) -> list[dict[str, Any]]:
    """For each number of words: the time of a turn."""
    return asyncio.run(_measure(sizes))


async def _measure(sizes: list[int]) -> list[dict[str, Any]]:
    lantern = load(settings(), train_if_needed=False)
    await lantern.warm_up()
    for number, text in enumerate(messages()[:TIMES]):  # the first turns are slower than all others
        await lantern.converse(Turn(text, f"first-{number}"))
    words = cycle(chain.from_iterable(text.split() for text in messages()))
    rows = []
    for size in sizes:
        took = []
        for number in range(TIMES):
            text = " ".join(islice(words, size))
            began = time.perf_counter()
            await lantern.converse(Turn(text, f"{size}-{number}"))
            took.append(1000 * (time.perf_counter() - began))
        rows.append({"words": size, "turn_ms": rounded(median(took)), "worst_ms": rounded(max(took))})
    return rows
