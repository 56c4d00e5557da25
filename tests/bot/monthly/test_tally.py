"""Once a talk, and forgotten with it."""

from collections import Counter

import pytest
from rasa.shared.core.domain import Domain

from bot.monthly.cells import MESSAGES, TALKS
from bot.monthly.tally import Tally, key_of
from bot.sessions import ForgettingTrackerStore
from bot.store import StoreUnavailable
from bot.store.memory import MemoryStore
from tests.bot.monthly.given import CANARY, exchange, turn


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock) -> MemoryStore:
    return MemoryStore(clock=clock)


@pytest.fixture
def counts() -> Counter[str]:
    return Counter()


@pytest.fixture
def tally(store, counts) -> Tally:
    return Tally(counts.update, store, idle_seconds=900)


async def test_one_person_who_writes_thirty_times_is_one(tally, counts):
    for _ in range(30):
        await tally.noted(turn(), exchange("need_shelter", place="WY"))
    assert counts.pop(MESSAGES) == 30
    assert set(counts.values()) == {1} and counts["place:WY"] == counts[TALKS] == 1


async def test_what_comes_up_later_counts_once_too(tally, counts):
    for topic in ("need_shelter", "need_health", "need_shelter", "need_health"):
        await tally.noted(turn(), exchange(topic))
    assert counts["topic:need_shelter"] == counts["topic:need_health"] == counts[TALKS] == 1


async def test_other_talks_count_by_themselves(tally, counts):
    for session in "abc":
        await tally.noted(turn(session=session), exchange())
    assert counts["topic:need_shelter"] == counts[TALKS] == 3


async def test_it_is_forgotten_with_the_talk(tally, counts, store, clock):
    await tally.noted(turn(), exchange())
    clock.now = 901
    assert store.kept() == []
    await tally.noted(turn(), exchange())
    await tally.noted(turn(), exchange("privacy", "forgotten", forgotten=True))
    assert store.kept() == [] and counts[TALKS] == 2 and counts[MESSAGES] == 3


async def test_deleting_a_talk_deletes_it(store, tally):
    await tally.noted(turn(), exchange())
    assert store.kept() == [key_of("a")]
    await ForgettingTrackerStore(Domain.empty(), store=store).delete("a")
    assert store.kept() == []


async def test_a_talk_that_is_kept_alive_is_still_one(tally, counts, store, clock):
    trackers = ForgettingTrackerStore(Domain.empty(), store=store, idle_seconds=900)
    for _ in range(9):
        tracker = await trackers.retrieve(turn().session) or trackers.init_tracker(turn().session)
        await trackers.save(tracker)
        await tally.noted(turn(), exchange())
        clock.now += 800
        await trackers.keep(turn().session)
        clock.now += 200
    assert counts[TALKS] == 1
    clock.now += 800
    await trackers.keep(turn().session)
    assert not await store.get(key_of(turn().session)), "one that is gone stays gone"


async def test_it_holds_no_words(tally, store, counts):
    await tally.noted(turn(), exchange(CANARY))
    kept = (await store.get(key_of("a")) or b"").decode()
    assert "talks" in kept and "canary" not in kept.lower() + str(counts).lower()


async def test_without_its_store_nothing_is_counted_and_nobody_is_kept_waiting(counts):
    class Away(MemoryStore):
        async def get(self, key):
            raise StoreUnavailable("away")

    await Tally(counts.update, Away(), 900).noted(turn(), exchange())
    assert not counts
