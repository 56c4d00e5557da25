"""Conversations die by themselves, and on demand."""

import asyncio

from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.sessions import ForgettingTrackerStore
from bot.store.memory import MemoryStore
from bot.turn import Turn

DOMAIN = Domain.empty()


def tracker(sender: str) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(sender, [], slots=DOMAIN.slots)


async def test_an_idle_conversation_is_gone():
    trackers = ForgettingTrackerStore(DOMAIN, idle_seconds=0.05)
    await trackers.save(tracker("a"))
    assert await trackers.retrieve("a")
    await asyncio.sleep(0.06)
    assert await trackers.retrieve("a") is None


async def test_the_one_idle_the_longest_makes_room():
    trackers = ForgettingTrackerStore(DOMAIN, store=MemoryStore(most=2))
    for sender in "abc":
        await trackers.save(tracker(sender))
    assert [sender for sender in "abc" if await trackers.retrieve(sender)] == ["b", "c"]


async def test_deleting():
    trackers = ForgettingTrackerStore(DOMAIN)
    await trackers.save(tracker("a"))
    await trackers.delete("a")
    await trackers.delete("never there")
    assert await trackers.retrieve("a") is None


async def test_nobody_can_list_conversations():
    trackers = ForgettingTrackerStore(DOMAIN)
    await trackers.save(tracker("a"))
    assert list(await trackers.keys()) == []


async def test_the_tracker_holds_no_words(lantern, session):
    await lantern.converse(Turn("my name is Canary Featherstone 555-201-9988 can i be arrested if i report", session))
    kept = (await lantern.store.get(f"talk:{session}")).decode().lower()
    assert "immunity_reporting" in kept
    for word in ("canary", "featherstone", "9988", "arrested if i"):
        assert word not in kept
