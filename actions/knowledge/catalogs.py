"""Reads and writes the translations: `data/translations/<language>/<area>.po` (gettext, by Babel).

Why gettext: translators know it and have programs for it; a message's key is the English text itself, so that a
translation cannot outlive a change of what it translates.
"""

import re
from collections import ChainMap, Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from actions.knowledge.library import DATA, Library
from actions.knowledge.records import Record, Reviewed
from actions.knowledge.site_records import Site
from actions.knowledge.translations import AREAS, Untranslated, Words, messages, translated
from actions.knowledge.yaml_file import DataError, read_record

FOLDER = DATA / "translations"
ENGLISH = "en"
DRAFTED = "machine_drafted"  # by a machine, and read by no native speaker yet
WIDTH = 120
ABOUT = "language.yml"
_KEPT = re.compile(r"\{\w+\}|https?://\S+|\d[\d,.]*\d|\d")  # what a translation has to have as well

Key = tuple[str, str]  # context, English text


class Language(Record):
    """`data/translations/<language>/language.yml`: a language as its speakers call it, and who stands for its texts."""

    name: str
    review: Literal["machine_drafted"] | Reviewed


@cache
def languages(folder: Path = FOLDER) -> Mapping[str, Language]:
    """Every language that Lantern speaks, English first: those with a folder of translations. Raises `DataError`."""
    files = sorted(folder.glob(f"*/{ABOUT}"))
    english = Language(name="English", review="machine_drafted")
    return {ENGLISH: english, **{file.parent.name: read_record(file, Language) for file in files}}


def offered_by(site: Site) -> Mapping[str, Language]:
    """The languages that `site` offers: English, and those it names; all of them where it names none."""
    chosen = {ENGLISH, *site.languages}
    return {code: one for code, one in languages().items() if code in chosen or len(chosen) == 1}


@cache
def translation(language: str, folder: Path = FOLDER) -> Mapping[Key, str]:
    """The translation into `language`, read once a process. Raises `DataError` where a file is no catalog."""
    texts: dict[Key, str] = {}
    for area in AREAS:
        texts.update(read_catalog(folder / language / f"{area}.po", language))
    return texts


def read_catalog(file: Path, language: str) -> Mapping[Key, str]:
    """What is translated in `file`. Raises `DataError` where it is no catalog."""
    catalog = _read(file, language)
    return {(m.context or "", str(m.id)): str(m.string) for m in catalog if m.id and m.string and not m.fuzzy}


@cache
def _said_in(language: str) -> frozenset[str]:
    return frozenset(translation(language).values())


def is_ours(language: str, text: str) -> bool:
    """True where `text` is a translation of Lantern's own into `language`."""
    return text in _said_in(language)


def localized(english: Library, language: str) -> Library:
    """`english` in `language`; what has no translation stays English."""
    if language == ENGLISH:
        return english
    own = english.translations.get(language, {})  # an overlay's; what Lantern says is Lantern's to translate
    texts = ChainMap(dict(translation(language)), dict(own))

    def translate(words: Words) -> str:
        try:
            return texts[words.context, words.text]
        except KeyError:
            raise Untranslated(words.text) from None

    return replace(translated(english, translate), language=language)


def problems(language: str, english: Library) -> Iterator[tuple[str, str]]:
    """(where, what) is wrong with the translation into `language`: missing, outdated, or not the same facts."""
    texts = translation(language)
    wanted = {(words.context, words.text): words for words in messages(english)}
    folder = f"data/translations/{language}"
    for key, words in wanted.items():
        where = f"{folder}/{words.area}.po"
        if key not in texts:
            yield where, f"not translated: {_short(words.text)}"
        elif what := wrong_translation(words.text, texts[key]):
            yield where, what
    for _, text in texts.keys() - wanted.keys():
        yield folder, f"the English has changed or is gone: {_short(text)}"


def update(language: str, english: Library, folder: Path = FOLDER) -> Counter[str]:
    """Brings the files of `language` up to date with what Lantern says in English, losing no translation.

    Where the English changed a little, the old translation is kept as a suggestion (gettext calls it fuzzy).

    Returns:
        how many texts of each area wait for a translator.
    """
    waiting: Counter[str] = Counter()
    texts = list(messages(english))
    for area in AREAS:
        file = folder / language / f"{area}.po"
        waiting[area] = update_catalog(file, language, (words for words in texts if words.area == area))
    translation.cache_clear()
    _said_in.cache_clear()
    languages.cache_clear()
    return waiting


def update_catalog(file: Path, language: str, texts: Iterable[Words]) -> int:
    """Brings one file up to date with `texts`, as `update` does. Returns how many wait for a translator."""
    template = Catalog()
    for words in texts:
        template.add(words.text, context=words.context or None)
    catalog = _read(file, language) if file.exists() else _new(language)
    catalog.update(template, no_fuzzy_matching=len(catalog) == 0, update_creation_date=False)
    catalog.obsolete.clear()
    _write(file, catalog)
    return sum(1 for m in catalog if m.id and (not m.string or m.fuzzy))


def put(language: str, given: Mapping[Key, str], folder: Path = FOLDER) -> None:
    """Enters translations into the files of `language`."""
    for area in AREAS:
        file = folder / language / f"{area}.po"
        catalog = _read(file, language)
        for message in catalog:
            if message.id and (text := given.get((message.context or "", str(message.id)))):
                message.string = text
                message.flags.discard("fuzzy")
        _write(file, catalog)
    translation.cache_clear()


def wrong_translation(english: str, other: str) -> str | None:
    """What is wrong with `other` as a translation; None where nothing is."""
    lost = _lost(english, other)
    return f"{_short(english)}: the translation lacks {', '.join(lost)}" if lost else None


def _lost(english: str, other: str) -> list[str]:
    """Numbers, addresses and `{values}` of the English that the translation does not have."""
    have = Counter(_KEPT.findall(other))
    return sorted((Counter(_KEPT.findall(english)) - have).keys())


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "…")


def _new(language: str) -> Catalog:
    catalog = Catalog(locale=language, project="Lantern", charset="utf-8", fuzzy=False)
    catalog.header_comment = "# What Lantern says. A change of the English text makes its translation count as missing."
    return catalog


def _read(file: Path, language: str) -> Catalog:
    try:
        with file.open("rb") as opened:
            return read_po(opened, locale=language, charset="utf-8", abort_invalid=True)
    except FileNotFoundError:
        return _new(language)
    except (PoFileError, ValueError) as error:
        raise DataError(f"{file}: is no gettext catalog: {error}") from None


def _write(file: Path, catalog: Catalog) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    with draft.open("wb") as opened:
        write_po(opened, catalog, width=WIDTH, no_location=True, sort_output=False)
    draft.replace(file)
