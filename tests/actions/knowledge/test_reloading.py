"""A running process has a new directory at its next look, and keeps the old one where the new one is broken."""

import logging
from threading import Event

import pytest

from actions.directory import store
from actions.knowledge import control, reloading
from actions.knowledge.control import Switches
from actions.knowledge.library import configure_directory, configure_overlay, library
from tests.actions.directory.given import service
from tests.actions.overlay.given import write_files

BUILT_IN = {service.id for service in library().services}


@pytest.fixture
def overlay(tmp_path, monkeypatch):
    """The operator's own file, with one service in it, and this process set up to read it."""
    monkeypatch.setattr(control, "LOOK_EVERY_SECONDS", 0.0)
    file = tmp_path / "directory.jsonl"
    store.write(file, [service("night-shelter")])
    configure_directory(file)
    yield file
    configure_directory(None)


def own(switches: Switches) -> list[str]:
    """Ids of the operator's own services, as they are answered from after the next look."""
    switches.library()
    switches.directory.wait()
    return [s.id for s in switches.library().services if s.id not in BUILT_IN]


def test_a_new_import_is_seen(overlay, tmp_path):
    switches = Switches(tmp_path / "switches.yml")
    assert own(switches) == ["night-shelter"]
    store.write(overlay, [service("night-shelter"), service("day-center")])
    assert own(switches) == ["night-shelter", "day-center"]
    assert library().services[-1].id == "day-center" and "directory" in library().__dict__
    overlay.unlink()
    assert own(switches) == []


@pytest.mark.parametrize("broken", [b"{", b'{"id": "x"}\n', b"\xff\xfe", b"[]"])
def test_a_broken_one_leaves_the_old_one_and_is_named(broken, overlay, tmp_path, caplog):
    switches = Switches(tmp_path / "switches.yml")
    assert own(switches) == ["night-shelter"]
    overlay.write_bytes(broken)
    with caplog.at_level(logging.ERROR):
        assert own(switches) == ["night-shelter"]
    assert "the old one stays" in caplog.text and overlay.name in caplog.text
    store.write(overlay, [service("day-center")])
    assert own(switches) == ["day-center"]


def test_what_is_off_stays_off(overlay, tmp_path):
    switches = Switches(tmp_path / "switches.yml")
    switches.turn({"day-center"}, off=True)
    store.write(overlay, [service("night-shelter"), service("day-center")])
    assert own(switches) == ["night-shelter"]


def test_an_overlay_is_read_again_and_a_broken_one_is_not(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(control, "LOOK_EVERY_SECONDS", 0.0)
    folder = write_files(tmp_path / "overlay", {"phrases/interface.yml": "empty: First."})
    configure_overlay(folder)
    switches = Switches(tmp_path / "switches.yml")

    def said() -> str:
        switches.library()
        switches.directory.wait()
        return switches.library().say("empty")

    assert said() == "First."
    write_files(folder, {"phrases/interface.yml": "empty: Second!"})
    assert said() == "Second!"
    write_files(folder, {"site.yml": "name: Our Chat"})
    assert said() == "Second!" and switches.library().say("page.heading") == "Our Chat"
    with caplog.at_level(logging.ERROR):
        write_files(folder, {"site.yml": "name: Our Chat\nnonsense: 1"})
        assert said() == "Second!" and switches.library().say("page.heading") == "Our Chat"
    assert "site.yml: line 2: nonsense" in caplog.text and "the old one stays" in caplog.text
    folder.rename(tmp_path / "gone")
    assert said() == "Second!" and "the folder is missing" in caplog.text
    configure_overlay(None)


def test_nobody_waits_while_it_is_read(overlay, tmp_path, monkeypatch):
    switches, go_on = Switches(tmp_path / "switches.yml"), Event()
    switches.library()
    monkeypatch.setattr(reloading, "reload", lambda: go_on.wait(10) and None)
    store.write(overlay, [service("day-center")])
    assert [s.id for s in switches.library().services][-1] == "night-shelter"
    assert [s.id for s in switches.library().services][-1] == "night-shelter"
    go_on.set()
    switches.directory.wait()


def test_a_folder_that_goes_while_it_is_looked_through_is_seen_at_the_next_look(tmp_path, monkeypatch):
    (tmp_path / "a.yml").write_text("a")
    found = reloading.stamps([tmp_path])

    def gone(*_: object) -> None:
        raise FileNotFoundError(tmp_path)

    with monkeypatch.context() as broken:
        broken.setattr(type(tmp_path), "rglob", gone)
        assert reloading.stamps([tmp_path]) == ()
    assert reloading.stamps([tmp_path]) == found != ()
