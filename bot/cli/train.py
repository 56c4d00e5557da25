"""`lantern train`: make the model for today's data."""

import argparse

from rich.console import Console

from bot import model
from bot.cli.common import Commands, add_command, settings, train


def add(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "train", "train the model, if the data changed since the last one", _run)
    parser.add_argument("--force", action="store_true", help="train even if nothing changed")


def _run(options: argparse.Namespace) -> int:
    read = settings()
    console = Console(stderr=True, highlight=False)
    path = model.current(read.models)
    if options.force or not path.exists():
        train(read, console, anew=options.force)
    console.print(f"The model is current: {path}", soft_wrap=True)
    return 0
