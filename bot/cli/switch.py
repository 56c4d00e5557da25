"""`lantern off` and `lantern on`: stop saying something, at once and without a restart, and say it again."""

import argparse

from rapidfuzz import process
from rich.console import Console
from rich.markup import escape

from actions.knowledge.control import Switches, names
from actions.knowledge.library import library
from bot.cli.common import CannotRun, Commands, add_command, settings

NEAREST = 3
WHAT = (
    "a topic (passport_taken), a place (OR), a service (its id), a section (law.OR.immunity) or one fact "
    "(law.OR.immunity#3f2a91); the pages /law and /rights show the names"
)


def add(commands: Commands) -> None:
    """Adds the commands."""
    off = add_command(commands, "off", "switch something off at once, or list what is off", _off)
    off.add_argument("names", nargs="*", metavar="NAME", help=WHAT)
    off.add_argument("--because", default="", metavar="TEXT", help="why, for the next person")
    on = add_command(commands, "on", "switch something on again", _on)
    on.add_argument("names", nargs="+", metavar="NAME", help="as it was switched off")


def _off(options: argparse.Namespace) -> int:
    switches, console = _switches(), Console(highlight=False, soft_wrap=True)
    which = set(options.names)
    known = names(library())
    for name in sorted(which - known):
        raise CannotRun(f"There is nothing named {name}. {_nearest(name, known)}")
    if which:
        switches.turn(which, off=True, because=options.because)
    rows = switches.read()
    for name, row in sorted(rows.items()):
        lost = "" if name in known else " (nothing has this name any more: its words changed, or it is gone)"
        console.print(escape(f"off  {name}  since {row['since']}  {row['because']}{lost}".rstrip()))
    if not rows:
        console.print("Nothing is off.")
    return 0


def _on(options: argparse.Namespace) -> int:
    switches = _switches()
    which = set(options.names)
    if missing := which - switches.read().keys():
        raise CannotRun(f"{', '.join(sorted(missing))} is not off. `lantern off` lists what is.")
    switches.turn(which, off=False)
    return 0


def _switches() -> Switches:
    return Switches(settings().switches)


def _nearest(name: str, known: set[str]) -> str:
    close = [found for found, *_ in process.extract(name, sorted(known), limit=NEAREST)]
    return f"Did you mean {', '.join(close)}?"
