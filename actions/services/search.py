"""Which services fit what somebody looks for, best first."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import overload

import numpy as np

from actions.knowledge.service_records import FEDERAL, Service
from actions.services.columns import Ranks, Rows, in_order
from actions.services.nearness import Area, areas_around, areas_of
from actions.services.ranking import NATION, NEAREST, PART, STATE, Shelf, rank
from actions.services.wish import Wish

AT_ONCE = 3
SOME_PART = "a part"  # as an area: whatever serves only a part of the state


class Directory:
    """Services by need and area, side by side, so that 50,000 are searched in a few milliseconds."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._services = sorted((s for s in services if s.status == "active" and s.reachable), key=lambda s: s.id)
        self._shelf = Shelf(self._services)
        rows: dict[tuple[str, Area], dict[int, None]] = {}
        for row, service in enumerate(self._services):
            areas = {*areas_of(service)}
            for area in areas | {(state, SOME_PART) for state, part in areas if part}:
                for tag in service.needs:
                    rows.setdefault((tag, area), {})[row] = None
        self._rows: dict[tuple[str, Area], Rows] = {key: np.array([*found], np.intp) for key, found in rows.items()}

    def find(self, wish: Wish) -> "Found":
        """Every service that fits `wish`, best first."""
        rows, served = self._meeting(wish)
        if wish.no_police:
            fits = self._shelf.police.by(lambda police: police != "involves_police", rows) > 0
            rows, served = rows[fits], served[fits]
        return Found(self._services, in_order(rows, rank(self._shelf, rows, served, wish)))

    def _meeting(self, wish: Wish) -> tuple[Rows, Ranks]:
        """What meets the need there, and how each serves the person: `NEAREST`, `STATE`, `PART` or `NATION`."""
        tags = (*wish.need.tags, *wish.need.also)
        found = [
            (served, self._rows[tag, area])
            for served, area in _areas(wish)
            for tag in tags
            if (tag, area) in self._rows
        ]
        every = np.concatenate([np.empty(0, np.intp), *(rows for _, rows in found)])
        served = np.concatenate([np.empty(0, np.int16), *(np.full(len(rows), how, np.int16) for how, rows in found)])
        rows, first = np.unique(every, return_index=True)
        return rows, served[first]


class Found(Sequence[Service]):
    """Services in order. A large directory finds thousands, of which three are looked at.

    `services` are all there are, sorted by their ids; `rows` say which of them, and in which order.
    """

    def __init__(self, services: Sequence[Service], rows: Rows) -> None:
        self._services, self._rows = services, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Service: ...

    @overload
    def __getitem__(self, at: slice) -> list[Service]: ...

    def __getitem__(self, at: int | slice) -> Service | list[Service]:
        if isinstance(at, slice):
            return [self._services[row] for row in self._rows[at].tolist()]
        return self._services[int(self._rows[at])]

    def without(self, ids: Collection[str]) -> "Found":
        """Those whose ids are not among `ids`."""
        gone = self._rows_of(ids)
        return Found(self._services, self._rows[~np.isin(self._rows, gone)]) if gone else self

    def among(self, ids: Collection[str]) -> "Sequence[Service]":
        """Those whose ids are among `ids`, in their order here."""
        return Found(self._services, self._rows[np.isin(self._rows, self._rows_of(ids))]) if ids else ()

    def _rows_of(self, ids: Collection[str]) -> list[int]:
        found = (bisect_left(self._services, name, key=lambda s: s.id) for name in ids)
        return [row for row in found if row < len(self._services) and self._services[row].id in ids]


def _areas(wish: Wish) -> Iterator[tuple[int, Area]]:
    """(how it serves the person, area), the nearest first."""
    if wish.state not in (None, FEDERAL):
        state = str(wish.state)
        yield from ((NEAREST, area) for area in (areas_around(wish.town) if wish.town else ()))
        yield STATE, (state, "")
        if not wish.town:
            yield PART, (state, SOME_PART)
    yield NATION, (FEDERAL, "")
