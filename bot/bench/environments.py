"""Both installations, built by the benchmark: Lantern's as its lock file has it, Rasa's as its documentation says.

Each is installed twice, from uv's cache the second time; the second is timed, so that no network is. Files are copied,
not linked, so that the bytes are written.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.bench.own import INSTALLED
from bot.bench.process import Command, environment, measured
from bot.bench.wrong import CannotBench
from bot.settings import ROOT

RASA = "rasa==3.6.21"
PUBLISHED_FOR = ("3.10", "3.9")  # Rasa 3.6.21 asks for Python below 3.11; the newest first
OWN_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True)
class Installed:
    """An environment: its Python, how many packages, the bytes of its files (each as long as it says), seconds."""

    python: Path
    version: str
    packages: int
    bytes: int
    seconds: float


def uv() -> str:
    """The uv that `make` uses. Raises `CannotBench`."""
    found = shutil.which("uv") or shutil.which(ROOT / ".uv" / "bin" / "uv")
    if not found:
        raise CannotBench("uv is not here; `make install` brings it.")
    return str(found)


def stock(folder: Path) -> Installed:
    """Rasa as published, with every dependency that it publishes. Raises `CannotBench`."""
    python, target = python_for_rasa(folder), folder / "stock"
    quiet: Command = [uv(), "--no-config", "--quiet"]
    create: Command = [*quiet, "venv", "--no-project", "--clear", "--python", python, target]
    install: Command = [*quiet, "pip", "install", "--link-mode", "copy", "--python", target / "bin" / "python", RASA]
    return _twice(target, [create, install], folder, {})


def lantern(folder: Path) -> Installed:
    """What `make install` installs, without the tools of developers. Raises `CannotBench`."""
    target = folder / INSTALLED
    sync: Command = [uv(), "sync", "--frozen", "--no-dev", "--quiet", "--link-mode", "copy", "--python", OWN_PYTHON]
    return _twice(target, [sync], ROOT, {"UV_PROJECT_ENVIRONMENT": str(target)})


def python_for_rasa(folder: Path) -> Path:
    """A Python that Rasa is published for: on the path, of pyenv, or from uv. Raises `CannotBench`."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in PUBLISHED_FOR:
        on_path = shutil.which(f"python{version}")
        for found in (*([Path(on_path)] if on_path else []), *sorted(pyenv.glob(f"{version}.*/bin/python"))):
            if version_of(found).startswith(version):
                return found
    place = folder / "python"
    command = [uv(), "python", "install", "--install-dir", str(place), PUBLISHED_FOR[0]]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)  # noqa: S603
    if fetched := next(iter(sorted(place.glob("*/bin/python3"))), None):
        return fetched
    raise CannotBench(f"Rasa 3.6.21 needs Python {PUBLISHED_FOR[-1]} to {PUBLISHED_FOR[0]}. {done.stderr.strip()}")


def version_of(python: Path) -> str:
    """ "3.10.13"; empty where it does not run."""
    command = [str(python), "-c", "import platform; print(platform.python_version())"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603


def size(folder: Path) -> int:
    """Bytes of all files below `folder`, each as long as it says; no bytecode, which running writes."""
    files = (f for f in folder.rglob("*") if f.is_file() and not f.is_symlink() and f.suffix != ".pyc")
    return sum(file.stat().st_size for file in files)


def _twice(target: Path, commands: list[Command], folder: Path, given: dict[str, str]) -> Installed:
    seconds = 0.0
    for _ in range(2):
        shutil.rmtree(target, ignore_errors=True)
        seconds = sum(measured(one, folder, target.with_suffix(".printed"), given).seconds for one in commands)
    python = target / "bin" / "python"
    packages = sum(1 for _ in (target / "lib").glob("python*/site-packages/*.dist-info"))
    return Installed(python, version_of(python), packages, size(target / "lib"), seconds)
