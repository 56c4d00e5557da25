"""Somebody's HSDS schedules as ours: weekly hours by a town's clock, or words where they cannot be put so."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from actions.directory import hsds
from actions.directory.values import clock
from actions.knowledge.service_records import DAYS, Day, Schedule

WORDS_MAX = 300


class _Weekly(NamedTuple):
    byday: tuple[Day, ...]
    opens_at: str
    closes_at: str
    timezone: str


def read(schedules: Iterable[hsds.Schedule], zone: str | None, today: dt.date) -> tuple[tuple[Schedule, ...], str]:
    """(weekly hours, words for the rest) of `schedules`; those that no longer hold are passed over.

    `zone` is the IANA time zone of where the service is, None where that is not known.
    """
    own: list[_Weekly] = []
    weekly: list[_Weekly] = []
    words: list[str] = []
    for schedule in schedules:
        if schedule.valid_to and schedule.valid_to < today or schedule.valid_from and schedule.valid_from > today:
            continue
        if found := _weekly(schedule, zone, today.year):
            (own if schedule.first("timezone") else weekly).append(found)
        elif text := _words(schedule):
            words.append(text)
    said = "; ".join(dict.fromkeys(words))
    said = said if len(said) <= WORDS_MAX else said[: WORDS_MAX - 1].rstrip() + "…"
    return tuple(_schedule(hours) for hours in (*own, *_together(weekly))), said


@lru_cache(10_000)
def _schedule(hours: _Weekly) -> Schedule:
    return Schedule(**hours._asdict())


def _together(weekly: Iterable[_Weekly]) -> Iterator[_Weekly]:
    """One for all days that have the same hours, where each day has its own row: as a card would say it."""
    days: dict[tuple[str, ...], list[Day]] = {}
    for hours in weekly:
        days.setdefault(hours[1:], []).extend(hours.byday)
    for (opens, closes, timezone), found in days.items():
        yield _Weekly(tuple(day for day in DAYS if day in found), opens, closes, timezone)


def _weekly(schedule: hsds.Schedule, zone: str | None, year: int) -> _Weekly | None:
    days = _days(schedule.byday or "")
    other = schedule.byweekno or schedule.bymonthday or schedule.byyearday or (schedule.interval or 1) != 1
    if not days or other or (schedule.freq or "WEEKLY").upper() != "WEEKLY":
        return None
    if not schedule.opens_at or not schedule.closes_at:
        return None
    opens, away = clock(schedule.opens_at)
    closes, _ = clock(schedule.closes_at)
    if own := schedule.first("timezone"):
        return _Weekly(days, schedule.first("opens_at") or opens, schedule.first("closes_at") or closes, own)
    if (opens, closes) == ("00:00", "23:59"):
        closes = "24:00"  # how the standard says all day
    if away is None and schedule.timezone is not None:
        away = dt.timedelta(hours=schedule.timezone)
    timezone = _zone(away, zone, year)
    return _Weekly(days, opens, closes, timezone) if timezone else None


@lru_cache(1_000)
def _days(byday: str) -> tuple[Day, ...]:
    """The days of "MO,TU"; none where one of them is more than a day ("1SA", the first Saturday of a month)."""
    named = [day.strip().upper() for day in byday.split(",") if day.strip()]
    days = tuple(day for name in named for day in DAYS if day == name)
    return tuple(dict.fromkeys(days)) if len(days) == len(named) else ()


@lru_cache(1_000)
def _zone(away: dt.timedelta | None, zone: str | None, year: int) -> str | None:
    """The time zone of hours that say their distance from UTC: the town's if it ever fits, else one that always does.

    None where nothing says it: hours by a clock that nobody knows are words, not hours.
    """
    if away is None:
        return zone
    if zone and any(dt.datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() == away for month in (1, 7)):
        return zone
    hours = away / dt.timedelta(hours=1)
    if hours != int(hours) or not -14 <= hours <= 12:
        return None
    return f"Etc/GMT{-int(hours):+d}" if hours else "Etc/UTC"  # Etc/GMT+5 is five hours behind UTC


def _words(schedule: hsds.Schedule) -> str:
    if schedule.description:
        return " ".join(schedule.description.split())
    times = [clock(time)[0] for time in (schedule.opens_at, schedule.closes_at) if time]
    return " ".join(filter(None, (schedule.byday, " to ".join(times)))) if len(times) == 2 else ""
