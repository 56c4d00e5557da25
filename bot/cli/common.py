"""What the commands share: settings, a loaded model, and lines from standard input."""

import argparse
import asyncio
import json
import sys
import threading
from collections.abc import AsyncIterator, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import Console

from actions.directory import wrong_numbers
from actions.knowledge import control
from actions.knowledge.library import configure_directory, configure_overlay, library
from actions.knowledge.site_records import LANTERN
from bot import logs, model
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.agent import Lantern
    from bot.store import Store

T = TypeVar("T")
Commands = Any  # argparse keeps the class of its sub-parsers private


class CannotRun(RuntimeError):
    """A command cannot do its work. `str(error)` says why and what would help."""


def settings() -> Settings:
    """This process's settings, with logging, the switches and the operator's own services set up."""
    read = Settings.read()
    logs.quiet(read.log_level)
    control.configure(read.switches, reviewed_only=read.content == "reviewed_only")
    configure_directory(read.directory)
    wrong_numbers.configure(read.reports)
    return _as_the_site_says(read)


def _as_the_site_says(read: Settings) -> Settings:
    """`read` with what `site.yml` of the overlay says instead. Raises `CannotRun` where both say it, and differently.

    Reading the overlay here means that a broken one is known before a model is loaded.
    """
    if read.overlay != Settings.overlay and not read.overlay.is_dir():
        raise CannotRun(f"LANTERN_OVERLAY: there is no folder {read.overlay}.")
    configure_overlay(read.overlay)
    site = library().site if read.overlay.is_dir() else LANTERN
    for name, said in (("operator", site.operator), ("exit_url", site.exit)):
        if said and getattr(read, name) not in (said, getattr(Settings, name), ""):
            raise CannotRun(f"LANTERN_{name.upper()} and {read.overlay / 'site.yml'} differ. Keep the one in site.yml.")
    return replace(read, operator=site.operator or read.operator, exit_url=site.exit or read.exit_url)


def load(read: Settings, *, train_if_needed: bool) -> "Lantern":
    """The model for today's data, loaded; trained first where it is missing, old or broken and that is allowed.

    Progress goes to standard error. Raises `CannotRun`.
    """
    console = Console(stderr=True, highlight=False)
    path = model.current(read.models)
    if not path.exists():
        if not train_if_needed:
            raise CannotRun(
                f"There is no model for today's data in {read.models}. Run `make train` (or `lantern train`)."
            )
        train(read, console)
    with console.status("Loading Lantern…") if console.is_terminal else _said(console, "Loading Lantern…"):
        from bot.agent import Lantern, ModelUnusable

        logs.hold()
    for attempt in ("first", "after training"):
        try:
            return Lantern.load(path, store(read), 60 * read.idle_minutes)
        except ModelUnusable as error:
            if attempt == "after training" or not train_if_needed:
                raise CannotRun(f"{error}. Run `lantern train --force` to make it anew.") from error
            console.print("The model cannot be read. Training it anew.")
            path.unlink(missing_ok=True)
            train(read, console)
    raise AssertionError("the second attempt returns or raises")


def store(read: Settings) -> "Store":
    """Where conversations are kept: in Redis where the settings name one, otherwise in this process."""
    if read.redis_url:
        from bot.store.redis import RedisStore

        return RedisStore(read.redis_url)
    from bot.store.memory import MemoryStore

    return MemoryStore(read.most_sessions)


def train(read: Settings, console: Console, *, anew: bool = False) -> None:
    """Trains the model for today's data, saying so. Raises `CannotRun`."""
    message = "Learning from the data (five to fifteen minutes, only when the data changed)…"
    with console.status(message) if console.is_terminal else _said(console, message):
        try:
            model.train(read.models, anew=anew)
        except model.TrainingFailed as error:
            raise CannotRun(str(error)) from error


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs `work` in an event loop of its own."""
    return asyncio.run(work)


async def typed_lines() -> AsyncIterator[str]:
    """The lines of standard input, one at a time, without their line ends. Bytes that are no UTF-8 become �.

    A daemon thread reads them, so that Ctrl-C at the prompt ends the program and not only the wait. A pipe is UTF-8,
    whatever the terminal is.

    Raises:
        CannotRun: standard input is closed.
    """
    if sys.stdin is None:
        raise CannotRun("There is no standard input to read from.")
    encoding = None if sys.stdin.isatty() else "utf-8"
    sys.stdin.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        for line in iter(sys.stdin.readline, ""):
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    while line := await lines.get():
        yield line.rstrip("\r\n")


def short_path(file: Path) -> str:
    """`file` from here, where it lies below; otherwise as it is."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def print_json(data: object) -> None:
    """One line of JSON on standard output, in UTF-8, at once. Half a surrogate pair is no character and becomes �."""
    line = json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(line, flush=True)  # noqa: T201


def add_command(commands: Commands, name: str, about: str, function: Any) -> argparse.ArgumentParser:
    """A sub-parser whose command calls `function(options)`."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=function)
    return parser


class _said:
    """A context that says one line at its start, for when there is no terminal to draw on."""

    def __init__(self, console: Console, line: str) -> None:
        console.print(line)

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
