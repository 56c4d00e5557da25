import asyncio
import dataclasses

import pytest

from bot.load.client import Heard
from bot.load.people import Tally, World, live
from bot.load.rehearsal import rehearse
from tests.browser.served import LAW, LAWYER


@pytest.fixture
async def world(talking, keys, cast) -> World:
    return World(talking.http, keys, cast, await rehearse(talking.http, keys, cast), Tally(), think=0.005)


async def talk(world: World, people: int, seconds: float = 0.5) -> Tally:
    end = asyncio.Event()
    talking = [asyncio.create_task(live(world, number, end)) for number in range(people)]
    await asyncio.sleep(seconds)
    end.set()
    await asyncio.wait_for(asyncio.gather(*talking), 20)
    return world.tally


async def test_many_people_in_all_channels_each_get_their_own_answers(world):
    tally = await talk(world, 9)
    assert len(tally.answered) > 30
    assert list(tally.reasons()) == []


async def test_answers_of_another_conversation_are_counted(world, talking):
    talking.lantern.answers = {"oregon": dataclasses.replace(LAW, lines=("Utah",)), **{"": LAWYER}}
    tally = await talk(world, 3)
    assert tally.of_kind("crossed") > 0
    assert tally.of_kind("lost") == tally.of_kind("errors") == 0


async def test_refusals_are_counted_as_errors_with_their_reason(world, talking):
    talking.lantern.answers = {}
    tally = await talk(world, 3)
    assert tally.of_kind("errors") > 0 and tally.of_kind("crossed") == 0
    assert any("HTTP 500" in reason for reason in tally.reasons())


async def test_it_ends_while_people_think(world):
    await asyncio.wait_for(talk(dataclasses.replace(world, think=60), 3, seconds=0.1), 5)


def test_a_tally():
    tally = Tally()
    tally.hear([Heard("a", seconds=0.1), Heard("b", seconds=0.2)])
    tally.failed["lost", "phone", "silence"] += 2
    tally.failed["lost", "page", "HTTP"] += 1
    assert [seconds for _, seconds in tally.answered] == [0.1, 0.2]
    assert tally.of_kind("lost") == 3
    assert next(tally.reasons()) == "lost on the phone: silence, 2×"
