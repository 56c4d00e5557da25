"""Open or closed, and how the hours are said."""

import datetime as dt

import pytest

from actions.compose.hours import hours
from actions.knowledge.library import library
from actions.services.clock import Clock, openings
from tests.actions.services.test_search import service

WEDNESDAY = dt.date(2026, 11, 25)


def at(hour: int, minute: int = 0, day: int = 25) -> dt.datetime:
    """A moment in New York (UTC-5 in November)."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=-5)))


OFFICE = {"byday": ("MO", "TU", "WE", "TH", "FR"), "opens_at": "09:00", "closes_at": "17:30"}
LATE = {"byday": ("FR", "SA"), "opens_at": "20:00", "closes_at": "02:00"}


@pytest.mark.parametrize(
    ("schedule", "now", "is_open"),
    [
        ({}, at(3), True),
        (OFFICE, at(9), True),
        (OFFICE, at(8, 59), False),
        (OFFICE, at(17, 30), False),
        (OFFICE, at(12, day=28), False),  # a Saturday
        (LATE, at(23, day=27), True),
        (LATE, at(1, day=28), True),
        (LATE, at(1, day=27), False),
        (LATE, at(1, day=29), True),
        (LATE, at(1, day=30), False),
    ],
)
def test_open_now(schedule, now, is_open):
    assert Clock(now).is_open(openings(service("s", schedules=(schedule,)).schedules)) is is_open


def test_nobody_knows():
    assert Clock(at(12)).is_open(openings(service("s").schedules)) is None


@pytest.mark.parametrize(
    ("schedule", "zone", "said"),
    [
        ({}, None, "any time, day and night"),
        ({"byday": ("SA", "SU")}, None, "Sat, Sun, all day"),
        (OFFICE, None, "Mon-Fri 9am-5:30pm EST"),
        (OFFICE, "America/Los_Angeles", "Mon-Fri 6am-2:30pm PST"),
        ({"opens_at": "16:00", "closes_at": "24:00", "timezone": "America/Chicago"}, None, "every day 4pm-12am CST"),
    ],
)
def test_hours_in_the_persons_own_time(schedule, zone, said):
    assert hours(library(), service("s", schedules=(schedule,)), zone, WEDNESDAY) == said


def test_hours_in_words_where_they_fit_no_schedule():
    assert hours(library(), service("s", hours="Wednesdays, ask first"), None, WEDNESDAY) == "Wednesdays, ask first"
