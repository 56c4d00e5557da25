"""When a service is open."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from zoneinfo import ZoneInfo

from actions.knowledge.service_records import DAYS, Schedule

DAY = 24 * 60
WEEK = 7 * DAY
Opening = tuple[str, int, int]  # time zone; from and until, in minutes of the week, which may end in the next one


def openings(schedules: Iterable[Schedule]) -> tuple[Opening, ...]:
    """Every time of the week that `schedules` say somebody answers; none where nobody knows."""
    return tuple(opening for schedule in schedules for opening in _openings(schedule))


class Clock:
    """One moment, by the clocks of every place. `now` has a time zone; None where nothing depends on it."""

    def __init__(self, now: dt.datetime | None) -> None:
        self._now = now
        self._there = cache(self._minute_of_the_week)

    def is_open(self, times: Iterable[Opening]) -> bool | None:
        """Whether one of `times` is now; None where nobody knows."""
        if not times or self._now is None:
            return None
        for timezone, opens, closes in times:
            minute = self._there(timezone)
            if opens <= minute < closes or minute + WEEK < closes:
                return True
        return False

    def closed(self, times: Iterable[Opening]) -> int:
        """0 open, 1 not known, 2 closed."""
        return {True: 0, None: 1, False: 2}[self.is_open(times)]

    def _minute_of_the_week(self, timezone: str) -> int:
        assert self._now is not None
        there = self._now.astimezone(ZoneInfo(timezone))
        return there.weekday() * DAY + there.hour * 60 + there.minute


def minutes(clock: str) -> int:
    """Minutes since midnight of "HH:MM"."""
    return int(clock[:2]) * 60 + int(clock[3:])


def _openings(schedule: Schedule) -> Iterator[Opening]:
    opens, closes = minutes(schedule.opens_at), minutes(schedule.closes_at)
    for n, day in enumerate(DAYS):
        if day in schedule.byday:  # what closes before it opens closes after midnight
            yield schedule.timezone, n * DAY + opens, n * DAY + closes + (0 if opens < closes else DAY)
