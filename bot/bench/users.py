"""People who talk without a pause: each sends the next message as soon as the answer is there."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

import aiohttp
import yaml

from bot.bench.serving import Served
from bot.load.connection import connected
from bot.load.steps import percentile
from bot.settings import ROOT

SENT = ROOT / "tests" / "data" / "strangers_en.yml"  # written without sight of the training messages
TURNS_OF_A_TALK = 5
SETTLE_SECONDS = 2.0  # of load, before it is measured


@dataclass(frozen=True)
class Heard:
    """What so many people got.

    Attributes:
        people: at once.
        seconds: what each answer took, the quickest first.
        lasted: seconds that were measured.
        cpu_seconds: processor time that the bot took meanwhile.
        own_cpu_seconds: the same of the people.
        failed: turns without an answer.
    """

    people: int
    seconds: Sequence[float]
    lasted: float
    cpu_seconds: float
    own_cpu_seconds: float
    failed: int

    @property
    def a_second(self) -> float:
        """Turns a second."""
        return len(self.seconds) / self.lasted

    @property
    def a_core(self) -> float:
        """Turns that a second of one processor answers."""
        return len(self.seconds) / self.cpu_seconds if self.cpu_seconds else 0.0

    def milliseconds(self, percent: float) -> float:
        """The time that so many percent of the answers did not exceed."""
        return 1000 * percentile(self.seconds, percent)


@dataclass
class _Tally:
    answered: list[tuple[float, float]] = field(default_factory=list)  # when, seconds
    failed: int = 0


def messages(file: Path = SENT) -> tuple[str, ...]:
    """What is said, always in the same order."""
    texts = [str(one["text"]) for one in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)]
    Random(0).shuffle(texts)  # noqa: S311
    return tuple(texts)


async def one_user(bot: Served, turns: int, warm: int, sent: Sequence[str]) -> Heard:
    """One person says so many things, after some that are not measured."""
    tally, said = _Tally(), _talks(sent, 0)
    async with connected(bot.url) as http:
        await _say(bot, http, said, _Tally(), turns=warm)
        began, cpu, own = time.perf_counter(), bot.cpu_seconds(), time.process_time()
        await _say(bot, http, said, tally, turns=turns)
        lasted = time.perf_counter() - began
    return Heard(1, _times(tally), lasted, bot.cpu_seconds() - cpu, time.process_time() - own, tally.failed)


async def crowd(bot: Served, people: int, seconds: float, sent: Sequence[str]) -> Heard:
    """So many people at once, for so many seconds after they have settled."""
    tally = _Tally()
    async with connected(bot.url) as http:
        talking = [asyncio.create_task(_say(bot, http, _talks(sent, n), tally)) for n in range(people)]
        await asyncio.sleep(SETTLE_SECONDS)
        began, cpu, own = time.perf_counter(), bot.cpu_seconds(), time.process_time()
        await asyncio.sleep(seconds)
        lasted = time.perf_counter() - began
        took, own = bot.cpu_seconds() - cpu, time.process_time() - own
        for one in talking:
            one.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
    within = [one for one in tally.answered if began <= one[0] <= began + lasted]
    return Heard(people, sorted(took for _, took in within), lasted, took, own, tally.failed)


async def _say(
    bot: Served, http: aiohttp.ClientSession, said: Iterator[Sequence[str]], tally: _Tally, turns: int | None = None
) -> None:
    """Holds talk after talk: so many turns, or until it is cancelled."""
    done = 0
    for texts in said:
        talk = bot.dialect.begin()
        for text in texts:
            if done == turns:
                return
            done += 1
            began = time.perf_counter()
            try:
                async with http.post(bot.dialect.path, json=bot.dialect.asked(talk, text)) as response:
                    response.raise_for_status()
                    talk = bot.dialect.heard(talk, await response.json())
            except (aiohttp.ClientError, TimeoutError, ValueError, KeyError):
                tally.failed += 1
                continue
            ended = time.perf_counter()
            tally.answered.append((ended, ended - began))


def _talks(sent: Sequence[str], person: int) -> Iterator[Sequence[str]]:
    """Talks of a few messages each; everybody begins elsewhere."""
    for number in count(7 * person):
        at = number * TURNS_OF_A_TALK % len(sent)
        yield sent[at : at + TURNS_OF_A_TALK]


def _times(tally: _Tally) -> list[float]:
    return sorted(took for _, took in tally.answered)
