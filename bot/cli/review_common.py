"""What the commands of `lantern review` share: what they are about, who signs, and what was done."""

import argparse
import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import process
from rich.console import Console
from rich.markup import escape

from bot.cli.common import CannotRun, settings

if TYPE_CHECKING:
    from actions.review.items import Item
    from actions.review.signing import Reviewer

STATES = ("unreviewed", "changed", "stale", "reviewed")  # as `actions.review.items.State`
NEAREST = 3


def today() -> dt.date:
    """The date here."""
    return dt.date.today()


def add_choice(parser: argparse.ArgumentParser, *, place: bool = True) -> None:
    """Adds the options that choose items and put them in order; `--jurisdiction` only where `place`."""
    if place:
        parser.add_argument("--jurisdiction", metavar="PLACE", help='a postal code, US, or "everywhere"')
    parser.add_argument("--topic", metavar="T", help="a topic or a group of data/topics.yml, or services")
    parser.add_argument(
        "--asked",
        type=Path,
        metavar="FILE",
        help="how often topics and places are asked for (YAML, or a report's JSON)",
    )


def everything() -> list["Item"]:
    """Everything that can be signed."""
    from actions.knowledge.library import library
    from actions.review.items import items

    settings()
    return list(items(library()))


def choose(options: argparse.Namespace) -> list["Item"]:
    """What `options` choose, in order. Raises `CannotRun` where there is no such place or topic."""
    from actions.review.asked import read_asked
    from actions.review.items import in_order

    found = everything()
    asked: Mapping[str, int] = read_asked(options.asked) if options.asked else {}
    if options.jurisdiction:
        places = {place for item in found for place in item.places}
        wanted = options.jurisdiction if options.jurisdiction in places else options.jurisdiction.upper()
        _must_be_known(wanted, places, "place")
        found = [item for item in found if wanted in item.places]
    if options.topic:
        topics = {name for item in found for name in (item.topic, item.group)}
        _must_be_known(options.topic, topics, "topic there")
        found = [item for item in found if options.topic in (item.topic, item.group)]
    return in_order(found, asked)


def find(name: str) -> "Item":
    """The item named `name`. Raises `CannotRun` naming the nearest ones."""
    found = {item.name: item for item in everything()}
    _must_be_known(name, found.keys(), "section or service")
    return found[name]


def add_reviewer(parser: argparse.ArgumentParser) -> None:
    """Adds who signs."""
    parser.add_argument("--name", required=True, help="of the reviewer, as people are told")
    parser.add_argument("--role", required=True, help='what they are: "attorney, Oregon"')
    parser.add_argument("--date", type=dt.date.fromisoformat, help="when they decided (2026-11-26; default: today)")


def reviewer(options: argparse.Namespace) -> "Reviewer":
    """Who signs. Raises `CannotRun`."""
    from actions.review.signing import CannotSign, Reviewer

    if options.date and options.date > today():
        raise CannotRun(f"--date: {options.date} is still to come.")
    try:
        return Reviewer(options.name, options.role, options.date or today())
    except CannotSign as error:
        raise CannotRun(str(error)) from None


def report(found: list["Item"], files: list[Path]) -> None:
    """Says what was signed, where, and what people see from when on."""
    console = Console(highlight=False, soft_wrap=True)
    for item in found:
        console.print(escape(f"signed  {item.name}  {item.revision}  {item.title}"))
    for file in files:
        console.print(escape(f"written {file}"))
    if files:
        console.print("`git diff` shows the lines. A running service says so once it is started anew.")


def _must_be_known(name: str, known: Collection[str], what: str) -> None:
    if name not in known:
        close = [one for one, *_ in process.extract(name, sorted(known), limit=NEAREST)]
        raise CannotRun(f"There is no {what} {name}. Did you mean {', '.join(close)}?")
