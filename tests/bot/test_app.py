"""What the application does by itself, between requests."""

import asyncio

import pytest

from actions.directory import store
from actions.knowledge import control
from actions.knowledge.library import configure_directory, library
from bot import app
from tests.actions.directory.given import service


@pytest.fixture
def directory(tmp_path, monkeypatch):
    """The operator's own file, empty so far, and this process set up to look at it often."""
    for module in (app, control):
        monkeypatch.setattr(module, "LOOK_EVERY_SECONDS", 0.02)
    control.configure(tmp_path / "switches.yml", reviewed_only=False)
    file = tmp_path / "directory.jsonl"
    configure_directory(file)
    yield file
    configure_directory(None)


async def test_a_new_import_is_seen_while_no_one_asks(new_client, directory):
    assert "day-center" not in {one.id for one in control.shown().services}
    await new_client()
    store.write(directory, [service("day-center")])
    for _ in range(400):
        if "day-center" in {one.id for one in library().services}:
            return
        await asyncio.sleep(0.05)
    pytest.fail("nobody asked, and the import was not seen")
