"""Towns, for finding what is near: their county, where they lie, what time it is there. From the `zipcodes` library."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from statistics import mean, mode

import zipcodes

EARTH_KM = 6371.0


@dataclass(frozen=True)
class Town:
    """A town.

    Attributes:
        name: as it is written ("Portland").
        state: postal code.
        counties: without the word County, in small letters.
        latitude, longitude: degrees, the middle of its ZIP codes.
        timezone: IANA name.
    """

    name: str
    state: str
    counties: frozenset[str]
    latitude: float
    longitude: float
    timezone: str

    @property
    def key(self) -> str:
        """What a conversation remembers of where somebody is: "Portland, OR"."""
        return f"{self.name}, {self.state}"

    def km_to(self, other: "Town") -> float:
        """Kilometres as the crow flies."""
        lat1, lon1, lat2, lon2 = map(radians, (self.latitude, self.longitude, other.latitude, other.longitude))
        half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
        return 2 * EARTH_KM * asin(sqrt(half))


def town(name: str, state: str) -> Town | None:
    """The town of that name; None where there is none."""
    return _towns().get((_plain(name), state.upper()))


def town_of(key: str | None) -> Town | None:
    """The town that a conversation remembers as `key`."""
    name, _, state = (key or "").rpartition(", ")
    return town(name, state) if name else None


def town_of_zip(zip_code: str) -> Town | None:
    """The town of a ZIP code; None for one that does not exist."""
    rows = zipcodes.filter_by(zip_code=zip_code) if zip_code.isdigit() else []
    return town(rows[0]["city"], rows[0]["state"]) if rows else None


def timezone(state: str | None) -> str | None:
    """The time zone most of a state lives in."""
    return _zones().get(state or "")


def county(name: str) -> str:
    """A county as `Town.counties` has it."""
    small = name.lower().strip()
    for ending in (" county", " parish", " borough", " municipality", " census area", " city and borough"):
        small = small.removesuffix(ending)
    return small


@cache
def _towns() -> dict[tuple[str, str], Town]:
    rows: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in zipcodes.list_all():
        if row["active"] and row["timezone"] and row["country"] == "US":
            rows[_plain(row["city"]), row["state"]].append(row)
    return {
        place: Town(
            name=found[0]["city"],
            state=place[1],
            counties=frozenset(county(row["county"]) for row in found),
            latitude=mean(float(row["lat"]) for row in found),
            longitude=mean(float(row["long"]) for row in found),
            timezone=mode(row["timezone"] for row in found),
        )
        for place, found in rows.items()
    }


@cache
def _zones() -> dict[str, str]:
    zones: dict[str, list[str]] = defaultdict(list)
    for (_, state), place in _towns().items():
        zones[state].append(place.timezone)
    return {state: mode(found) for state, found in zones.items()}


def _plain(name: str) -> str:
    small = name.lower().replace(".", "").strip()
    for short, full in (("st ", "saint "), ("ft ", "fort "), ("mt ", "mount ")):
        if small.startswith(short):
            small = full + small.removeprefix(short)
    return small
