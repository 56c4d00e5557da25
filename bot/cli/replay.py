"""`lantern replay`: recorded talks held again after a change, and what is otherwise, turn by turn."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from bot.cli.common import CannotRun, Commands, add_command, load, run, settings, short_path

if TYPE_CHECKING:
    from bot.evaluation.conversations import Script
    from bot.evaluation.replay import Change
    from bot.turn import Exchange

COLOURS = {"-": "red", "+": "green"}


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "hold recorded talks again and show what comes back otherwise (exit code 1 if anything does)"
    parser = add_command(commands, "replay", about, _run)
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="a script, or a folder of them (default: what /save wrote)"
    )
    parser.add_argument(
        "--accept", action="store_true", help="write what is said now into the recorded talks that went otherwise"
    )


def _run(options: argparse.Namespace) -> int:
    from bot.evaluation.recording import FOLDER

    files = [*files_of(options.files or [FOLDER])]
    if not files:
        raise CannotRun(f"There is no recorded talk in {FOLDER}. Record one with /save in `lantern chat`.")
    return run(_replay(files, accept=options.accept))


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """The scripts that `paths` name, those of a folder by name. Raises `CannotRun` for one that is not there."""
    from bot.evaluation.recording import FOLDER

    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.yml"))
        elif path.exists():
            yield path
        elif path != FOLDER:
            raise CannotRun(f"There is no file {path}.")


async def _replay(files: list[Path], *, accept: bool) -> int:
    read = settings()  # first of all: it keeps Rasa quiet as it is imported
    from bot.evaluation.conversations import read_script
    from bot.evaluation.replay import is_recorded, replay

    scripts = [(file, read_script(file)) for file in files]  # a broken one is named before anything is said
    lantern, console, otherwise = load(read, train_if_needed=True), Console(highlight=False), 0
    for file, script in scripts:
        exchanges, changes = await replay(lantern, script)
        _show(console, file, script, changes)
        if not changes:
            continue
        if accept and is_recorded(script):
            _write(file, script, exchanges)
            console.print("  [bold]accepted:[/bold] it is recorded as it goes now")
        else:
            otherwise += 1
    console.print(f"{len(scripts) - otherwise} of {len(scripts)} talks go as written.")
    return 1 if otherwise else 0


def _show(console: Console, file: Path, script: "Script", changes: "Sequence[Change]") -> None:
    turns = "1 turn" if len(script.turns) == 1 else f"{len(script.turns)} turns"
    how = "[green]as written[/green]" if not changes else f"[red]{len(changes)} of them otherwise[/red]"
    console.print(f"{escape(short_path(file))}: {escape(script.title)} ({turns}): {how}", soft_wrap=True)
    for change in changes:
        console.print(f"  turn {change.number} “{escape(change.user)}”", soft_wrap=True)
        for line in change.lines:
            colour = COLOURS.get(line[:2].strip(), "yellow")
            console.print(f"    [{colour}]{escape(line)}[/{colour}]", soft_wrap=True)


def _write(file: Path, script: "Script", exchanges: "Sequence[Exchange]") -> None:
    from bot.evaluation.recording import as_yaml, renewed

    turns = [renewed(turn, exchange) for turn, exchange in zip(script.turns, exchanges, strict=True)]
    file.write_text(as_yaml(script.title, turns), encoding="utf-8")
