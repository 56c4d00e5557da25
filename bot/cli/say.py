"""`lantern say`: conversations from standard input, one JSON object a turn, for pipelines.

A line in is a line out, in the same order, whatever is in it: an answer, or an `error` that names the line. A line is
what somebody types, or with `--json` an object that may name the conversation it belongs to.
"""

import argparse
import json
import secrets
from dataclasses import dataclass
from typing import Any

from bot.cli.common import Commands, add_command, load, print_json, run, settings, typed_lines

ONLY_TALK = ""  # the conversation of a line that names none
FIELDS = {"user": "what is typed", "talk": "a name", "lang": "ISO 639-1"}


class NoTurn(ValueError):
    """A line is no turn. `str(error)` says why."""


@dataclass(frozen=True)
class Line:
    """One turn: what is typed, in which of the conversations, and a language hint where the line has its own."""

    user: str
    talk: str = ONLY_TALK
    lang: str | None = None


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "read one user turn a line, hold one conversation, print one JSON object a turn"
    parser = add_command(commands, "say", about, _run)
    parser.add_argument(
        "--channel", choices=("web", "sms"), default="web", help="where the turns come from (default: web)"
    )
    parser.add_argument("--lang", default="en", metavar="CODE", help="language hint, ISO 639-1 (default: en)")
    parser.add_argument(
        "--json",
        action="store_true",
        help='lines are JSON: {"user": "hi"}, and at will "talk" (a name) and "lang"',
    )


def _run(options: argparse.Namespace) -> int:
    return run(_say(options))


async def _say(options: argparse.Namespace) -> int:
    """Answers every line; 1 where one of them could not be."""
    from bot.store import StoreUnavailable
    from bot.turn import Turn

    lantern = load(settings(), train_if_needed=True)
    sessions: dict[str, str] = {}
    number = failed = 0
    async for text in typed_lines():
        number += 1
        try:
            line = read_line(text) if options.json else Line(text)
            session = sessions.setdefault(line.talk, secrets.token_hex(16))
            exchange = await lantern.converse(Turn(line.user, session, options.channel, line.lang or options.lang))
        except (NoTurn, StoreUnavailable) as error:
            failed += 1
            print_json({"error": f"line {number}: {error}", "line": number})
            continue
        named = {"talk": line.talk} if line.talk != ONLY_TALK else {}
        print_json({**named, **exchange.as_dict(line.user)})
    for session in sessions.values():
        await lantern.forget(session)
    return 1 if failed else 0


def read_line(text: str) -> Line:
    """The turn that a line of JSON is. Raises `NoTurn` where it is none."""
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "too deep"
        raise NoTurn(f"not JSON: {reason}") from None
    if not isinstance(data, dict) or "user" not in data:
        raise NoTurn('expected an object with "user"')
    for name, value in data.items():
        if name not in FIELDS:
            raise NoTurn(f'"{name}" is no field; there are {", ".join(FIELDS)}')
        if not isinstance(value, str):
            raise NoTurn(f'"{name}" must be text: {FIELDS[name]}')
    return Line(**data)
