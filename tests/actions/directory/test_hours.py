"""iCal rules in columns, as weekly hours or as words."""

import datetime as dt

import pytest

from actions.directory import hours, hsds

TODAY = dt.date(2026, 11, 25)
PORTLAND = "America/Los_Angeles"


def read(*given, zone=PORTLAND):
    weekly, words = hours.read([hsds.Schedule(id="1", **one) for one in given], zone, TODAY)
    return [(",".join(one.byday), one.opens_at, one.closes_at, one.timezone) for one in weekly], words


NINE = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}


@pytest.mark.parametrize(
    ("given", "weekly"),
    [
        (NINE, ("MO,TU", "09:00", "17:00", PORTLAND)),
        ({**NINE, "byday": "TU, mo"}, ("MO,TU", "09:00", "17:00", PORTLAND)),
        ({**NINE, "opens_at": "9:00", "closes_at": "17:00:00"}, ("MO,TU", "09:00", "17:00", PORTLAND)),
        ({**NINE, "opens_at": "00:00", "closes_at": "23:59"}, ("MO,TU", "00:00", "24:00", PORTLAND)),
        ({**NINE, "timezone": -8}, ("MO,TU", "09:00", "17:00", PORTLAND)),
        ({**NINE, "opens_at": "09:00-07:00"}, ("MO,TU", "09:00", "17:00", PORTLAND)),
        ({**NINE, "timezone": -5}, ("MO,TU", "09:00", "17:00", "Etc/GMT+5")),
        ({**NINE, "opens_at": "09:00Z"}, ("MO,TU", "09:00", "17:00", "Etc/UTC")),
        ({**NINE, "valid_from": "2026-01-01", "valid_to": "2026-12-31"}, ("MO,TU", "09:00", "17:00", PORTLAND)),
    ],
)
def test_weekly_hours(given, weekly):
    assert read(given) == ([weekly], "")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**NINE, "byday": "1SA"}, "1SA 09:00 to 17:00"),
        ({**NINE, "freq": "MONTHLY", "description": "First  Monday\nof the month"}, "First Monday of the month"),
        ({**NINE, "interval": 2, "description": "Every other week"}, "Every other week"),
        ({**NINE, "closes_at": None}, ""),
        ({**NINE, "timezone": 5.5}, "MO,TU 09:00 to 17:00"),
        ({"description": "x" * 400}, "x" * 299 + "…"),
    ],
)
def test_what_is_not_weekly_is_said_in_words(given, words):
    assert read(given) == ([], words)


def test_no_clock_is_guessed():
    assert read(NINE, zone=None) == ([], "MO,TU 09:00 to 17:00")


@pytest.mark.parametrize("change", [{"valid_to": "2026-11-24"}, {"valid_from": "2026-11-26"}])
def test_hours_that_do_not_hold_now(change):
    assert read({**NINE, **change}) == ([], "")


def test_a_row_for_every_day_is_one():
    days = [{**NINE, "byday": day} for day in ("FR", "MO", "TU", "WE", "TH")]
    night = {**NINE, "byday": "SA", "opens_at": "20:00", "closes_at": "02:00"}
    assert read(*days, night)[0] == [
        ("MO,TU,WE,TH,FR", "09:00", "17:00", PORTLAND),
        ("SA", "20:00", "02:00", PORTLAND),
    ]
