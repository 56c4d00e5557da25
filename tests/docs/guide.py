"""A guide of CONTRIBUTING.md followed word by word on a copy of the project: its code blocks are written where it says.

Before a block the guide says “Write `file`” (the block is the file), “Add to `file`” (at its end) or “Add to `file`,
below `line`”; “In `file`, `this` becomes `that`” needs no block. A block of `sh` is run.
"""

import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT

PAGE = ROOT / "CONTRIBUTING.md"
_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"(Write|Add to)\s+`([\w./]+)`(?:, below `([^`]+)`)?\s*$")
_BECOMES = re.compile(r"[Ii]n `([\w./]+)`, `([^`]+)`\s+becomes\s+`([^`]+)`")


class NotAsWritten(AssertionError):
    """The guide cannot be followed."""


@dataclass(frozen=True)
class Step:
    """One thing to do. `how`: "write", "add", "replace" or "run"."""

    how: str
    file: str
    text: str
    below: str = ""


def section(heading: str, page: Path = PAGE) -> str:
    """What stands under `heading`."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    if not found:
        raise NotAsWritten(f"{page.name} has no “{heading}”")
    return found[1]


def steps(text: str) -> Iterator[Step]:
    """What a guide says to do, in its order."""
    end = 0
    for block in _BLOCK.finditer(text):
        before, end = text[end : block.start()], block.end()
        yield from _becomes(before)
        body = textwrap.dedent(block[3]) if not block[1] else _without(block[1], block[3])
        if block[2] == "sh":
            yield from (Step("run", "", line) for line in body.splitlines() if line.strip())
        elif place := _PLACE.search(before):
            yield Step("write" if place[1] == "Write" else "add", place[2], body, place[3] or "")
        else:
            raise NotAsWritten(f"it does not say where this goes:\n{body}")
    yield from _becomes(text[end:])


def _becomes(text: str) -> Iterator[Step]:
    return (Step("replace", file, new, old) for file, old, new in _BECOMES.findall(text))


def _without(indent: str, body: str) -> str:
    return "".join(line.removeprefix(indent) for line in body.splitlines(keepends=True))


def copy_of_the_project(to: Path) -> Path:
    """What a guide changes and `lantern check` reads. Of languages English and Spanish: the others take their time."""
    for name in ("actions", "bot", "data", "tests/data"):
        skipped = shutil.ignore_patterns("__pycache__", "*.pyc", "zh", "ko")
        shutil.copytree(ROOT / name, to / name, ignore=skipped, dirs_exist_ok=True)
    shutil.copy(ROOT / "domain.yml", to)
    (to / "docs").mkdir(exist_ok=True)
    shutil.copy(ROOT / "docs" / "openapi.yml", to / "docs")
    return to


def follow(heading: str, project: Path) -> list[subprocess.CompletedProcess[str]]:
    """Does in `project` what the guide says; what its commands printed."""
    done = []
    for step in steps(section(heading)):
        file = project / step.file
        match step.how:
            case "run":
                done.append(lantern(project, step.text))
            case "write":
                if file.exists():
                    raise NotAsWritten(f"{step.file} is there already")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(step.text, encoding="utf-8")
            case "replace":
                text = file.read_text(encoding="utf-8")
                if text.count(step.below) != 1:
                    raise NotAsWritten(f"{step.file} has “{step.below}” {text.count(step.below)} times")
                file.write_text(text.replace(step.below, step.text), encoding="utf-8")
            case _:
                file.write_text(_added(file, step), encoding="utf-8")
    return done


def _added(file: Path, step: Step) -> str:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    if not step.below:
        return "".join(lines) + step.text
    for at, line in enumerate(lines):
        if line.strip() == step.below or line.strip().startswith(f"{step.below} "):
            return "".join([*lines[: at + 1], step.text, *lines[at + 1 :]])
    raise NotAsWritten(f"{step.file} has no line “{step.below}”")


def lantern(project: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Runs a line `.venv/bin/lantern …` of a guide with the code and the data of `project`."""
    program, *arguments = shlex.split(line, comments=True)
    if program != ".venv/bin/lantern":
        raise NotAsWritten(f"this command is not one to follow: {line}")
    return python(project, "-m", "bot.cli", *arguments)


def python(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in `project`, which comes before this repository."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=120, env=_environment(project))


def _environment(project: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(project), "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"}


STAND_INS = """
from actions.knowledge import catalogs
from actions.knowledge.library import Library
from actions.knowledge.translations import messages

english = Library.load()
for language in catalogs.languages():
    if language != "en":
        have = catalogs.translation(language)
        texts = {(w.context, w.text): w.text for w in messages(english)}
        catalogs.put(language, {key: text for key, text in texts.items() if key not in have})
"""


def translate(project: Path) -> None:
    """Puts the English in place of the translations that are still missing, as a translator would put theirs."""
    done = python(project, "-c", STAND_INS)
    assert done.returncode == 0, done.stderr


def errors(checked: subprocess.CompletedProcess[str]) -> list[str]:
    """What `lantern check` calls an error."""
    assert not checked.stderr, checked.stderr
    return [line for line in checked.stdout.splitlines() if line.startswith("error")]
