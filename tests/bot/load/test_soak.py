import os

import pytest

from bot.load import soak as module
from bot.load.people import Tally, World
from bot.load.processes import Sample
from bot.load.rehearsal import rehearse
from bot.load.service import Running
from bot.load.soak import Soak, soak


def samples(*service: int) -> list[Sample]:
    return [Sample(100.0 + n, bytes_, 7) for n, bytes_ in enumerate(service)]


def test_the_end_is_compared_with_where_it_settled():
    one = Soak(1, 100.0, 110.0, Tally(), samples(10, 50, 90, 100, 102, 100, 103, 104, 104, 105, 105))
    assert (one.settled, one.at_the_end) == (100, 105)
    assert one.growth == pytest.approx(0.05)
    assert one.memory(0, 1, "redis") == 7


def test_without_samples_at_the_right_time_all_of_them_count():
    assert Soak(1, 100.0, 110.0, Tally(), samples(10)).growth == 0.0
    assert Soak(1, 100.0, 110.0, Tally(), samples(0)).growth == 0.0


def test_times_by_part():
    one = Soak(1, 100.0, 110.0, Tally([(101.0, 0.3), (102.0, 0.1), (109.0, 0.2)]), samples(1))
    assert one.seconds() == [0.1, 0.2, 0.3]
    assert one.seconds(0.5, 1.0) == [0.2]


async def test_people_talk_as_long_as_asked(talking, keys, cast, monkeypatch):
    monkeypatch.setattr(module, "SAMPLE_SECONDS", 0.05)
    world = World(talking.http, keys, cast, await rehearse(talking.http, keys, cast), Tally(), think=0.01)
    one = await soak(world, Running("", os.getpid(), None, "", ""), 4, 0.4)
    assert one.ended - one.began == pytest.approx(0.4, abs=0.3)
    assert len(one.samples) > 2 and one.tally.answered and not one.tally.failed
