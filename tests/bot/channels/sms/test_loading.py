"""A text that comes while the model is still loading, or while the process starts again.

`lantern serve` listens first and loads then: a text waits in the line of the socket, unread, until it can be answered.
"""

import asyncio
import socket

import pytest
from aiohttp import web

from bot.app import make_app
from bot.channels.sms.simulator import NoAnswer, OverHttp
from tests.bot.channels.sms.conftest import NUMBER, PUBLIC, TOKEN


@pytest.fixture
def listening() -> socket.socket:
    """Listens, and answers nothing yet."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        opened.setblocking(False)
        yield opened


@pytest.fixture
def phone(listening) -> OverHttp:
    return OverHttp(f"http://127.0.0.1:{listening.getsockname()[1]}", PUBLIC, TOKEN, NUMBER)


async def serve(bot, configured, listening) -> web.AppRunner:
    runner = web.AppRunner(make_app(bot, configured), access_log=None)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    return runner


async def test_it_waits_and_is_answered(bot, configured, listening, phone):
    waiting = asyncio.create_task(phone.send("hello"))
    await asyncio.sleep(0.2)
    assert not waiting.done() and bot.turns == []
    runner = await serve(bot, configured, listening)
    (reply,) = await waiting
    assert reply.startswith("Lantern") and bot.said == ["hello"]
    await runner.cleanup()


async def test_a_provider_that_does_not_wait_so_long_gets_nothing(bot, phone, monkeypatch):
    monkeypatch.setattr("bot.channels.sms.simulator.SECONDS", 0.2)
    with pytest.raises(NoAnswer, match="cannot be reached"):
        await phone.send("hello")
    assert bot.turns == []
