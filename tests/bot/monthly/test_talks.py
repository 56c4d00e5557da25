"""Talks with Lantern itself, counted."""

from collections import Counter

import pytest

from bot.agent import unnoted
from bot.monthly.tally import Tally, key_of
from bot.turn import Turn


@pytest.fixture
def counts(lantern):
    """What the talks of a test are counted for."""
    counted: Counter[str] = Counter()
    lantern.noted = Tally(counted.update, lantern.store, idle_seconds=900).noted
    yield counted
    lantern.noted = unnoted


async def test_a_talk(lantern, tester, counts):
    for text in ("can i be arrested if i report a rape", "oregon", "i need a place to sleep tonight", "oregon"):
        await tester.user(text)
    assert counts.pop("messages") == 4
    for cell in ("talks", "channel:web", "language:en", "place:OR", "topic:immunity_reporting", "topic:need_shelter"):
        assert counts[cell] == 1, cell
    assert set(counts.values()) == {1}


async def test_a_crisis(tester, counts):
    await tester.user("i want to kill myself")
    await tester.user("i want to die")
    assert counts["gate:suicide"] == counts["topic:crisis_suicide"] == counts["talks"] == 1


async def test_deleting_forgets_what_it_was_counted_for(lantern, tester, counts):
    await tester.user("i need a lawyer")
    assert await lantern.store.get(key_of(tester.session))
    await tester.user("delete everything")
    assert await lantern.store.get(key_of(tester.session)) is None
    assert counts["talks"] == 1 and not counts["topic:privacy"]


async def test_leaving_forgets_it_too(lantern, session, counts):
    await lantern.converse(Turn("i need a lawyer", session, "sms"))
    assert counts["channel:sms"] == 1 and await lantern.store.get(key_of(session))
    await lantern.forget(session)
    assert await lantern.store.get(key_of(session)) is None


async def test_what_is_not_understood_counts_as_a_message(tester, counts):
    await tester.user("flurb gnarp wibble zonk")
    assert counts["messages"] == 1 and not [cell for cell in counts if cell.startswith("topic:")]
    assert counts["unanswered:asked"] + counts["unanswered:out_of_scope"] == 1
