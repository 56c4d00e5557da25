"""Many services side by side, one column for each thing they say, so that thousands are ranked at once.

A rule in words (`Column.by`) is asked once for each value there is, not once for each service: of 50,000 services
there are a dozen ways to deal with the police, and a hundred to speak languages.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from actions.knowledge.towns import EARTH_KM, Town

T = TypeVar("T", bound=Hashable)
Rows = npt.NDArray[np.intp]  # which services, by where they stand in every column
Ranks = npt.NDArray[np.int16]  # whole numbers from 0; sixteen bits are sorted in one pass
MOST = np.iinfo(np.int16).max


class Column(Generic[T]):
    """What each service says about one thing."""

    def __init__(self, said: Iterable[T]) -> None:
        known: dict[T, int] = {}
        self._codes = np.fromiter((known.setdefault(value, len(known)) for value in said), dtype=np.intp)
        self._values = tuple(known)

    def by(self, rule: Callable[[T], float], rows: Rows) -> Ranks:
        """What `rule` makes of the value in each of `rows`: a whole number from 0 to `MOST`."""
        codes = self._codes[rows]
        is_there = np.zeros(len(self._values), dtype=bool)
        is_there[codes] = True
        made: Ranks = np.zeros(len(self._values), dtype=np.int16)
        for code in np.flatnonzero(is_there).tolist():
            made[code] = rule(self._values[code])
        return made[codes]


class Tags:
    """Which words each service has in a list of its own, and how early."""

    def __init__(self, said: Sequence[tuple[str, ...]]) -> None:
        self._at: dict[str, Ranks] = {}
        for row, words in enumerate(said):
            for n, word in reversed([*enumerate(words)]):  # where a word stands twice, the first counts
                if word not in self._at:
                    self._at[word] = np.full(len(said), MOST, dtype=np.int16)
                self._at[word][row] = n

    def has(self, word: str, rows: Rows) -> npt.NDArray[np.bool_]:
        """Whether the word is in the list of each of `rows`."""
        return self._position(word, rows) < MOST

    def first(self, words: Sequence[str], rows: Rows) -> Ranks:
        """The first of `words` that each of `rows` has, by its place among `words`."""
        found: Ranks = np.select([self.has(word, rows) for word in words], range(len(words)), MOST).astype(np.int16)
        return found

    def earliest(self, words: Sequence[str], rows: Rows) -> Ranks:
        """How early one of `words` stands in the list of each of `rows`."""
        found: Ranks = np.minimum.reduce([self._position(word, rows) for word in words])
        return found

    def _position(self, word: str, rows: Rows) -> Ranks:
        return self._at[word][rows] if word in self._at else np.full(len(rows), MOST, dtype=np.int16)


class Offices:
    """Where the offices of each service are."""

    def __init__(self, towns: Iterable[tuple[Town, ...]]) -> None:
        codes: dict[tuple[str, ...], int] = {(): 0}
        first, middles = [0], [(np.nan, np.nan)]
        rows = []
        for found in towns:
            key = tuple(town.key for town in found)
            if key not in codes:
                codes[key] = len(codes)
                first.append(len(middles))
                middles += [(town.latitude, town.longitude) for town in found]
            rows.append(codes[key])
        self._codes, self._first = np.array(rows, dtype=np.intp), np.array(first)
        self._latitude, self._longitude = np.radians(np.array(middles)).T

    def away(self, where: Town | None, rows: Rows) -> Ranks:
        """Whole kilometres from `where` to the nearest office of each of `rows`; `MOST` where that is not known."""
        if where is None:
            return np.full(len(rows), MOST, dtype=np.int16)
        lat, lon = np.radians((where.latitude, where.longitude))
        half = np.sin((self._latitude - lat) / 2) ** 2
        half += np.cos(lat) * np.cos(self._latitude) * np.sin((self._longitude - lon) / 2) ** 2
        km = np.minimum.reduceat(2 * EARTH_KM * np.arcsin(np.sqrt(half)), self._first)
        whole: Ranks = np.nan_to_num(km, nan=MOST).astype(np.int16)
        return whole[self._codes[rows]]


def in_order(rows: Rows, ranks: Iterable[Any]) -> Rows:
    """`rows` by their first ranks; where those are equal by the next, and so on; equal ones stay as they stood."""
    found: Rows = rows[np.lexsort(tuple(ranks)[::-1])]
    return found
