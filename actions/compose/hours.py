"""Hours as a sentence, in the time of the person who asks."""

import datetime as dt
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.library import Library
from actions.knowledge.service_records import DAYS, Day, Schedule, Service
from actions.services.clock import minutes

DAY_MINUTES = 24 * 60


def hours(library: Library, service: Service, timezone: str | None, today: dt.date) -> str | None:
    """The hours as a sentence, in `timezone` where it is known; None where nobody knows them."""
    said = [_said(library, schedule, timezone, today) for schedule in service.schedules]
    return "; ".join(dict.fromkeys(said)) or service.hours


def _said(library: Library, schedule: Schedule, timezone: str | None, today: dt.date) -> str:
    if (schedule.opens_at, schedule.closes_at) == ("00:00", "24:00"):
        all_days = set(schedule.byday) == set(DAYS)
        return (
            library.say("hours.always")
            if all_days
            else library.say("hours.all_day", days=_days(library, schedule.byday))
        )
    zone = timezone or schedule.timezone
    moved = _offset(zone, today) - _offset(schedule.timezone, today)
    opens, closes = ((minutes(at) + moved) % DAY_MINUTES for at in (schedule.opens_at, schedule.closes_at))
    name = dt.datetime.combine(today, dt.time(12), ZoneInfo(zone)).tzname() or zone
    return library.say(
        "hours.some",
        days=_days(library, schedule.byday),
        opens=_clock(library, opens),
        closes=_clock(library, closes),
        zone=name,
    )


def _offset(zone: str, today: dt.date) -> int:
    """Minutes that `zone` is ahead of UTC today."""
    ahead = dt.datetime.combine(today, dt.time(12), ZoneInfo(zone)).utcoffset()
    return int(ahead.total_seconds() // 60) if ahead else 0


def _days(library: Library, days: tuple[Day, ...]) -> str:
    """ "Mon-Fri", "every day", "Tue, Thu"."""
    if set(days) == set(DAYS):
        return library.say("hours.daily")
    at = sorted(DAYS.index(day) for day in days)
    names = [library.say(f"hours.days.{DAYS[i]}") for i in at]
    run = len(at) > 2 and at == list(range(at[0], at[-1] + 1))
    return f"{names[0]}-{names[-1]}" if run else ", ".join(names)


def day(library: Library, date: dt.date) -> str:
    """`date` as people write it who speak the language; in English in the one way that nobody reads wrongly."""
    if library.language == ENGLISH:
        return date.isoformat()
    return format_date(date, "medium" if library.language == "es" else "long", _locale(library))


def _locale(library: Library) -> str:
    """The language as written in the United States, where it has such a form."""
    return "es_US" if library.language == "es" else library.language


def _clock(library: Library, minute_of_day: int) -> str:
    hour, minute = divmod(minute_of_day % DAY_MINUTES, 60)
    if library.language != ENGLISH:
        form = "short" if library.language == "es" else "H:mm"
        return " ".join(format_time(dt.time(hour, minute), form, locale=_locale(library)).split())
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''}{half}"
