"""Values of HSDS as somebody writes them: numbers, dates, times and web addresses, checked one by one."""

import datetime as dt
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from pydantic import validator

from actions.directory.numbers import digits

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)


@lru_cache(1_000)
def clock(text: str) -> tuple[str, dt.timedelta | None]:
    """("09:00", its distance from UTC where it says one) of "9:00", "09:00:00", "09:00-05:00" or "09:00Z"."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        raise ValueError("is not a time (HH:MM)")
    hour, minute, zone = found.groups()
    if not zone:
        return f"{int(hour):02}:{minute}", None
    digits = "+0000" if zone in "Zz" else zone.replace(":", "")
    away = dt.timedelta(hours=int(digits[1:3]), minutes=int(digits[3:]))
    return f"{int(hour):02}:{minute}", -away if digits[0] == "-" else away


def phone_number(value: str) -> str:
    """`value`, where it is one. Raises ValueError."""
    if digits(value) is None:
        raise ValueError("is not a phone number")
    return value


def date(value: object) -> dt.date | None:
    """The day of "2026-10-01" or "2026-10-01T10:30:45Z"; None for nothing. Raises ValueError."""
    if not value:
        return None
    try:
        return dt.date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise ValueError("is not a date (YYYY-MM-DD)") from None


def web_address(value: str | None) -> str | None:
    """`value` as an address of the web, https:// put before a bare name. Raises ValueError for any other."""
    if not value:
        return None
    address = value if "://" in value or not re.match(r"[\w-]+(\.[\w-]+)+(/|$)", value) else f"https://{value}"
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    named = parts.hostname and not parts.username  # https://988lifeline.org@elsewhere.example leads elsewhere
    if parts.scheme not in ("http", "https") or not named or re.search(r"\s", address):
        raise ValueError("is not a web address (https://…)")
    return address


def clock_or_none(value: str | None) -> str | None:
    """`value`, where it is a time or nothing. Raises ValueError."""
    if value:
        clock(value)
    return value or None


def checked(*fields: str, by: Any, pre: bool = False) -> Any:
    """A validator of pydantic's that holds `fields` to `by`."""
    return validator(*fields, allow_reuse=True, pre=pre)(by)
