"""The agent when what it stands on fails or is changed."""

from contextlib import asynccontextmanager

import pytest

from bot import model
from bot.store import StoreUnavailable
from bot.store.memory import MemoryStore
from bot.turn import Turn


class Away(MemoryStore):
    """A store that cannot be reached."""

    @asynccontextmanager
    async def lock(self, key):
        raise StoreUnavailable("Redis cannot be used now")
        yield


@pytest.fixture
def away(lantern, monkeypatch):
    monkeypatch.setattr(lantern, "store", Away())
    return lantern


async def test_what_cannot_be_remembered_is_not_answered(away, session):
    with pytest.raises(StoreUnavailable):
        await away.converse(Turn("how do i clear my record", session))


@pytest.mark.parametrize("text", ["i want to die", "quiero morirme", "我想死", "죽고 싶어요"])
async def test_a_crisis_is_answered_all_the_same(away, session, text):
    exchange = await away.converse(Turn(text, session))
    assert exchange.answer.id == "safety.crisis_suicide" and "988" in exchange.answer.text


async def test_a_new_model_takes_over_in_the_middle_of_a_talk(lantern, settings, session):
    await lantern.converse(Turn("oregon", session))
    lantern.reload(model.current(settings.models))
    exchange = await lantern.converse(Turn("can i be arrested if i report a rape", session))
    assert exchange.answer.id == "law.OR.immunity"
