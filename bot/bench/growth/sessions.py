"""In a child: sessions held. Real talks, copied under other ids until there are as many as asked."""

import asyncio
import time
from statistics import median
from typing import Any

from bot.agent import Lantern
from bot.bench.growth.memory import megabytes
from bot.bench.side import rounded
from bot.cli.common import load, settings
from bot.turn import Turn

IDLE_SECONDS = 900.0
TALKS = 8
TALK = ("i need a lawyer in oregon", "can my record be cleared", "how much does it cost")
MEASURED_TURNS = 30
KEY = "talk:"


def measure(sizes: list[int]) -> list[dict[str, Any]]:
    """For each size: memory beyond none held, the time of a turn, and of forgetting those whose time is up."""
    return asyncio.run(_measure(sizes))


async def _measure(sizes: list[int]) -> list[dict[str, Any]]:
    lantern = load(settings(), train_if_needed=False)
    await lantern.warm_up()
    talks = [await _talk(lantern, f"first{number}") for number in range(TALKS)]
    empty, held, rows = megabytes(), TALKS, []
    for size in sizes:
        while held < size:
            await lantern.store.put(f"{KEY}{held:032x}", bytes(bytearray(talks[held % TALKS])), IDLE_SECONDS)
            held += 1
        turns = [await _turn(lantern, f"turn{size}-{number % TALKS}") for number in range(MEASURED_TURNS)]
        began = time.perf_counter()
        await lantern.forget_the_idle()
        swept = 1000 * (time.perf_counter() - began)
        rows.append(
            {
                "sessions": size,
                "memory_mb": rounded(max(0.0, megabytes() - empty)),
                "turn_ms": rounded(median(turns)),
                "sweep_ms": rounded(swept),
                "kb_a_session": rounded(sum(map(len, talks)) / TALKS / 1024),
            }
        )
    return rows


async def _talk(lantern: Lantern, session: str) -> bytes:
    """What is kept of a talk of a few turns."""
    for text in TALK:
        await lantern.converse(Turn(text, session))
    kept = await lantern.store.get(f"{KEY}{session}")
    assert kept is not None, "the talk is kept under another key"
    return kept


async def _turn(lantern: Lantern, session: str) -> float:
    began = time.perf_counter()
    await lantern.converse(Turn(TALK[1], session))
    return 1000 * (time.perf_counter() - began)
