"""Nobody keeps the others waiting."""

import asyncio

import pytest
from aiohttp.test_utils import make_mocked_request

from bot import limits
from bot.limits import address_of
from bot.store import StoreUnavailable
from tests.browser.served import CannedLantern


def request(*forwarded: str):
    """From this machine, through whatever says so in its header."""
    return make_mocked_request("POST", "/", headers=[("X-Forwarded-For", line) for line in forwarded])


def test_what_a_stranger_writes_into_the_header_is_not_believed():
    assert address_of(request("6.6.6.6, 1.2.3.4"), proxies=1) == "1.2.3.4"
    assert address_of(request("6.6.6.6", "1.2.3.4, 10.0.0.1"), proxies=2) == "1.2.3.4"
    assert address_of(request("6.6.6.6"), proxies=0) is None


async def ask(client, address: str = "1.2.3.4", talk: str = "", **more):
    headers = {"X-Forwarded-For": address}
    return await client.post("/talk", json={"talk": talk, "text": "hello", **more}, headers=headers)


async def test_one_conversation_may_ask_so_often(new_client):
    client = await new_client(proxies=1, session_turns=2)
    talk = (await (await ask(client)).json())["talk"]
    assert (await ask(client, talk=talk)).status == 200
    refused = await ask(client, talk=talk)
    assert refused.status == 429
    assert refused.headers["Retry-After"] == "60"
    assert "988" in await refused.text()
    assert (await ask(client)).status == 200, "another conversation goes on"


async def test_one_address_may_ask_so_often(new_client):
    client = await new_client(proxies=1, address_turns=3)
    assert [(await ask(client)).status for _ in range(5)] == [200, 200, 200, 429, 429]
    assert (await ask(client, "5.6.7.8")).status == 200


async def test_programs_on_this_machine_are_not_limited_without_a_proxy(new_client):
    client = await new_client(session_turns=1, address_turns=1)
    talk = (await (await ask(client)).json())["talk"]
    assert [(await ask(client, talk=talk)).status for _ in range(3)] == [200] * 3


async def test_the_address_is_kept_as_a_hash_and_for_a_minute(new_client, canned):
    client = await new_client(proxies=1)
    await ask(client, "203.0.113.77")
    (key,) = (key for key in canned.store.kept() if key.startswith("address:"))
    assert "203" not in key


async def test_too_many_at_once_are_sent_away(new_client, canned, monkeypatch):
    monkeypatch.setattr(limits, "MOST_AT_ONCE", 3)
    canned.delay = 0.2
    client = await new_client()
    statuses = [answer.status for answer in await asyncio.gather(*(ask(client) for _ in range(5)))]
    assert sorted(statuses) == [200, 200, 200, 429, 429]
    assert (await ask(client)).status == 200


async def test_a_turn_that_takes_too_long_ends_calmly(new_client, canned, monkeypatch):
    monkeypatch.setattr(limits, "TURN_SECONDS", 0.05)
    canned.delay = 5
    answer = await ask(await new_client())
    assert answer.status == 503
    assert "try again" in await answer.text()


async def test_somebody_who_sends_slowly_is_not_waited_for(new_client, monkeypatch):
    monkeypatch.setattr(limits, "TURN_SECONDS", 0.05)

    async def drop_by_drop():
        yield b"text=h"
        await asyncio.sleep(1)
        yield b"ello"

    client = await new_client()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await client.post("/", data=drop_by_drop(), headers=form)).status == 503


class Away:
    """A store that cannot be reached."""

    def __getattr__(self, name):
        async def fail(*_):
            raise StoreUnavailable("Redis cannot be used now")

        return fail


class Remembering(CannedLantern):
    """Answers a crisis; anything else has to be remembered first."""

    async def converse(self, turn):
        if "die" not in turn.text:
            await self.store.ping()
        return await super().converse(turn)


@pytest.fixture
def canned():
    return Remembering()


def posted(path: str, text: str) -> dict[str, object]:
    return {"json": {"text": text}} if path == "/talk" else {"data": {"text": text}}


@pytest.mark.parametrize("path", ["/", "/talk"])
async def test_without_its_store_it_says_so_calmly_and_the_crisis_line_stays(new_client, canned, path):
    canned.store = Away()
    client = await new_client(proxies=1)
    answer = await client.post(path, **posted(path, "hello"), headers={"X-Forwarded-For": "1.2.3.4"})
    assert answer.status == 503
    text = await answer.text()
    assert ("Your words are still here" if path == "/" else "cannot answer right now") in text
    assert "988" in text
    assert (await client.get("/")).status == 200
    assert (await client.get("/health/live")).status == 200
    assert (await client.get("/health/ready")).status == 503


@pytest.mark.parametrize("path", ["/", "/talk"])
async def test_without_its_store_a_crisis_is_answered_all_the_same(new_client, canned, path):
    canned.store = Away()
    client = await new_client(proxies=1)
    answer = await client.post(path, **posted(path, "i want to die"), headers={"X-Forwarded-For": "1.2.3.4"})
    assert answer.status == 200
    assert "988 Suicide and Crisis Lifeline" in await answer.text()


async def test_it_says_that_it_is_ready(new_client):
    client = await new_client()
    assert await (await client.get("/health/ready")).json() == {"ready": True}
