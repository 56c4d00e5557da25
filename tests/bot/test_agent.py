"""The agent when what it stands on fails or is changed."""

from contextlib import asynccontextmanager

import pytest

from bot import model
from bot.store import StoreUnavailable
from bot.store.memory import MemoryStore
from bot.turn import Turn
from tests.actions.overlay.given import EXAMPLE


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


async def test_a_language_that_is_not_offered_is_not_spoken_but_in_a_crisis(lantern, session, overlay):
    overlay({"site.yml": "languages: [es]"})
    exchange = await lantern.converse(Turn("경찰이 나를 막으면 어떻게 해요", session))
    assert exchange.understood.language == "en" and exchange.answer.id == "rights.rights_police_stop"
    assert exchange.answer.lines[0].startswith("여기서는 이 언어로 이야기할 수 없어요.")
    assert exchange.answer.lines[1].startswith("You can ask: “Am I free to go?”")
    crisis = (await lantern.converse(Turn("죽고 싶어요", session))).answer
    assert crisis.id == "safety.crisis_suicide" and "988" in crisis.text and "경찰: " in crisis.text
    assert not crisis.text.startswith("여기서는")
    assert (await lantern.converse(Turn("quiero hablar español", session))).understood.language == "es"


async def test_what_is_their_own_is_said(lantern, session, overlay):
    overlay(EXAMPLE)
    assert "Harbor Drop-In runs this chat." in (await lantern.converse(Turn("hi", session))).answer.text
    there = (await lantern.converse(Turn("can i be arrested if i report a rape in texas", session))).answer
    assert there.id == "law.TX.immunity" and there.lines[0].startswith("I know the law of Oregon, Washington here")
    first = (await lantern.converse(Turn("i need food in oregon", session))).answer
    assert any(line.startswith("Harbor Drop-In: ") for line in first.lines[:4]), first.lines
