import os

import pytest

from bot.load import steps
from bot.load.people import Tally, World
from bot.load.rehearsal import rehearse
from bot.load.service import Running
from bot.load.steps import Step, measured, percentile, until_saturated

HERE = Running("", os.getpid(), None, "", "")


def step(people: int, throughput: float) -> Step:
    return Step(people, throughput, (), Tally(), 0, 0.0, 0.0, 0.0)


@pytest.fixture
def throughputs(monkeypatch):
    """Sets what each number of people brings."""

    def put(brings: dict[int, float]) -> None:
        async def told(_world, _running, people, _seconds):
            return step(people, brings[people])

        monkeypatch.setattr(steps, "measured", told)

    return put


async def steps_until(most: int, deadline: float = float("inf")) -> list[int]:
    world = World(None, None, (), None, Tally(), 1.0)  # type: ignore[arg-type]
    return [one.people async for one in until_saturated(world, HERE, 1.0, most, deadline)]


async def test_people_are_doubled_until_they_bring_no_more(throughputs):
    throughputs({4: 2.0, 8: 4.0, 16: 7.5, 32: 7.9, 64: 99.0})
    assert await steps_until(64) == [4, 8, 16, 32]


async def test_never_more_people_than_allowed_and_no_step_after_the_deadline(throughputs):
    throughputs({n: float(n) for n in (1, 4, 8, 16)})
    assert await steps_until(20) == [4, 8, 16]
    assert await steps_until(1) == [1]
    assert await steps_until(20, deadline=0.0) == []


async def test_a_step_measures_what_people_get(talking, keys, cast, monkeypatch):
    monkeypatch.setattr(steps, "SETTLE_SECONDS", 0.1)
    world = World(talking.http, keys, cast, await rehearse(talking.http, keys, cast), Tally(), think=0.01)
    one = await measured(world, HERE, 4, 0.4)
    assert one.throughput > 10 and 0 < one.seconds[0] <= one.seconds[-1] < 2
    assert len(one.seconds) <= len(world.tally.answered)
    assert one.memory > 0 and one.cores > 0 and one.own_cores > 0 and one.other_cores >= 0
    assert not world.tally.failed


def test_percentiles():
    assert percentile([], 50) == 0.0
    assert [percentile(range(100), p) for p in (0, 50, 99, 100)] == [0, 50, 99, 99]
    assert percentile([7.0], 95) == 7.0
