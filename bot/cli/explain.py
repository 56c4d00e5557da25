"""`lantern explain`: why a message is understood and answered as it is."""

import argparse

from actions.knowledge.library import library
from bot import model
from bot.cli.common import CannotRun, Commands, add_command, load, print_json, run, settings
from bot.settings import Settings


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "explain how a message is understood: words, neighbours, topics, gate, rules, answer"
    parser = add_command(commands, "explain", about, _run)
    parser.add_argument("message", help="as somebody would type it")
    parser.add_argument("--place", metavar="CODE", help="the place the talk already knows, for example CA")
    parser.add_argument(
        "--after", action="append", default=[], metavar="MESSAGE", help="what was typed before it (may be repeated)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _run(options: argparse.Namespace) -> int:
    place = options.place.upper() if options.place else None
    if place and place not in library().places:
        raise CannotRun(f"{options.place} is no place we know. Take a postal code: CA, NY, PR, US (federal).")
    read = settings()  # before what is imported now: it keeps Rasa quiet
    from bot.message_text import cleaned, has_words

    if not has_words(cleaned(options.message)):
        raise CannotRun("There is nothing to understand in this message.")
    run(_explain(options, read, place))
    return 0


async def _explain(options: argparse.Namespace, read: Settings, place: str | None) -> None:
    from bot.explain.as_text import as_text
    from bot.explain.explanation import explain

    lantern = load(read, train_if_needed=True)
    explanation = await explain(lantern, options.message, model.current(read.models), options.after, place)
    if options.json:
        print_json(explanation.as_dict())
    else:
        print(as_text(explanation))  # noqa: T201
