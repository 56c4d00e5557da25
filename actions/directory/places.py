"""Where somebody's HSDS service is and whom it serves, as ours."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from actions.directory.hsds import Address, HsdsService, ServiceArea
from actions.directory.problems import Step, Wrong
from actions.directory.taxonomy import state_of
from actions.knowledge import service_records as ours
from actions.knowledge.service_records import FEDERAL
from actions.knowledge.towns import timezone, town

Path = tuple[Step, ...]
_ZIP = re.compile(r"(\d{5})(?:-?\d{4})?")
_COUNTY = re.compile(r"(.+?) (?:county|parish|borough)(?:, *([\w .]+))?", re.IGNORECASE)
_TOWN = re.compile(r"([^,]+), *([\w .]+)")
_STATEWIDE = re.compile(r"(?:statewide|entire state|(?:state of )?(.+?)(?: statewide)?)", re.IGNORECASE)


def locations(service: HsdsService) -> tuple[ours.Location, ...]:
    """The towns it is in. Raises `Wrong` for a state or a ZIP code that is none."""
    found = (_location(path, address) for path, address in _addresses(service) if address.address_type != "postal")
    return tuple(dict.fromkeys(place for place in found if place))


def areas(service: HsdsService) -> tuple[ours.ServiceArea, ...]:
    """Whom it serves: the states, counties and towns it names; where it names none, the states it is in.

    Empty where it says neither, or only places abroad. Raises `Wrong` for a state that is none.
    """
    home = {state for path, address in _addresses(service) if (state := _state(path, address))}
    own = [_own(area, ("service_areas", n)) for n, area in enumerate(service.service_areas) if area.first("state")]
    if own:
        return tuple(own)
    counties: dict[str, dict[str, None]] = {}
    towns: dict[str, dict[str, None]] = {}
    whole = set()
    for area in service.service_areas:
        state, county, city = next(filter(None, (_named(t, home) for t in (area.name, area.description) if t)), _NONE)
        if county:
            counties.setdefault(state, {})[county] = None
        elif city:
            towns.setdefault(state, {})[city] = None
        elif state:
            whole.add(state)
    if FEDERAL in whole:
        return (_area(FEDERAL),)
    return tuple(
        _area(state) if state in whole else _area(state, tuple(counties.get(state, ())), tuple(towns.get(state, ())))
        for state in sorted({*whole, *counties, *towns} or home)
    )


def zone(places: Iterable[ours.Location], served: Iterable[ours.ServiceArea]) -> str | None:
    """The time zone it keeps: its town's, else the one most of its state lives in."""
    for place in places:
        there = town(place.city, place.state)
        return there.timezone if there else timezone(place.state)
    states = {area.state for area in served}
    return timezone(states.pop()) if len(states) == 1 else None


_NONE = ("", None, None)


def _named(text: str, home: set[str]) -> tuple[str, str | None, str | None] | None:
    """(state, county, town) of "Oregon", "Multnomah County", "Portland, OR" or "Nationwide"; None for other words."""
    only = next(iter(home)) if len(home) == 1 else None
    if state := state_of(text):
        return state, None, None
    if (found := _COUNTY.fullmatch(text)) and (state := state_of(found[2]) if found[2] else only):
        return state, found[1], None
    if (found := _TOWN.fullmatch(text)) and (state := state_of(found[2])) and state != FEDERAL:
        return state, None, found[1].strip()
    if (found := _STATEWIDE.fullmatch(text)) and (state := state_of(found[1]) if found[1] else only):
        return state, None, None
    return None


def _own(area: ServiceArea, path: Path) -> ours.ServiceArea:
    state = area.first("state") or ""
    if state_of(state) != state:
        raise Wrong(path, f"{state} is not a state (OR)")
    return ours.ServiceArea(
        state=state, counties=tuple(area.ours.get("county", ())), cities=tuple(area.ours.get("city", ()))
    )


def _addresses(service: HsdsService) -> Iterator[tuple[Path, Address]]:
    """The addresses of its locations; where it has none, those of its organization."""
    own = [
        (("service_at_locations", n, "location", "addresses", m), address)
        for n, at in enumerate(service.service_at_locations)
        for m, address in enumerate(at.location.addresses if at.location else ())
    ]
    yield from own
    if not own and service.organization:
        for n, location in enumerate(service.organization.locations):
            for m, address in enumerate(location.addresses):
                yield ("organization", "locations", n, "addresses", m), address


def _state(path: Path, address: Address) -> str | None:
    if address.abroad or not address.state_province:
        return None
    state = state_of(address.state_province)
    if state is None or state == FEDERAL:
        raise Wrong((*path, "state_province"), "is not a state (OR or Oregon)")
    return state


def _location(path: Path, address: Address) -> ours.Location | None:
    state = _state(path, address)
    if not state or not address.city:
        return None
    found = _ZIP.fullmatch(address.postal_code) if address.postal_code else None
    if address.postal_code and not found:
        raise Wrong((*path, "postal_code"), "is not a ZIP code (97205)")
    return _place(address.city, state, found[1] if found else None)


@lru_cache(50_000)
def _place(city: str, state: str, postal_code: str | None) -> ours.Location:
    return ours.Location(city=city, state=state, postal_code=postal_code)


@lru_cache(50_000)
def _area(state: str, counties: tuple[str, ...] = (), cities: tuple[str, ...] = ()) -> ours.ServiceArea:
    return ours.ServiceArea(state=state, counties=counties, cities=cities)
