"""`lantern parse`: what each message means by itself, one JSON object a line."""

import argparse
import json

from bot.cli.common import Commands, add_command, load, run, settings, typed_lines


def add(commands: Commands) -> None:
    """Adds the command."""
    add_command(commands, "parse", "read one message a line, print what each is understood as, as JSON", _run)


def _run(options: argparse.Namespace) -> int:
    run(_parse())
    return 0


async def _parse() -> None:
    lantern = load(settings(), train_if_needed=True)
    async for text in typed_lines():
        understood = await lantern.parse(text)
        print(json.dumps(understood.as_dict(text), ensure_ascii=False), flush=True)  # noqa: T201
