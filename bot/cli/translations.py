"""`lantern translations`: brings the translators' files up to date with what Lantern says in English."""

import argparse

from rich.console import Console
from rich.table import Table

from actions.knowledge import catalogs
from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.control import offered
from actions.knowledge.library import Library
from actions.overlay.translating import update_own
from bot.cli.common import CannotRun, Commands, add_command, settings


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "bring data/translations, and those of your overlay, up to date with the English, losing no translation"
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
    overlay, english = settings().overlay, Library.load()
    table = Table("language", *catalogs.AREAS, title="Texts that wait for a translator")
    for language in options.language or known:
        waiting = catalogs.update(language, english)
        table.add_row(language, *(str(waiting[area]) for area in catalogs.AREAS))
    console = Console(highlight=False)
    console.print(table)
    if overlay.is_dir():
        for language in options.language or [code for code in offered() if code != ENGLISH]:
            waiting_here = update_own(overlay, language, english)
            console.print(f"{overlay / 'translations' / language}.po: {waiting_here} of yours wait for a translator.")
    return 0
