"""Other directories' words in ours: `data/services/taxonomy.yml`."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from actions.knowledge.records import Record
from actions.knowledge.service_records import FEDERAL
from actions.knowledge.yaml_file import read_record, read_yaml

DATA = Path(__file__).parents[2] / "data"


class Taxonomy(Record):
    """The file as it is written: ours -> theirs; `codes` are beginnings of 211 codes -> our needs."""

    needs: dict[str, tuple[str, ...]]
    populations: dict[str, tuple[str, ...]]
    codes: dict[str, tuple[str, ...]]
    police: tuple[str, ...]
    states: dict[str, tuple[str, ...]]
    languages: dict[str, str]


@lru_cache(10_000)
def plain(words: str) -> str:
    """Words as they are compared: "Women's Shelters/Homes" is "women shelter home"."""
    return " ".join(word.removesuffix("s") for word in _words(words.lower().replace("'s", "")))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


@cache
def taxonomy() -> Taxonomy:
    """The table. Raises `DataError` where it is not of its shape."""
    return read_record(DATA / "services" / "taxonomy.yml", Taxonomy)


def needs_of(name: str, code: str | None = None) -> tuple[str, ...]:
    """Our needs for a term of somebody's taxonomy; none where we have no word for it."""
    found = [*_by_words("needs").get(plain(name), ()), *_by_code(code or "")]
    return tuple(dict.fromkeys(found))


def populations_of(name: str) -> tuple[str, ...]:
    """Our groups for a term of somebody's taxonomy."""
    return _by_words("populations").get(plain(name), ())


def is_police(*texts: str | None) -> bool:
    """Whether one of `texts` names police, prosecutors or immigration enforcement."""
    said = [f" {plain(text)} " for text in texts if text]
    return any(name in text for text in said for name in _police())


@lru_cache(10_000)
def state_of(name: str) -> str | None:
    """The postal code of a state named "OR", "Oregon" or "oregon"; `US` for everywhere; None for no state of ours."""
    return _states().get(_place(name))


def language_of(code: str) -> str | None:
    """What we call the language of an ISO code."""
    return taxonomy().languages.get(code.lower().split("-")[0])


@cache
def _by_words(kind: str) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for ours, theirs in getattr(taxonomy(), kind).items():
        for term in (ours, *theirs):
            words[plain(term)] = (*words.get(plain(term), ()), ours)
    return {term: tuple(dict.fromkeys(ours)) for term, ours in words.items()}


@lru_cache(10_000)
def _by_code(code: str) -> tuple[str, ...]:
    fitting = [begins for begins in taxonomy().codes if code.upper().startswith(begins)]
    return taxonomy().codes[max(fitting, key=len)] if fitting else ()


@cache
def _police() -> tuple[str, ...]:
    return tuple(f" {plain(name)} " for name in taxonomy().police)


@cache
def _states() -> dict[str, str]:
    return dict(_state_names())


def _state_names() -> Iterator[tuple[str, str]]:
    for code, name in read_yaml(DATA / "place_names.yml").items():
        yield _place(code), code
        if code != FEDERAL:
            yield _place(name), code
    for code, names in taxonomy().states.items():
        yield from ((_place(name), code) for name in names)


def _place(name: str) -> str:
    return " ".join(_words(name.lower().replace(".", "")))
