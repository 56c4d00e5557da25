"""The trained model, loaded once for all tests (and trained first where the data changed)."""

import secrets
from collections.abc import Callable

import pytest

from bot import logs, model
from bot.settings import Settings
from tests.app_tester import AppTester

logs.quiet()


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def lantern(settings: Settings):
    """Lantern with the model for today's data. Needs no network."""
    path = model.current(settings.models)
    if not path.exists():
        model.train(settings.models)
    from bot.agent import Lantern

    logs.hold()
    return Lantern.load(path)


@pytest.fixture
def tester(lantern) -> AppTester:
    """A new conversation, written as a script."""
    return AppTester(lantern)


@pytest.fixture
def new_tester(lantern) -> Callable[[], AppTester]:
    """Makes new conversations, for tests that hold several."""
    return lambda: AppTester(lantern)


@pytest.fixture
def session() -> str:
    return secrets.token_hex(16)
