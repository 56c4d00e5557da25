"""`lantern translations`: brings the translators' files up to date with what Lantern says in English."""

import argparse

from rich.console import Console
from rich.table import Table

from actions.knowledge import catalogs
from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.library import Library
from bot.cli.common import CannotRun, Commands, add_command


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "bring data/translations up to date with the English, losing no translation"
    parser = add_command(commands, "translations", about, _run)
    parser.add_argument("language", nargs="*", help="ISO 639-1, as its folder is named (default: all)")


def _run(options: argparse.Namespace) -> int:
    known = [code for code in catalogs.languages() if code != ENGLISH]
    for language in options.language:
        if language not in known:
            raise CannotRun(
                f"There is no data/translations/{language}/{catalogs.ABOUT}. Make it first, like the one of another "
                "language (docs/languages.md)."
            )
    english = Library.load()
    table = Table("language", *catalogs.AREAS, title="Texts that wait for a translator")
    for language in options.language or known:
        waiting = catalogs.update(language, english)
        table.add_row(language, *(str(waiting[area]) for area in catalogs.AREAS))
    Console(highlight=False).print(table)
    return 0
