"""The telephone of `lantern sms`, over HTTP and in process."""

from dataclasses import replace

import pytest

from bot.app import make_app
from bot.channels.sms.simulator import InProcess, NoAnswer, OverHttp
from tests.bot.channels.sms.conftest import NUMBER, PUBLIC, TOKEN


async def test_over_http(client, bot):
    phone = OverHttp(str(client.make_url("/")), PUBLIC, TOKEN, NUMBER)
    (first,) = await phone.send("hello")
    assert first.startswith("Lantern")
    assert bot.said == ["hello"]
    await phone.send("stop")
    assert await phone.send("hello") == []


async def test_in_process(texts, bot):
    phone = InProcess(texts, "somebody")
    assert len(await phone.send("hello")) == 1
    assert len(await phone.send("stop")) == 1 and await phone.send("hello") == ()


async def test_a_refusal_says_why(aiohttp_client, client, bot, configured):
    at = str(client.make_url("/"))
    with pytest.raises(NoAnswer, match="LANTERN_TWILIO_TOKEN or LANTERN_PUBLIC_URL differ"):
        await OverHttp(at, PUBLIC, "wrong", NUMBER).send("hello")
    without = await aiohttp_client(make_app(bot, replace(configured, twilio_token="")))
    with pytest.raises(NoAnswer, match="takes no texts"):
        await OverHttp(str(without.make_url("/")), PUBLIC, TOKEN, NUMBER).send("hello")
    with pytest.raises(NoAnswer, match="cannot be reached"):
        await OverHttp("http://127.0.0.1:9", PUBLIC, TOKEN, NUMBER).send("hello")
