"""One bot, measured: how soon it answers, what it keeps in memory, how quick and how many."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from statistics import median
from typing import Any

from bot.bench.plan import Plan
from bot.bench.serving import Served
from bot.bench.users import Heard, crowd, one_user

Serve = Callable[[int], AbstractContextManager[Served]]  # workers -> the bot, which has answered once
IDLE_SECONDS = 3.0  # after its first answer
PERCENTILES = (50, 95, 99)
MB = 1024 * 1024


def measure(serve: Serve, plan: Plan, sent: Sequence[str]) -> dict[str, Any]:
    """The figures of a bot with one worker. Seconds, MB (2^20 bytes), milliseconds. Raises `CannotBench`."""
    starts = []
    for number in range(plan.starts):
        began = time.perf_counter()
        with serve(1) as bot:
            starts.append(time.perf_counter() - began)
            if number < plan.starts - 1:
                continue
            time.sleep(IDLE_SECONDS)
            idle = bot.memory() / MB
            alone = [asyncio.run(one_user(bot, plan.turns, plan.warm_turns, sent)) for _ in range(plan.runs)]
            crowds = [asyncio.run(crowd(bot, people, plan.seconds, sent)) for people in plan.people]
            after = bot.memory() / MB
    return {
        "first_answer_seconds": rounded(median(starts)),
        "first_answer_runs": [rounded(one) for one in starts],
        "memory_idle_mb": rounded(idle),
        "memory_after_load_mb": rounded(after),
        "one_user": _alone(alone),
        "load": [load(one) for one in crowds],
    }


def several(serve: Serve, workers: int, people: int, plan: Plan, sent: Sequence[str]) -> dict[str, Any]:
    """The same bot with several workers: memory, and what it bears. Raises `CannotBench`."""
    began = time.perf_counter()
    with serve(workers) as bot:
        started = time.perf_counter() - began
        time.sleep(IDLE_SECONDS)
        idle = bot.memory() / MB
        heard = asyncio.run(crowd(bot, people, plan.seconds, sent))
        after = bot.memory() / MB
    return {
        "workers": workers,
        "first_answer_seconds": rounded(started),
        "memory_idle_mb": rounded(idle),
        "memory_after_load_mb": rounded(after),
        **load(heard),
    }


def load(heard: Heard) -> dict[str, Any]:
    """One step of load, as it is written down."""
    return {
        "people": heard.people,
        "turns_a_second": rounded(heard.a_second),
        "turns_a_cpu_second": rounded(heard.a_core),
        **{f"p{percent}_ms": rounded(heard.milliseconds(percent)) for percent in PERCENTILES},
        "cores": rounded(heard.cpu_seconds / heard.lasted),
        "cores_of_the_people": rounded(heard.own_cpu_seconds / heard.lasted),
        "failed": heard.failed,
    }


def rounded(value: float) -> float:
    """Four digits that count."""
    return float(f"{value:.4g}")


def _alone(runs: Sequence[Heard]) -> dict[str, Any]:
    times = {f"p{p}_ms": rounded(median(run.milliseconds(p) for run in runs)) for p in PERCENTILES}
    return {
        **times,
        "turns": sum(len(run.seconds) for run in runs),
        "turns_a_cpu_second": rounded(median(run.a_core for run in runs)),
        "failed": sum(run.failed for run in runs),
    }
