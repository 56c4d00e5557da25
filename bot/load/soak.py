"""The same number of people for a long time: does anything go wrong, and does memory settle?"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bot.load.people import Tally, World, live
from bot.load.processes import Sample, watched
from bot.load.service import Running

SETTLED = (0.3, 0.5)  # the part of the soak by which memory has to have settled; conversations die within a minute
END = (0.9, 1.0)
MOST_GROWTH = 0.05
SAMPLE_SECONDS = 2.0


@dataclass(frozen=True)
class Soak:
    """What a soak of so many people brought; `began` and `ended` are of `time.monotonic`."""

    people: int
    began: float
    ended: float
    tally: Tally
    samples: Sequence[Sample]

    @property
    def settled(self) -> float:
        """Bytes of the service where it had settled."""
        return self.memory(*SETTLED)

    @property
    def at_the_end(self) -> float:
        """Bytes of the service at the end."""
        return self.memory(*END)

    @property
    def growth(self) -> float:
        """From one to the other; 0.05 are five percent."""
        return self.at_the_end / self.settled - 1 if self.settled else 0.0

    def memory(self, start: float, end: float, of: str = "service") -> float:
        """The median between two moments, each as a part of the whole."""
        length = self.ended - self.began
        within = [s for s in self.samples if start <= (s.when - self.began) / length <= end]
        return median(getattr(s, of) for s in within or self.samples)

    def seconds(self, start: float = 0.0, end: float = 1.0) -> list[float]:
        """What the answers between two moments took, the quickest first."""
        length = self.ended - self.began
        return sorted(took for when, took in self.tally.answered if start <= (when - self.began) / length < end)


async def soak(world: World, running: Running, people: int, seconds: float) -> Soak:
    """Lets `people` talk for `seconds`."""
    end = asyncio.Event()
    began = time.monotonic()
    async with watched(running.pid, running.redis_pid, SAMPLE_SECONDS) as samples:
        talking = [asyncio.create_task(live(world, number, end)) for number in range(people)]
        await asyncio.sleep(seconds)
        ended = time.monotonic()
        end.set()
        await asyncio.gather(*talking)
    return Soak(people, began, ended, world.tally, samples)
