"""`lantern chat`: a conversation in the terminal, or scripts of one that play by themselves.

Choices are picked by number. `/help` lists what else there is; `/why` shows how the last message was understood and
which file its answer came from; `/save` writes the talk down as a test.
"""

import argparse
import secrets
import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from actions.answer import Answer
from bot.cli.common import CannotRun, Commands, add_command, load, run, settings, short_path, typed_lines
from bot.explain.why import why
from bot.turn import Exchange, Turn

HELP = """Type as you would on a phone. Pick a choice by its number.
/why     how the last message was understood, and where its answer comes from
/sms     the last answer as text messages
/sources where the facts of the last answer come from
/save NAME [TITLE]  write this talk to a file, as a test: your words, too
/new     forget this conversation and begin another
/quit    leave (so does Ctrl-D)"""
OPENING = "hi"


def add(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "chat", "talk with Lantern in the terminal, or let scripts talk", _run)
    parser.add_argument("--script", nargs="+", type=Path, metavar="FILE", help="play these scripts instead")
    parser.add_argument(
        "--save-to", type=Path, metavar="FOLDER", help="where /save writes (default: tests/conversations/recorded)"
    )


def _run(options: argparse.Namespace) -> int:
    if not options.script:
        run(_chat(options.save_to))
        return 0
    missing = next((file for file in options.script if not file.is_file()), None)
    if missing:
        raise CannotRun(f"There is no file {missing}.")
    return run(_play(options.script))


async def _chat(folder: Path | None) -> None:
    from bot.evaluation.recording import FOLDER, Recording

    lantern = load(settings(), train_if_needed=True)
    console = Console(highlight=False)
    session, last, recording = secrets.token_hex(16), None, Recording()
    opening = await lantern.converse(Turn(OPENING, session, "shell"))
    recording.add(OPENING, opening)
    show(console, opening.answer)
    console.print("[dim]/help for more, /quit to leave[/dim]")
    _prompt(console)
    async for line in typed_lines():
        if not sys.stdin.isatty():
            console.print(escape(line))
        command = line.strip().lower()
        if command in ("/quit", "/exit", "/q"):
            break
        if command == "/new":
            await lantern.forget(session)
            session, last, recording = secrets.token_hex(16), None, Recording()
            console.print("Forgotten. This is a new conversation.")
        elif command == "/help":
            console.print(HELP, markup=False)
        elif command in ("/why", "/sms", "/sources"):
            _look_inside(console, command, last)
        elif command.split(" ")[0] == "/save":
            console.print(_saved(recording, line, folder or FOLDER), markup=False, soft_wrap=True)
        else:
            last = await lantern.converse(Turn(line, session, "shell"))
            recording.add(line, last)
            show(console, last.answer)
        _prompt(console)
    await lantern.forget(session)
    console.print("\nForgotten. Take care.")


async def _play(files: list[Path]) -> int:
    """Plays scripts; 1 where something came back otherwise than they expect."""
    read = settings()  # first of all: it keeps Rasa quiet as it is imported
    from bot.evaluation.conversations import differences, hold, read_script

    scripts = [read_script(file) for file in files]
    lantern, console, otherwise = load(read, train_if_needed=True), Console(highlight=False), 0
    for file, script in zip(files, scripts, strict=True):
        console.print(f"\n[bold]{escape(script.title)}[/bold] [dim]{escape(short_path(file))}[/dim]", soft_wrap=True)
        for turn, exchange in zip(script.turns, await hold(lantern, script), strict=True):
            _prompt(console)
            console.print(escape(turn["user"]), soft_wrap=True)
            show(console, exchange.answer)
            console.print(f"  [dim]{escape(exchange.answer.id)}[/dim]")
            wrong = differences(turn, exchange)
            otherwise += len(wrong)
            for what in wrong:
                console.print(f"  [red]otherwise:[/red] {escape(what)}", soft_wrap=True)
    console.print(f"\n{'All as written.' if not otherwise else f'{otherwise} otherwise than written.'}")
    return 1 if otherwise else 0


def show(console: Console, answer: Answer) -> None:
    """An answer and its choices, numbered."""
    console.print()
    for line in answer.lines:
        console.print(escape(line), soft_wrap=not console.is_terminal)
    for number, choice in enumerate(answer.choices, 1):
        console.print(f"  [bold]{number}[/bold] {escape(choice.label)}")


def _prompt(console: Console) -> None:
    console.print("\n[bold]>[/bold] ", end="")


def _look_inside(console: Console, command: str, last: Exchange | None) -> None:
    if last is None:
        console.print("Nothing was said yet.")
    elif command == "/why":
        for line in why(last):
            console.print(escape(line))
    elif command == "/sms":
        for part in last.answer.short:
            console.print(escape(f"[{len(part)} characters] {part}"))
    else:
        for source in last.answer.sources:
            console.print(escape(f"- {source.title}: {source.url}"))


def _saved(recording: "Recording", line: str, folder: Path) -> str:  # type: ignore[name-defined]  # noqa: F821
    """Writes the talk as `line` (`/save NAME [TITLE]`) says; what to tell its author."""
    from bot.evaluation.recording import CannotSave

    _, _, rest = line.strip().partition(" ")
    name, _, title = rest.strip().partition(" ")
    try:
        file = recording.save(name, title.strip(), folder)
    except CannotSave as error:
        return str(error)
    written = short_path(file)
    return f"Written, with all that was typed: {written}\nSee what a change does to it: lantern replay {written}"
