"""Texts while Redis is away: a crisis is answered in the language it is told in, and nothing is lost or leaked."""

from contextlib import asynccontextmanager

import pytest

from actions.knowledge.control import shown
from bot.app import make_app
from bot.channels.sms.writing import gsm
from bot.store import StoreUnavailable
from bot.store.memory import MemoryStore
from bot.turn import Exchange, Understanding
from tests.bot.channels.sms.conftest import Bot, PlivoPhone, TwilioPhone

MOST_CHARACTERS = 1600  # that Twilio and Plivo take as one text
CRISES = {"en": "i want to die", "es": "quiero morirme", "zh": "我想死", "ko": "죽고 싶어요"}


class Away(MemoryStore):
    """A store that cannot be reached."""

    @asynccontextmanager
    async def lock(self, key):
        raise StoreUnavailable("Redis cannot be used now")
        yield


class Alone(Bot):
    """What remembers nothing and answers a crisis, as `Lantern` does."""

    async def converse(self, turn):
        exchange = await super().converse(turn)
        if "crisis" not in turn.text:
            raise StoreUnavailable("Redis cannot be used now")
        return Exchange(Understanding("crisis_danger", 1.0, gate="danger"), exchange.answer)


@pytest.fixture(params=[TwilioPhone, PlivoPhone])
async def phone(request, aiohttp_client, configured) -> TwilioPhone:
    return request.param(await aiohttp_client(make_app(Alone(store=Away()), configured)))


async def test_a_crisis_is_answered(phone):
    said = await phone.text("crisis")
    assert "".join(said).startswith("You may be in danger now.") and "MORE" not in "".join(said)


@pytest.mark.parametrize(("text", "language"), [("hello", "en"), ("안녕하세요", "ko")])
async def test_anything_else_is_told_in_its_language_that_it_was_not_answered(phone, text, language):
    assert await phone.text(text) == [shown(language).say("sms.failed")]


@pytest.mark.parametrize("text", ["stop", "no me escriba más"])
async def test_a_stop_is_not_lost(phone, text):
    assert (await phone.post(phone.fields(text))).status == 503, "the provider is told that it failed"


async def test_a_store_that_was_only_busy_keeps_nothing(aiohttp_client, configured):
    class Busy(Away):
        """Its lock is held by somebody else at first."""

        asked = 0

        @asynccontextmanager
        async def lock(self, key):
            self.asked += 1
            if self.asked == 1:
                raise StoreUnavailable("somebody else holds it")
            yield

    bot = Bot(store=Busy())
    phone = TwilioPhone(await aiohttp_client(make_app(bot, configured)))
    assert await phone.text("hello") == [shown().say("sms.failed")]
    assert bot.turns and bot.forgotten == [turn.session for turn in bot.turns]


async def test_a_failure_inside_is_calm(aiohttp_client, configured, caplog):
    bot = Alone(store=Away(), fails_with=RuntimeError("Canary Featherstone"))
    phone = TwilioPhone(await aiohttp_client(make_app(bot, configured)))
    assert await phone.text("hello") == [shown().say("sms.failed")]
    assert "Canary" not in caplog.text


@pytest.mark.parametrize("language", CRISES)
async def test_a_crisis_in_every_language(lantern, monkeypatch, aiohttp_client, configured, language):
    monkeypatch.setattr(lantern, "store", Away())
    phone = TwilioPhone(await aiohttp_client(make_app(lantern, configured)))
    said = "\n".join(await phone.text(CRISES[language]))
    section = [gsm(part) for part in shown(language).sections["crisis_suicide"].short]
    assert "988" in said and "911" in said and len(said) <= MOST_CHARACTERS
    assert said.endswith(section[-1]) and said.count("\n") == len(section) - 1


@pytest.mark.parametrize("language", ["es", "ko"])
async def test_a_question_is_told_in_its_language(lantern, monkeypatch, aiohttp_client, configured, language):
    monkeypatch.setattr(lantern, "store", Away())
    phone = TwilioPhone(await aiohttp_client(make_app(lantern, configured)))
    question = {"es": "¿cómo limpio mi récord?", "ko": "전과 기록을 지우고 싶어요"}[language]
    assert await phone.text(question) == [shown(language).say("sms.failed")]
