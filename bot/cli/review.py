"""`lantern review`: what nobody has reviewed, a section as a lawyer reads it, sign-offs, and both on paper."""

import argparse
import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from bot.cli import review_paper
from bot.cli.common import CannotRun, Commands, add_command
from bot.cli.review_common import STATES, add_choice, add_reviewer, choose, find, report, reviewer, today

if TYPE_CHECKING:
    from actions.review.items import Item
    from actions.review.rows import Row

MOST = 40


def add(commands: Commands) -> None:
    """Adds the command and what is under it."""
    review = add_command(commands, "review", "see, sign and print what a lawyer is to read (docs/reviewing.md)", _list)
    review.set_defaults(most=MOST, only=None, jurisdiction=None, topic=None, asked=None)
    under = review.add_subparsers(metavar="WHAT")
    listed = add_command(under, "list", "list what is to be reviewed, the most dangerous first", _list)
    add_choice(listed)
    listed.add_argument("--only", choices=STATES, help="only what stands so (default: all but what is reviewed)")
    listed.add_argument("--most", type=int, default=MOST, metavar="N", help=f"lines (default: {MOST}; 0: all)")
    show = add_command(under, "show", "print everything about one section or service, with its sources", _show)
    show.add_argument("name", metavar="NAME", help="as the list has it: law.OR.immunity, rights.passport_taken")
    sign = add_command(under, "sign", "write a sign-off into data/: of all that is named, or of nothing", _sign)
    sign.add_argument("names", nargs="+", metavar="NAME", help="as the list has it")
    add_reviewer(sign)
    sign.add_argument("--revision", metavar="R", help="refuse if it is not this one any more (of one NAME)")
    review_paper.add(under)


def _list(options: argparse.Namespace) -> int:
    from actions.review.danger import LEVELS

    console, now = Console(highlight=False, soft_wrap=True), today()
    chosen = choose(options)
    wanted = [item for item in chosen if _is_wanted(item, options.only, now)]
    shown = wanted[: options.most] if options.most > 0 else wanted
    for level, about in enumerate(LEVELS):
        here = [item for item in shown if item.level == level]
        if here:
            console.print(escape(f"{about.name}: {about.why}"), style="bold")
        for item in here:
            old = " (older than it holds)" if item.is_stale(now) and item.state(now) != "stale" else ""
            console.print(escape(f"  {item.state(now):<11}{item.name}  {item.title}{old}"))
    if len(wanted) > len(shown):
        console.print(f"… and {len(wanted) - len(shown):,} more (--most 0 lists them).")
    states = Counter[str](item.state(now) for item in chosen)
    counts = ", ".join(f"{states[state]:,} {state}" for state in STATES)
    console.print(f"{len(chosen):,} sections and services: {counts}.")
    return 0


def _is_wanted(item: "Item", only: str | None, now: dt.date) -> bool:
    if only == "stale":
        return item.is_stale(now)
    return item.state(now) == only if only else item.state(now) != "reviewed"


def _show(options: argparse.Namespace) -> int:
    from actions.review.danger import LEVELS
    from actions.review.page import about

    name, _, part = options.name.partition("#")
    item = find(name)
    rows = [row for row in item.rows() if not part or row.name == options.name]
    if not rows:
        raise CannotRun(f"{name} has nothing of the name {options.name} any more.")
    console = Console(highlight=False)
    console.print(escape(item.title), style="bold")
    console.print(escape(about(item, today())), soft_wrap=True)
    console.print(escape(f"{LEVELS[item.level].name}: {LEVELS[item.level].why}"))
    for row in rows:
        _print(console, row)
    console.print()
    command = f'lantern review sign {item.name} --revision {item.revision} --name "…" --role "…"'
    console.print(escape(f"To sign it: {command}"), soft_wrap=True)
    return 0


def _print(console: Console, row: "Row") -> None:
    from actions.review.page import described

    console.print()
    console.print(escape(f"{row.kind}  {row.name}"), style="dim", soft_wrap=True)
    for line in row.lines:
        console.print(escape(line))
    for source in row.sources:
        console.print(escape(f"  {described(source)}"), style="dim", soft_wrap=True)


def _sign(options: argparse.Namespace) -> int:
    from actions.knowledge.library import DATA
    from actions.review.signing import CannotSign, sign

    by = reviewer(options)
    found = [find(name) for name in dict.fromkeys(options.names)]
    if options.revision and (len(found) != 1 or found[0].revision != options.revision):
        now = f"{found[0].name} is {found[0].revision} now" if len(found) == 1 else "it is of one NAME"
        raise CannotRun(f"--revision {options.revision}: {now}. Nothing was signed.")
    try:
        files = sign(found, by, DATA)
    except CannotSign as error:
        raise CannotRun(str(error)) from None
    report(found, files)
    return 0
