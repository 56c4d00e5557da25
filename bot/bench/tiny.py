"""A tiny host: does it run and answer with little memory and half a core, and what is the least?"""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.bench.cage import cage
from bot.bench.own import served
from bot.bench.side import load, rounded
from bot.bench.users import one_user
from bot.bench.wrong import CannotBench
from bot.load.processes import MB

ASKED_MB, HALF = 512, 0.5
LEAST_MB, STEP_MB = 192, 32
TURNS, WARM = 40, 5
QUICK_ENOUGH = 5000  # ms at most for 95 of 100 turns; a machine that swaps its pages in and out takes longer


def measure(models: Path, sent: Sequence[str], *, search: bool) -> dict[str, Any]:
    """How it does within 512 MB and half a core; with `search`, the least memory within which it does as well."""
    at_512 = _try(models, ASKED_MB, sent)
    found: dict[str, Any] = {"asked_mb": ASKED_MB, "share_of_a_core": HALF, "asked": at_512}
    if not search or "failed_because" in at_512:
        return found
    works, fails, tries = ASKED_MB, LEAST_MB, {ASKED_MB: at_512}
    while works - fails > STEP_MB:
        middle = (works + fails) // 2 // STEP_MB * STEP_MB
        tries[middle] = _try(models, middle, sent)
        works, fails = (works, middle) if "failed_because" in tries[middle] else (middle, fails)
    return {**found, "smallest_mb": works, "smallest": tries[works], "tried_mb": sorted(tries), "too_small_mb": fails}


def _try(models: Path, megabytes: int, sent: Sequence[str]) -> dict[str, Any]:
    """One start, and some turns of one user."""
    with cage(megabytes, HALF) as inside:
        began = time.perf_counter()
        try:
            with served(models, prefix=inside.prefix) as bot:
                started = time.perf_counter() - began
                heard = asyncio.run(one_user(bot, TURNS, WARM, sent))
                took = {"memory_mb": rounded(bot.memory() / MB), "peak_mb": rounded(inside.peak() / MB)}
        except CannotBench as error:
            return {"failed_because": str(error)[:200], "enforced_by": inside.how}
        one = load(heard)
        figures = {name: one[name] for name in ("p50_ms", "p95_ms", "p99_ms", "turns_a_second", "failed")}
        slow = heard.failed or one["p95_ms"] > QUICK_ENOUGH
        failed = {"failed_because": f"it answered too slowly ({one['p95_ms']:.0f} ms)"} if slow else {}
        return {"first_answer_seconds": rounded(started), **figures, **took, "enforced_by": inside.how, **failed}
