"""An organization's own texts in other languages: `translations/<language>.po` of its overlay, one file a language."""

from pathlib import Path

from actions.knowledge.catalogs import update_catalog
from actions.knowledge.library import Library
from actions.knowledge.translations import Words, messages
from actions.overlay.applying import overlaid
from actions.overlay.reading import read_overlay


def own_messages(whole: Library, ours: Library) -> list[Words]:
    """Every text that a person is told by `whole` and not by `ours`."""
    lanterns = {*messages(ours)}
    return [words for words in messages(whole) if words not in lanterns]


def update_own(folder: Path, language: str, ours: Library) -> int:
    """Brings the file of `language` in the overlay `folder` up to date; makes it where there is none.

    Returns:
        how many texts wait for a translator.
    """
    whole, _ = overlaid(ours, read_overlay(folder))
    return update_catalog(folder / "translations" / f"{language}.po", language, own_messages(whole, ours))
