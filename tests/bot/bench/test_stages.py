import asyncio

import pytest

from bot.bench.stages import AGENT, CHANNEL, STAGES, Clock, found


@pytest.mark.parametrize("name", [name for names in STAGES.values() for name in names])
def test_every_part_that_is_timed_is_still_there(name):
    owner, attribute = found(name)
    assert callable(getattr(owner, attribute))


async def test_a_part_is_without_the_parts_within_it():
    clock = Clock()
    inner = clock.around("inner", lambda: _work(0.03))

    async def outer() -> None:
        inner()
        await asyncio.sleep(0.01)

    await clock.around(CHANNEL, outer)()
    assert clock.calls == {"inner": 1, CHANNEL: 1}
    assert clock.seconds["inner"] >= 0.03 > clock.seconds[CHANNEL] >= 0.01


def test_what_is_no_turn_is_not_counted_nor_are_the_first_turns():
    clock = Clock(skip=1)
    agent = clock.around(AGENT, lambda: None)
    turn = clock.around(CHANNEL, agent)
    agent()  # a start warms up
    turn()
    assert clock.calls == {}
    turn()
    assert clock.calls == {AGENT: 1, CHANNEL: 1}


def test_a_part_that_fails_ends_too():
    clock = Clock()

    def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        clock.around(CHANNEL, fail)()
    clock.around(CHANNEL, lambda: None)()
    assert clock.calls == {CHANNEL: 2}


def _work(seconds: float) -> None:
    import time

    time.sleep(seconds)
