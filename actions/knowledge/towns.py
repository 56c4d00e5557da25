"""Towns, for finding what is near: their county, where they lie, what time it is there. From the `zipcodes` library."""

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import asin, cos, radians, sin, sqrt
from statistics import mode
from typing import NamedTuple

import zipcodes

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
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
    return _atlas().towns.get((_plain(name), state.upper()))


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


def states_by_city() -> dict[str, Counter[str]]:
    """City, in small letters -> how many ZIP codes of that name each state has."""
    return _atlas().states


class _Row(NamedTuple):
    """A ZIP code, as far as we read the library."""

    city: str
    state: str
    county: str
    country: str
    timezone: str
    lat: str
    long: str


class _Atlas(NamedTuple):
    towns: dict[tuple[str, str], Town]
    states: dict[str, Counter[str]]


@cache
def _atlas() -> _Atlas:
    """All of the library that is ever asked for, in a tenth of the room its rows take."""
    lines = ["\t".join(row[column] for column in _Row._fields) for row in zipcodes.filter_by(active=True)]
    lines.sort(key=lambda line: (_plain(line.split("\t")[0]), line.split("\t")[1]))
    # The rows are gone here, before anything is made that stays: in between them it would keep their memory.
    towns: dict[tuple[str, str], Town] = {}
    states: dict[str, Counter[str]] = defaultdict(Counter)
    shared: dict[frozenset[str], frozenset[str]] = {}  # towns of one county hold one set
    rows = (_Row(*line.split("\t")) for line in lines)
    for (name, code), here in groupby(rows, key=lambda row: (_plain(row.city), row.state)):
        found, state = [*here], sys.intern(code)
        for row in found:
            states[row.city.lower()][state] += 1
        found = [row for row in found if row.timezone and row.country == "US"]
        if not found:
            continue
        counties = frozenset(county(row.county) for row in found)
        towns[name, state] = Town(
            name=found[0].city,
            state=state,
            counties=shared.setdefault(counties, counties),
            latitude=sum(float(row.lat) for row in found) / len(found),
            longitude=sum(float(row.long) for row in found) / len(found),
            timezone=sys.intern(mode(row.timezone for row in found)),
        )
    return _Atlas(towns, dict(states))


@cache
def _zones() -> dict[str, str]:
    zones: dict[str, list[str]] = defaultdict(list)
    for (_, state), place in _atlas().towns.items():
        zones[state].append(place.timezone)
    return {state: mode(found) for state, found in zones.items()}


def _plain(name: str) -> str:
    small = name.lower().replace(".", "").strip()
    for short, full in (("st ", "saint "), ("ft ", "fort "), ("mt ", "mount ")):
        if small.startswith(short):
            small = full + small.removeprefix(short)
    return small
