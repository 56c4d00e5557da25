"""The commands know the overlay: what it says instead of a setting, and what is wrong with it."""

import pytest

from actions.knowledge.library import library
from bot.cli import main
from bot.cli.common import CannotRun, settings
from bot.settings import Settings
from tests.actions.overlay.given import EXAMPLE, write_files


@pytest.fixture(autouse=True)
def _own(monkeypatch, tmp_path, overlay):
    """Nothing of this machine's own is read, and what a command configures is undone."""
    read = Settings.read
    monkeypatch.setattr(Settings, "read", lambda: read(env_file=tmp_path / "none"))
    for name in ("DIRECTORY", "SWITCHES", "REPORTS"):
        monkeypatch.setenv(f"LANTERN_{name}", str(tmp_path / name.lower()))
    overlay({})


def test_site_yml_says_who_runs_it_and_where_the_exit_leads(monkeypatch):
    monkeypatch.setenv("LANTERN_OVERLAY", str(EXAMPLE))
    read = settings()
    assert read.operator == "Harbor Drop-In, a made-up day center in Salem, Oregon"
    assert read.exit_url == "https://www.weather.gov" and library().site.name == "Harbor Chat"


def test_without_one_the_settings_count(monkeypatch, tmp_path):
    monkeypatch.setattr(Settings, "overlay", tmp_path / "not there")
    monkeypatch.setenv("LANTERN_OVERLAY", str(tmp_path / "not there"))
    monkeypatch.setenv("LANTERN_OPERATOR", "A clinic")
    assert settings().operator == "A clinic" and not library().overlaid


def test_the_same_thing_is_not_said_twice(monkeypatch):
    monkeypatch.setenv("LANTERN_OVERLAY", str(EXAMPLE))
    monkeypatch.setenv("LANTERN_OPERATOR", "A clinic")
    with pytest.raises(CannotRun, match=r"LANTERN_OPERATOR and .*site.yml differ. Keep the one in site.yml."):
        settings()


def test_a_folder_that_is_not_there_is_said(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("LANTERN_OVERLAY", str(tmp_path / "nowhere"))
    assert main(["serve"]) == 1
    assert f"LANTERN_OVERLAY: there is no folder {tmp_path / 'nowhere'}." in capsys.readouterr().err


@pytest.mark.parametrize("command", [["serve"], ["check"], ["chat"]])
def test_a_broken_one_stops_it_before_anything_is_loaded(command, monkeypatch, tmp_path, capsys):
    folder = write_files(tmp_path / "broken", {"site.yml": "name: Our Chat\ncolour: red"})
    monkeypatch.setenv("LANTERN_OVERLAY", str(folder))
    assert main(command) == 1
    assert capsys.readouterr().err.strip() == f"{folder}/site.yml: line 2: colour: extra fields not permitted"


def test_check_names_what_is_wrong_with_it(monkeypatch, tmp_path, capsys):
    files = {"phrases/interface.yml": "gone: Hello.", "site.yml": "first: ['988-lifeline', nobody]\nname: Our “Chat”"}
    monkeypatch.setenv("LANTERN_OVERLAY", str(write_files(tmp_path / "own", files)))
    assert main(["check"]) == 1
    told = capsys.readouterr().out
    assert "note   overlay: phrases/interface.yml: gone: Lantern has none of this name, or no longer; not used" in told
    assert "note   overlay: site.yml: first: nobody: there is no service of this id, or no longer; not used" in told
    assert "error  overlay: site.yml: name: “ ” would make a text message twice as long" in told
    assert "\n1 errors, " in told


def test_translations_brings_its_files_up_to_date_too(monkeypatch, tmp_path, capsys):
    folder = write_files(tmp_path / "own", {"phrases/interface.yml": "empty: No words?", "site.yml": "languages: [es]"})
    monkeypatch.setenv("LANTERN_OVERLAY", str(folder))
    monkeypatch.setattr("actions.knowledge.catalogs.update", lambda language, english: dict.fromkeys(AREAS, 0))
    assert main(["translations"]) == 0
    assert "es.po: 1 of yours wait for a translator." in capsys.readouterr().out.replace("\n", "")
    assert [file.name for file in (folder / "translations").iterdir()] == ["es.po"]
    assert 'msgid "No words?"' in (folder / "translations" / "es.po").read_text()


AREAS = ("interface", "answers", "services", "law")
