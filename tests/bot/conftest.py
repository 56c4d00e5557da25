"""The application with canned answers, for what needs no model."""

from collections.abc import Awaitable, Callable

import pytest
from aiohttp.test_utils import TestClient

from bot.app import make_app
from bot.settings import Settings
from tests.browser.served import CannedLantern

NewClient = Callable[..., Awaitable[TestClient]]


@pytest.fixture
def canned() -> CannedLantern:
    return CannedLantern()


@pytest.fixture
def new_client(aiohttp_client, canned) -> NewClient:
    """A client of the application with the settings given."""

    async def make(**given: object) -> TestClient:
        return await aiohttp_client(make_app(canned, Settings(**given)))

    return make
