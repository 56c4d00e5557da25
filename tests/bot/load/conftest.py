"""The service with canned answers, text messages included, and the keys that its clients share with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web

from actions.knowledge.library import library
from bot.app import make_app
from bot.channels.transcript import Signer
from bot.load.cast import PICK, Conversation
from bot.load.client import Keys
from bot.load.connection import connected
from bot.settings import Settings
from tests.browser.served import CannedLantern

SECRET, TOKEN, PUBLIC = "only for these tests", "0123456789abcdef0123456789abcdef", "https://chat.example.org"
STEPS = ("hello", "i am in oregon", PICK, "and a lawyer")


@dataclass
class Talking:
    """`http` leads to a service that answers with `lantern`."""

    http: aiohttp.ClientSession
    lantern: CannedLantern


@pytest.fixture
def keys() -> Keys:
    return Keys(
        Signer(SECRET, 60), TOKEN, PUBLIC, frozenset({"A free lawyer"}), frozenset({library().say("sms.failed")})
    )


@pytest.fixture
def cast() -> tuple[Conversation, ...]:
    return tuple(Conversation(number, "OR", STEPS) for number in range(3))


@pytest.fixture
async def reach(aiohttp_server):
    """Makes a client of an application."""
    opened = []

    async def make(app: web.Application) -> aiohttp.ClientSession:
        server = await aiohttp_server(app)
        opened.append(connected(str(server.make_url("/"))))
        return opened[-1]

    yield make
    for http in opened:
        await http.close()


@pytest.fixture
async def talking(reach: Callable[[web.Application], Awaitable[aiohttp.ClientSession]], tmp_path) -> Talking:
    lantern = CannedLantern()
    settings = Settings(secret=SECRET, twilio_token=TOKEN, public_url=PUBLIC, optouts=tmp_path / "optouts")
    return Talking(await reach(make_app(lantern, settings)), lantern)
