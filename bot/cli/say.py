"""`lantern say`: one conversation from standard input, one JSON object a turn."""

import argparse
import json
import secrets

from bot.cli.common import Commands, add_command, load, run, settings, typed_lines


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "read one user turn a line, hold one conversation, print one JSON object a turn"
    parser = add_command(commands, "say", about, _run)
    parser.add_argument(
        "--channel", choices=("web", "sms"), default="web", help="where the turns come from (default: web)"
    )
    parser.add_argument("--lang", default="en", metavar="CODE", help="language hint, ISO 639-1 (default: en)")


def _run(options: argparse.Namespace) -> int:
    run(_say(options))
    return 0


async def _say(options: argparse.Namespace) -> None:
    from bot.turn import Turn

    lantern = load(settings(), train_if_needed=True)
    session = secrets.token_hex(16)
    async for text in typed_lines():
        exchange = await lantern.converse(Turn(text, session, options.channel, options.lang))
        print(json.dumps(exchange.as_dict(text), ensure_ascii=False), flush=True)  # noqa: T201
