"""Writes the month's counts down, once an hour and in the end. One for each service, however many workers it has.

The hour is the service's own, and a file is written whether or not anybody came, so that its date tells nothing.
"""

import asyncio
import contextlib
import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.monthly import files
from bot.monthly.cells import Cell

logger = logging.getLogger(__name__)

INTERVAL = dt.timedelta(hours=1)
LOOK_SECONDS = 15.0  # how often a single process looks at the clock; a month may begin so much late


class CountsUnusable(RuntimeError):
    """The folder of counts cannot be written. `str(error)` says why."""


@dataclass
class _Part:
    """What this run counted in a month; `until` is when it was over."""

    name: str
    since: dt.datetime
    counts: Mapping[Cell, int] = field(default_factory=dict)
    until: dt.datetime | None = None

    def hours(self, now: dt.datetime) -> int:
        return max(0, int(((self.until or now) - self.since) / INTERVAL))


class Keeper:
    """The counts of one run of the service.

    Args:
        folder: where files are written; made where it does not exist.
        sums: everything counted since the service started, by cell.
        clock: the time, with a time zone.

    Raises:
        CountsUnusable: nothing can be written there.
    """

    def __init__(
        self,
        folder: Path,
        sums: Callable[[], Mapping[Cell, int]],
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._folder, self._sums, self._clock = folder, sums, clock
        prepare(folder)
        self._late: list[_Part] = []  # months that are over and could not be written yet
        self._due = clock() + INTERVAL
        self._begin(clock(), sums())

    def tick(self) -> None:
        """Call it often: writes where an hour is over or a new month began."""
        now = self._clock()
        if files.month_of(now) != self._month:
            sums = self._write(now, is_over=True)
            self._begin(now, sums)
        elif not self._due - INTERVAL <= now < self._due:  # an hour is over, or the clock was set back
            self._write(now)
            self._due = now + INTERVAL

    def close(self) -> None:
        """Writes what is left, in the end."""
        self.tick()
        self._write(self._clock())

    def _begin(self, now: dt.datetime, sums: Mapping[Cell, int]) -> None:
        self._month: str = files.month_of(now)
        self._due = now + INTERVAL
        self._before: Mapping[Cell, int] = dict(sums)
        self._part = _Part(files.new_name(self._month), now)

    def _write(self, now: dt.datetime, *, is_over: bool = False) -> Mapping[Cell, int]:
        """Writes the month, and what is late. What cannot be written is tried again the next time.

        Returns:
            everything counted since the service started.
        """
        sums = dict(self._sums())
        self._part.counts = {cell: count - self._before.get(cell, 0) for cell, count in sums.items()}
        if is_over:
            self._part.until = now
        parts = [*self._late, self._part]
        failed = [part for part in parts if not self._written(part, now)]
        self._late = [part for part in failed if part.until]
        return sums

    def _written(self, part: _Part, now: dt.datetime) -> bool:
        try:
            files.write(self._folder / part.name, part.counts, part.hours(now))
        except OSError as error:
            logger.error("The counts of a month could not be written: %s", type(error).__name__)
            return False
        return True


def prepare(folder: Path) -> None:
    """Makes `folder`, for nobody else to read. Raises `CountsUnusable` where nothing can be written there."""
    probe = folder / "probe.new"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)
    except OSError as error:
        raise CountsUnusable(f"{folder} cannot be written ({error.strerror})") from None


@contextlib.asynccontextmanager
async def keeping(keeper: Keeper) -> AsyncIterator[None]:
    """Around the life of a service of a single process."""

    async def look() -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            keeper.tick()  # writes a small file, once an hour

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        keeper.close()
