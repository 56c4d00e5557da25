"""A sheet's items and rows with the numbers that stand on paper: "3" and "3.2"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from actions.review.items import Item
from actions.review.rows import Row


@dataclass(frozen=True)
class NumberedRow:
    """A row and its number on the sheet."""

    number: str
    row: Row


@dataclass(frozen=True)
class NumberedItem:
    """An item and its number on the sheet."""

    number: int
    item: Item
    rows: tuple[NumberedRow, ...]


@dataclass(frozen=True)
class Sheet:
    """What is printed. `title`: the place, or the topic."""

    title: str
    printed: dt.date
    items: tuple[NumberedItem, ...]


def numbered(title: str, printed: dt.date, found: Sequence[Item]) -> Sheet:
    """`found`, in that order, as a sheet."""
    items = (
        NumberedItem(n, item, tuple(NumberedRow(f"{n}.{m}", row) for m, row in enumerate(item.rows(), 1)))
        for n, item in enumerate(found, 1)
    )
    return Sheet(title, printed, tuple(items))
