"""The trained model, loaded once for all tests (and trained first where the data changed)."""

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from actions.knowledge import control
from actions.knowledge.library import configure_overlay
from bot import logs, model
from bot.settings import Settings
from tests.actions.overlay.given import write_files
from tests.app_tester import AppTester
from tests.redis_server import PROGRAM, RedisServer

logs.quiet()


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def lantern(settings: Settings):
    """Lantern with the model for today's data. Needs no network."""
    path = model.current(settings.models)
    if not path.exists():
        model.train(settings.models, anew=False)
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
def overlay(tmp_path):
    """Writes the files given as an overlay, and has this process use it until the test is over."""

    def use(files: Mapping[str, str] | Path) -> Path:
        folder = files if isinstance(files, Path) else write_files(tmp_path / "overlay", files)
        control.configure(tmp_path / "switches.yml", reviewed_only=False)
        configure_overlay(folder)
        return folder

    yield use
    configure_overlay(None)
    control.configure(control.SWITCHES_FILE, reviewed_only=False)


@pytest.fixture
def session() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def redis_server(tmp_path):
    """A running Redis; the tests that need one are left out where Debian's redis-server is not installed."""
    if not PROGRAM:
        pytest.skip("redis-server is not installed")
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.kill()
