"""Every command in a block of `sh` exists: `lantern …` parses, `make …` has its target; cheap ones are run."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import _parser
from bot.settings import ROOT
from tests.docs.pages import PAGES, blocks, name
from tools import reference

CHEAP = {"check", "off", "directory stale", "directory reports", "directory coverage"}
SETTING = re.compile(r"^LANTERN_\w+=")


def commands(page: Path) -> Iterator[list[str]]:
    """The words of every command of a page, of pipes and chains each by itself."""
    for block in blocks(page, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
            words.whitespace_split = True
            command: list[str] = []
            for word in [*words, ";"]:
                if not set(word) <= set("|&;"):
                    command.append(word)
                elif command:
                    yield command
                    command = []


def of_program(program: str) -> list[tuple[str, tuple[str, ...]]]:
    found = {}
    for page in PAGES:
        for command in commands(page):
            words = [word for word in command if word != "sudo" and not SETTING.match(word)]
            if words and Path(words[0]).name == program and not {"<", ">"} & set(words):
                found[name(page), tuple(words[1:])] = None
    return list(found)


@pytest.mark.parametrize(("page", "words"), of_program("lantern"))
def test_lantern_takes_it(page, words):
    _parser().parse_args([word for word in words if word != "…"])  # SystemExit where it does not


@pytest.mark.parametrize(("page", "words"), of_program("make"))
def test_make_has_it(page, words):
    targets = [word for word in words if "=" not in word]
    assert targets and set(targets) <= set(reference.targets()), page


@pytest.mark.parametrize(("page", "words"), of_program("python") + of_program("python3"))
def test_what_python_runs_is_there(page, words):
    if words[0] == "-m":
        assert (ROOT / words[1].replace(".", "/")).with_suffix(".py").exists() or words[1] == "pytest", page
    else:
        assert (ROOT / words[0]).exists(), page


def test_a_command_that_is_wrong_is_found(capsys):
    with pytest.raises(SystemExit):
        _parser().parse_args(["directory", "stale", "--weeks", "3"])
    assert "--weeks" in capsys.readouterr().err


def _is_cheap(words: tuple[str, ...]) -> bool:
    plain = " ".join(word for word in words[:2] if not word.startswith("-"))
    return words[:1] == ("off",) or plain in CHEAP or words[:1] == ("check",)


@pytest.mark.parametrize("words", sorted({words for _, words in of_program("lantern") if _is_cheap(words)}))
def test_cheap_ones_do_it(words, tmp_path):
    state = {
        "LANTERN_SWITCHES": str(tmp_path / "switches.yml"),
        "LANTERN_DIRECTORY": str(tmp_path / "directory.jsonl"),
        "LANTERN_REPORTS": str(tmp_path / "reports.json"),
        "PATH": "/usr/bin:/bin",
    }
    words = tuple("law.OR.immunity" if word == "ID" or word == "NAME" else word for word in words)
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *words], cwd=ROOT, env=state, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0 and done.stdout.strip() and "Traceback" not in done.stderr, done.stdout + done.stderr


@pytest.mark.parametrize("command", [command for command, _ in reference.commands(_parser())])
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as ended:
        _parser().parse_args([*command.split(), "--help"])
    assert ended.value.code == 0 and "usage: lantern" in capsys.readouterr().out


def test_the_directory_of_the_guide_is_imported_as_it_stands(tmp_path):
    """The CSV tables of docs/services.md, word by word."""
    text = (ROOT / "docs" / "services.md").read_text(encoding="utf-8")
    tables = re.findall(r"^`(\w+\.csv)`\n\n```csv\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(tables) == 6
    folder, own = tmp_path / "directory", tmp_path / "own.jsonl"
    folder.mkdir()
    for file, body in tables:
        (folder / file).write_text(body, encoding="utf-8")
    state = {"LANTERN_DIRECTORY": str(own), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "bot.cli", "directory", "import", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=state, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    written = own.read_text(encoding="utf-8")
    for said in ("Example Drop-in", "never_without_consent", "It calls police only if you say so.", "503-555-0142"):
        assert said in written
    shutil.rmtree(folder)
