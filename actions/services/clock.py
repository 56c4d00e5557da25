"""When a service is open."""

import datetime as dt
from zoneinfo import ZoneInfo

from actions.knowledge.service_records import DAYS, Schedule, Service


def open_now(service: Service, now: dt.datetime) -> bool | None:
    """True or False where the schedules say it; None where nobody knows. `now` has a time zone."""
    if not service.schedules:
        return None
    return any(_is_open(schedule, now.astimezone(ZoneInfo(schedule.timezone))) for schedule in service.schedules)


def minutes(clock: str) -> int:
    """Minutes since midnight of "HH:MM"."""
    return int(clock[:2]) * 60 + int(clock[3:])


def _is_open(schedule: Schedule, there: dt.datetime) -> bool:
    opens, closes = minutes(schedule.opens_at), minutes(schedule.closes_at)
    minute, day = there.hour * 60 + there.minute, there.weekday()
    if opens < closes:
        return DAYS[day] in schedule.byday and opens <= minute < closes
    late = DAYS[day] in schedule.byday and minute >= opens  # past midnight
    return late or DAYS[day - 1] in schedule.byday and minute < closes
