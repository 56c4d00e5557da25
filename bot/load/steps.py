"""More and more people, until more of them get no more answers."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.load.people import Tally, World, live
from bot.load.processes import cpu_seconds, machine_seconds, watched
from bot.load.service import Running

FEWEST_PEOPLE = 4
GAIN = 1.1  # a doubling of people that brings less than this much more answers is saturation
SETTLE_SECONDS = 3.0  # of each step, before it is measured
DRAIN_SECONDS = 25.0  # at most, until the last turn of a step is answered
SAMPLE_SECONDS = 1.0


@dataclass(frozen=True)
class Step:
    """What so many people at once got.

    Attributes:
        throughput: answers a second.
        seconds: what each measured answer took, the quickest first.
        tally: of all turns, those before and after the measured time included.
        memory: bytes of the service at the end.
        cores: processors that the service kept busy.
        own_cores: the same of the measurement itself.
        other_cores: the same of everything else on this machine, Redis included.
    """

    people: int
    throughput: float
    seconds: Sequence[float]
    tally: Tally
    memory: int
    cores: float
    own_cores: float
    other_cores: float


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The value that so many percent are not above; 0 where there are none."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


async def until_saturated(
    world: World, running: Running, seconds: float, most_people: int, deadline: float
) -> AsyncIterator[Step]:
    """Steps of `seconds` each, people doubled each time.

    Args:
        deadline: of `time.monotonic`; no step begins that could end after it.
    """
    best = 0.0
    for people in _doubled(most_people):
        if time.monotonic() + SETTLE_SECONDS + seconds + DRAIN_SECONDS > deadline:
            return
        step = await measured(replace(world, tally=Tally()), running, people, seconds)
        yield step
        if step.throughput < GAIN * best:
            return
        best = max(best, step.throughput)


async def measured(world: World, running: Running, people: int, seconds: float) -> Step:
    """One step."""
    end = asyncio.Event()
    async with watched(running.pid, running.redis_pid, SAMPLE_SECONDS) as samples:
        talking = [asyncio.create_task(_after(n / people * SETTLE_SECONDS, world, n, end)) for n in range(people)]
        await asyncio.sleep(SETTLE_SECONDS)
        began, before = time.monotonic(), _processors(running)
        await asyncio.sleep(seconds)
        took = time.monotonic() - began
        cores, own, whole = ((now - then) / took for now, then in zip(_processors(running), before, strict=True))
        end.set()
        await asyncio.gather(*talking)
    within = sorted(lasted for when, lasted in world.tally.answered if began <= when <= began + took)
    return Step(
        people, len(within) / took, within, world.tally, samples[-1].service, cores, own, max(0.0, whole - cores - own)
    )


def _processors(running: Running) -> tuple[float, float, float]:
    """Processor time taken so far by the service, by ourselves, by the whole machine."""
    return cpu_seconds(running.pid), time.process_time(), machine_seconds()


async def _after(seconds: float, world: World, number: int, end: asyncio.Event) -> None:
    """People do not all come at the same moment."""
    await asyncio.sleep(seconds)
    await live(world, number, end)


def _doubled(most: int) -> Iterator[int]:
    people = min(FEWEST_PEOPLE, most)
    while people <= most:
        yield people
        people *= 2
