"""`lantern chat`: a conversation in the terminal.

Choices are picked by number. `/help` lists what else there is; `/why` shows how the last message was understood and
which file its answer came from.
"""

import argparse
import secrets
import sys

from rich.console import Console
from rich.markup import escape

from actions.answer import Answer
from bot.cli.common import Commands, add_command, load, run, settings, typed_lines
from bot.turn import Exchange, Turn

HELP = """Type as you would on a phone. Pick a choice by its number.
/why     how the last message was understood, and where its answer comes from
/sms     the last answer as text messages
/sources where the facts of the last answer come from
/new     forget this conversation and begin another
/quit    leave (so does Ctrl-D)"""
OPENING = "hi"


def add(commands: Commands) -> None:
    """Adds the command."""
    add_command(commands, "chat", "talk with Lantern in the terminal", _run)


def _run(options: argparse.Namespace) -> int:
    run(_chat())
    return 0


async def _chat() -> None:
    lantern = load(settings(), train_if_needed=True)
    console = Console(highlight=False)
    session, last = secrets.token_hex(16), None
    _show(console, (await lantern.converse(Turn(OPENING, session, "shell"))).answer)
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
            session, last = secrets.token_hex(16), None
            console.print("Forgotten. This is a new conversation.")
        elif command == "/help":
            console.print(HELP)
        elif command in ("/why", "/sms", "/sources"):
            _look_inside(console, command, last)
        else:
            last = await lantern.converse(Turn(line, session, "shell"))
            _show(console, last.answer)
        _prompt(console)
    await lantern.forget(session)
    console.print("\nForgotten. Take care.")


def _show(console: Console, answer: Answer) -> None:
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


def why(exchange: Exchange) -> list[str]:
    """How a message was understood, for someone who tests dialogues."""
    heard = exchange.understood
    ranking = ", ".join(f"{topic} {confidence:.2f}" for topic, confidence in heard.ranking[:5])
    entities = ", ".join(f"{e['entity']}={e['value']}" for e in heard.entities) or "none"
    lines = [
        f"topic      {heard.topic} {heard.confidence:.2f}{'' if heard.sure else ' (not sure: asked)'}",
        f"ranking    {ranking or 'settled by a rule or a choice'}",
        f"entities   {entities}",
        f"place      {exchange.jurisdiction or 'not known'}",
        f"gate       {f'{heard.gate}, because of “{heard.because}”' if heard.gate else 'quiet'}",
        f"answer     {exchange.answer.id}, from {data_file(exchange.answer.id)}",
    ]
    if exchange.answer.checked_on:
        lines.append(f"checked    {exchange.answer.checked_on}, {exchange.answer.review}")
    return lines


def data_file(answer_id: str) -> str:
    """The file in `data/` that an answer was made from."""
    kind, _, rest = answer_id.partition(".")
    first = rest.partition(".")[0]
    match kind:
        case "law":
            return f"data/law/{first}.yml"
        case "rights" | "guidance" | "safety":
            return f"data/{kind}/{rest}.yml"
        case "services":
            return f"data/services/ ({rest})"
        case "phrases":
            return "data/phrases/conversation.yml"
        case _:
            return "data/phrases/interface.yml"
