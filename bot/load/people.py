"""Simulated people: they talk, think, talk on, and count."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import SystemRandom

from aiohttp import ClientSession

from bot.load.cast import Conversation
from bot.load.channels import CHANNELS
from bot.load.client import Heard, Keys
from bot.load.rehearsal import Rehearsal
from bot.load.wrong import TurnFailed

LONGEST_THINKING = 5  # times the usual one
_dice = SystemRandom()


@dataclass
class Tally:
    """What came of all turns: (when, seconds) of each answer, and what went wrong, by kind, channel and reason."""

    answered: list[tuple[float, float]] = field(default_factory=list)
    failed: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def hear(self, heard: Sequence[Heard]) -> None:
        """Counts answers that are there now."""
        now = time.monotonic()
        self.answered += [(now, one.seconds) for one in heard]

    def of_kind(self, kind: str) -> int:
        """How many turns were `errors`, `lost` or `crossed`."""
        return sum(number for (name, _, _), number in self.failed.items() if name == kind)

    def reasons(self) -> Iterator[str]:
        """What went wrong, the most frequent first."""
        for (kind, channel, why), number in self.failed.most_common():
            yield f"{kind} on the {channel}: {why}, {number}×"


@dataclass(frozen=True)
class World:
    """What all people share.

    Attributes:
        think: seconds between an answer and the next message, on average.
    """

    http: ClientSession
    keys: Keys
    cast: Sequence[Conversation]
    rehearsal: Rehearsal
    tally: Tally
    think: float


async def live(world: World, number: int, end: asyncio.Event) -> None:
    """One person, who holds one conversation after another until `end`."""
    for round_ in count():
        turn = number + 7 * round_
        conversation = world.cast[turn % len(world.cast)]
        channel = tuple(CHANNELS)[(turn + number // len(world.cast)) % len(CHANNELS)]
        try:
            await _hold(world, conversation, channel, end)
        except TurnFailed as error:
            world.tally.failed[error.kind, channel, str(error)] += 1
        if await _think(world, end):
            return


async def _hold(world: World, conversation: Conversation, channel: str, end: asyncio.Event) -> None:
    client = CHANNELS[channel](world.http, world.keys)
    for number, step in enumerate(conversation.steps):
        heard = await client.step(step)
        world.tally.hear(heard)
        world.rehearsal.compare(conversation, channel, number, heard)
        if await _think(world, end):
            return
    if conversation.number % 2:  # the others just close the page, and are forgotten in time
        await client.leave()


async def _think(world: World, end: asyncio.Event) -> bool:
    """Waits as people do: mostly briefly, sometimes long. True where it is over."""
    seconds = min(_dice.expovariate(1 / world.think), LONGEST_THINKING * world.think) if world.think else 0.0
    try:
        await asyncio.wait_for(end.wait(), seconds)
    except TimeoutError:
        return False
    return True
