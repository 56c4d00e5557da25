"""Releases, in repositories of their own."""

import subprocess
from pathlib import Path

import pytest

from bot.settings import ROOT
from tools.release import OWN_VERSION, UNRELEASED, main

CHANGES = (
    "# Changelog\n\nNewest first.\n\n## Unreleased\n\n- A change.\n- Another.\n\n## 0.1.0, 2026-01-02\n\n- The first.\n"
)
UPGRADING = "# Upgrading\n\n## Unreleased\n\n- Do this.\n"
PROJECT = '[project]\nname = "lantern"\nversion = "0.1.0"\ndependencies = ["other==0.1.0"]\n'
LOCK = '[[package]]\nname = "other"\nversion = "0.1.0"\n\n[[package]]\nname = "lantern"\nversion = "0.1.0"\n'


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Path:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A maintainer")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "maintainer@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    (tmp_path / "docs").mkdir()
    for file, text in (("CHANGELOG.md", CHANGES), ("docs/upgrading.md", UPGRADING), ("pyproject.toml", PROJECT)):
        (tmp_path / file).write_text(text)
    (tmp_path / "uv.lock").write_text(LOCK)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "All of it")
    return tmp_path


def test_a_release(repository, capsys):
    assert main(["0.2.0"], repository) == 0
    assert "v0.2.0" in capsys.readouterr().out
    assert git(repository, "tag") == "v0.2.0" and git(repository, "status", "--porcelain") == ""
    assert git(repository, "log", "-1", "--format=%s") == "Release 0.2.0"
    assert (repository / "pyproject.toml").read_text() == PROJECT.replace('version = "0.1.0"', 'version = "0.2.0"')
    assert 'name = "lantern"\nversion = "0.2.0"' in (repository / "uv.lock").read_text()
    assert 'name = "other"\nversion = "0.1.0"' in (repository / "uv.lock").read_text()
    changes = (repository / "CHANGELOG.md").read_text()
    assert changes.index("## Unreleased\n\n## 0.2.0, 20") < changes.index(
        "- A change.\n- Another.\n\n## 0.1.0, 2026-01-02"
    )
    assert changes.count("- A change.") == 1 and changes.endswith("- The first.\n")
    assert "## Unreleased\n\n## 0.2.0, 20" in (repository / "docs/upgrading.md").read_text()


def test_a_try_changes_nothing(repository, capsys):
    assert main(["0.2.0", "--dry-run"], repository) == 0
    assert "CHANGELOG.md" in capsys.readouterr().out
    assert git(repository, "tag") == "" and git(repository, "status", "--porcelain") == ""
    assert (repository / "CHANGELOG.md").read_text() == CHANGES


def test_the_version_that_is_written_already(repository):
    """The first release: pyproject.toml says 0.1.0 before there is a tag."""
    assert main(["0.1.0"], repository) == 0
    assert git(repository, "tag") == "v0.1.0"


def test_it_is_made_once_and_then_needs_new_notes(repository, capsys):
    assert main(["0.2.0"], repository) == 0
    assert main(["0.2.0"], repository) == 1 and "there already" in capsys.readouterr().err
    assert main(["0.3.0"], repository) == 1 and "nothing stands under" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["2", "0.2", "v0.2.0", "0.2.0rc1", "0.02.0", ""])
def test_what_is_no_version(repository, version, capsys):
    assert main([version], repository) == 1
    assert "no version" in capsys.readouterr().err


def test_an_older_version(repository, capsys):
    assert main(["0.0.9"], repository) == 1
    assert "comes after" in capsys.readouterr().err


def test_a_tree_that_is_not_clean(repository, capsys):
    (repository / "new.txt").write_text("x")
    assert main(["0.2.0"], repository) == 1
    assert "not clean" in capsys.readouterr().err and git(repository, "tag") == ""


def test_our_own_files_are_of_the_shape_it_looks_for():
    for name, place in OWN_VERSION.items():
        assert place.search((ROOT / name).read_text(encoding="utf-8")), name
    for name in ("CHANGELOG.md", "docs/upgrading.md"):
        assert UNRELEASED in (ROOT / name).read_text(encoding="utf-8"), name
