"""A copy of some of `data/` that tests may sign, and the library that it makes."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from actions.knowledge.library import DATA, Library
from actions.review.items import Item, items
from actions.review.signing import Reviewer

PLACES = ("OR.yml", "US.yml")
TODAY = dt.date(2026, 11, 27)
ANA = Reviewer("Ana Ejemplo", "attorney, Oregon", TODAY)


def copy_data(to: Path) -> Path:
    """Copies what a library is made of to the folder `to`, with the law and services of Oregon and the U.S. only."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        if Path(folder).name in ("law", "services"):
            return [name for name in names if name[:2].isupper() and name not in PLACES]
        return [name for name in names if name in ("nlu", "translations", "lexicon")]

    shutil.copytree(DATA, to, ignore=left_out)
    return to


@pytest.fixture
def data(tmp_path) -> Path:
    return copy_data(tmp_path / "data")


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Library:
    """The library of such a copy, as nobody changed it."""
    return Library.load(copy_data(tmp_path_factory.mktemp("unchanged") / "data"))


@pytest.fixture(scope="session")
def item(small) -> Callable[[str], Item]:
    """Finds an item of it by name."""
    known = {one.name: one for one in items(small)}
    return known.__getitem__
