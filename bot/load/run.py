"""The two measurements as a whole: a service, a rehearsal, then the load."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession

from actions.knowledge.catalogs import languages
from actions.knowledge.control import shown
from actions.knowledge.library import Library
from bot.channels.transcript import Signer
from bot.load.cast import Conversation, cast, law_labels
from bot.load.client import Keys
from bot.load.connection import connected
from bot.load.people import Tally, World
from bot.load.rehearsal import Rehearsal, rehearse
from bot.load.report import Held
from bot.load.service import IDLE_MINUTES, PUBLIC_URL, Arrangement, Running, running
from bot.load.soak import Soak, soak
from bot.load.steps import GAIN, until_saturated
from bot.load.wrong import CannotLoad

WARM_PEOPLE = 4  # at once, for each worker
MOST_LINES = 5  # of the service's log
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What is to be done.

    Attributes:
        scripts: folder of the conversations.
        models: folder of the model.
        people: at once, at most.
        seconds: of a step, or of the soak.
        think: seconds between turns, on average.
        most_seconds: that all steps together may take.
    """

    scripts: Path
    models: Path
    people: int
    seconds: float
    think: float
    most_seconds: float


class Load:
    """A measurement with one cast; `say` is told how it goes on."""

    def __init__(self, plan: Plan, library: Library, say: Say) -> None:
        self._plan, self._library, self._say = plan, library, say
        self._cast: Sequence[Conversation] = cast(plan.scripts, library)
        self._rehearsal: Rehearsal | None = None
        self._cold: list[str] = []  # what failed in the first answers of the service that was started last

    @property
    def own_places(self) -> tuple[int, int]:
        """See `Rehearsal.own_places`."""
        return self._rehearsal.own_places(self._cast) if self._rehearsal else (0, 0)

    async def steps(self, arrangements: Sequence[Arrangement]) -> list[Held]:
        """Every arrangement until it is saturated, each within its share of the time. Raises `CannotLoad`."""
        end, held = time.monotonic() + self._plan.most_seconds, []
        for number, arrangement in enumerate(arrangements):
            held.append(await self._until(arrangement, end, len(arrangements) - number))
        return held

    async def soak(self, arrangement: Arrangement) -> Soak:
        """One arrangement, for as long as planned. Raises `CannotLoad`."""
        async with self._world(arrangement) as (world, service):
            self._say(f"{self._plan.people} people for {self._plan.seconds / 60:.3g} minutes")
            return await soak(world, service, self._plan.people, self._plan.seconds)

    async def _until(self, arrangement: Arrangement, end: float, shares: int) -> Held:
        """One arrangement, within one of so many `shares` of the time until `end`."""
        plan, steps = self._plan, []
        async with self._world(arrangement) as (world, service):
            now = time.monotonic()
            deadline = now + (end - now) / shares
            async for step in until_saturated(world, service, plan.seconds, plan.people, deadline):
                self._say(f"{step.people} people: {step.throughput:.1f} answers a second")
                steps.append(step)
        gained = len(steps) < 2 or steps[-1].throughput >= GAIN * max(s.throughput for s in steps[:-1])
        return Held(arrangement.title, steps, stopped_early=gained, failed_cold=len(self._cold))

    @asynccontextmanager
    async def _world(self, arrangement: Arrangement) -> AsyncIterator[tuple[World, Running]]:
        self._say(f"Starting {arrangement.title}")
        with running(arrangement, self._plan.models) as service:
            async with connected(service.url) as http:
                keys = self._keys(service)
                if self._rehearsal is None:
                    self._say("Rehearsing: everybody talks alone")
                    self._rehearsal = await rehearse(http, keys, self._cast)
                await self._warm(http, keys, arrangement.workers)
                yield World(http, keys, self._cast, self._rehearsal, Tally(), self._plan.think), service
            for line, times in service.errors().most_common(MOST_LINES):
                self._say(f"It logged {times}×: {line}")

    async def _warm(self, http: ClientSession, keys: Keys, workers: int) -> None:
        """The first answers of a process take longer than all others. They are not measured; failures are told."""
        first = self._cast[: WARM_PEOPLE * workers]
        heard = await asyncio.gather(*(rehearse(http, keys, [one]) for one in first), return_exceptions=True)
        failed = [one for one in heard if isinstance(one, BaseException)]
        self._cold = [str(error) for error in failed if isinstance(error, CannotLoad)]
        for error in failed:
            if not isinstance(error, CannotLoad):
                raise error
            self._say(f"While it was cold: {error}")

    def _keys(self, service: Running) -> Keys:
        return Keys(
            Signer(service.secret, 60 * IDLE_MINUTES),
            service.token,
            PUBLIC_URL,
            law_labels(self._library),
            frozenset(shown(language).say("sms.failed") for language in languages()),  # a word alone may be in another
        )
