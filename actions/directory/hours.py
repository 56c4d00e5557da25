"""Somebody's HSDS schedules as ours: weekly hours by a town's clock, or words where they cannot be put so."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from actions.directory import hsds
from actions.knowledge.service_records import DAYS, Day, Schedule

DEFAULT_ZONE = "America/New_York"
WORDS_MAX = 300


def read(schedules: Iterable[hsds.Schedule], zone: str | None, today: dt.date) -> tuple[tuple[Schedule, ...], str]:
    """(weekly hours, words for the rest) of `schedules`; those that no longer hold are passed over.

    `zone` is the IANA time zone of where the service is, None where that is not known.
    """
    weekly: list[Schedule] = []
    words: list[str] = []
    for schedule in schedules:
        if schedule.valid_to and schedule.valid_to < today or schedule.valid_from and schedule.valid_from > today:
            continue
        ours = _weekly(schedule, zone, today)
        if ours:
            weekly.append(ours)
        elif text := _words(schedule):
            words.append(text)
    said = "; ".join(dict.fromkeys(words))
    return tuple(dict.fromkeys(weekly)), said if len(said) <= WORDS_MAX else said[: WORDS_MAX - 1].rstrip() + "…"


def _weekly(schedule: hsds.Schedule, zone: str | None, today: dt.date) -> Schedule | None:
    days = _days(schedule.byday or "")
    other = schedule.byweekno or schedule.bymonthday or schedule.byyearday or (schedule.interval or 1) != 1
    if not days or other or (schedule.freq or "WEEKLY").upper() != "WEEKLY":
        return None
    if not schedule.opens_at or not schedule.closes_at:
        return None
    opens, away = hsds.clock(schedule.opens_at)
    closes, _ = hsds.clock(schedule.closes_at)
    own = schedule.first("timezone")
    if away is None and schedule.timezone is not None:
        away = dt.timedelta(hours=schedule.timezone)
    if own is None and (opens, closes) == ("00:00", "23:59"):
        closes = "24:00"  # how the standard says all day
    timezone = own or _zone(away, zone, today)
    if timezone is None:
        return None
    return Schedule(
        byday=days,
        opens_at=schedule.first("opens_at") or opens,
        closes_at=schedule.first("closes_at") or closes,
        timezone=timezone,
    )


def _days(byday: str) -> tuple[Day, ...]:
    """The days of "MO,TU"; none where one of them is more than a day ("1SA", the first Saturday of a month)."""
    named = [day.strip().upper() for day in byday.split(",") if day.strip()]
    if not all(day in DAYS for day in named):
        return ()
    return tuple(day for day in DAYS if day in named)


def _zone(away: dt.timedelta | None, zone: str | None, today: dt.date) -> str | None:
    """The time zone of hours that say their distance from UTC: the town's if it ever fits, else one that always does.

    None where nothing says it: hours by a clock that nobody knows are words, not hours.
    """
    if away is None:
        return zone
    if zone and any(dt.datetime(today.year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() == away for month in (1, 7)):
        return zone
    hours = away / dt.timedelta(hours=1)
    if hours != int(hours) or not -14 <= hours <= 12:
        return None
    return f"Etc/GMT{-int(hours):+d}" if hours else "Etc/UTC"  # Etc/GMT+5 is five hours behind UTC


def _words(schedule: hsds.Schedule) -> str:
    if schedule.description:
        return " ".join(schedule.description.split())
    times = [hsds.clock(time)[0] for time in (schedule.opens_at, schedule.closes_at) if time]
    return " ".join(filter(None, (schedule.byday, " to ".join(times)))) if len(times) == 2 else ""
