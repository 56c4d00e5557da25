"""`lantern compare`: train other pipelines on the same messages and keep their figures for docs/evaluation.md."""

import argparse

from rich.console import Console

from bot.cli.common import Commands, add_command, run, settings
from bot.settings import ROOT


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "train Rasa's default pipeline and parts of ours on the same messages (half an hour) and keep the figures"
    parser = add_command(commands, "compare", about, _run)
    parser.add_argument("--only", metavar="NAME", help="a pipeline by a part of its name (default: all)")


def _run(options: argparse.Namespace) -> int:
    settings()
    run(_compare(options.only or ""))
    return 0


async def _compare(only: str) -> None:
    from bot.evaluation.comparison import FEW, PIPELINES, TAKES_HOURS, keep, measure
    from bot.evaluation.messages import read

    console = Console(stderr=True, highlight=False)
    messages = read(ROOT / "tests" / "data" / "strangers_en.yml")
    for size, each in ((f"{FEW} messages a topic", FEW), ("every message", None)):
        for name in PIPELINES:
            if only not in name or (each is None and name in TAKES_HOURS):
                continue
            console.print(f"{name}, {size}…")
            keep(size, name, await measure(name, messages, each))
