"""`lantern parse`: what each message means by itself, one JSON object a line."""

import argparse

from bot.cli.common import Commands, add_command, load, print_json, run, settings, typed_lines


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
        print_json(understood.as_dict(text))
