"""Conversations die by themselves, and on demand."""

import asyncio

from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.sessions import ForgettingTrackerStore
from bot.turn import Turn

DOMAIN = Domain.empty()


def tracker(sender: str) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(sender, [], slots=DOMAIN.slots)


async def test_an_idle_conversation_is_gone():
    store = ForgettingTrackerStore(DOMAIN, idle_seconds=0.05)
    await store.save(tracker("a"))
    assert await store.retrieve("a")
    await asyncio.sleep(0.06)
    assert await store.retrieve("a") is None
    assert await store.keys() == []


async def test_the_one_idle_the_longest_makes_room():
    store = ForgettingTrackerStore(DOMAIN, most_sessions=2)
    for sender in "abc":
        await store.save(tracker(sender))
    assert sorted(await store.keys()) == ["b", "c"]


async def test_deleting():
    store = ForgettingTrackerStore(DOMAIN)
    await store.save(tracker("a"))
    await store.delete("a")
    await store.delete("never there")
    assert await store.retrieve("a") is None


async def test_the_tracker_holds_no_words(lantern, session):
    await lantern.converse(Turn("my name is Canary Featherstone 555-201-9988 can i be arrested if i report", session))
    kept = lantern._store.store[session].lower()
    assert "immunity_reporting" in kept
    for word in ("canary", "featherstone", "9988", "arrested if i"):
        assert word not in kept
