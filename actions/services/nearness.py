"""Whom a service serves, and how far away it is."""

from collections.abc import Iterable, Iterator

from actions.knowledge.service_records import Location, Service, ServiceArea
from actions.knowledge.towns import Town, county, town

NEXT_DOOR_KM = 15.0
NEAR_KM = 60.0
Area = tuple[str, str]  # (state, "") for all of it, (state, "county lane"), (state, "town eugene")


def areas_of(service: Service) -> Iterator[Area]:
    """Every area that it serves."""
    for area in service.service_areas:
        if not _is_part(area):
            yield area.state, ""
        yield from ((area.state, f"county {county(name)}") for name in area.counties)
        yield from ((area.state, f"town {name.lower()}") for name in area.cities)


def areas_around(where: Town) -> Iterator[Area]:
    """The parts of its state that `where` lies in."""
    yield where.state, f"town {where.name.lower()}"
    yield from ((where.state, f"county {name}") for name in sorted(where.counties))


def offices(locations: Iterable[Location]) -> tuple[Town, ...]:
    """The towns of `locations` that we can place."""
    return tuple(found for place in locations if (found := town(place.city, place.state)))


def distance(service: Service, where: Town | None) -> float | None:
    """Kilometres from `where` to its nearest office; None where that is not known."""
    return min((where.km_to(office) for office in offices(service.locations)), default=None) if where else None


def is_near(service: Service, where: Town) -> bool:
    """Whether it is for that town or county, or has an office near `where` and serves its state."""
    away = distance(service, where)
    by_name = not {*areas_of(service)}.isdisjoint(areas_around(where))
    return by_name or away is not None and away <= NEAR_KM and where.state in service.states


def _is_part(area: ServiceArea) -> bool:
    return bool(area.counties or area.cities)
