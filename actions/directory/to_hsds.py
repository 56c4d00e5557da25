"""A service of ours as an HSDS 3 `service` object, losing nothing: `from_hsds.py` makes the same service of it again.

What HSDS has a field for goes there. The rest goes into attributes: needs, populations, stance, what is done about the
police and how sure we are as terms of taxonomies of ours (`Lantern needs`, …), everything else as values.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from actions.directory.naming import FIELDS, TERMS, identifier, is_uuid
from actions.knowledge.service_records import Location, Phone, Schedule, Service, ServiceArea

Object = dict[str, Any]
PHONE_TYPES = {"voice": "voice", "sms": "text", "tty": "textphone", "video": "video", "whatsapp": "text"}
TEXTS = (
    "status_note",
    "chat_url",
    "hours",
    "may_ask",
    "need_not_tell",
    "police_contact_note",
    "police_contact_source",
)
SAME = (
    "name",
    "description",
    "url",
    "email",
    "status",
    "interpretation_services",
    "fees_description",
    "eligibility_description",
)


def to_hsds(service: Service) -> Object:
    """`service` as HSDS JSON. Street addresses are left empty: we keep none."""
    own = service_id(service)
    return _filled(
        {
            "id": own,
            **{field: getattr(service, field) for field in SAME},
            "assured_date": service.assured_date.isoformat(),
            "organization": _organization(service),
            "phones": [_phone(own, n, phone) for n, phone in enumerate(service.phones)],
            "schedules": [_schedule(own, n, schedule) for n, schedule in enumerate(service.schedules)],
            "service_areas": [_area(own, n, area) for n, area in enumerate(service.service_areas)],
            "service_at_locations": [_at(own, n, place) for n, place in enumerate(service.locations)],
            "languages": [
                {"id": identifier(own, "language", str(n)), "name": name} for n, name in enumerate(service.languages)
            ],
            "cost_options": _costs(own, service.fees_description),
            "attributes": list(_attributes(own, service)),
        }
    )


def service_id(service: Service) -> str:
    """The UUID that HSDS knows a service by; its own id where that is one."""
    return service.id if is_uuid(service.id) else identifier("service", service.id)


def nameless_organization(service_id: str) -> str:
    """The id of the organization of a service that names none, which the standard's tables demand."""
    return identifier(service_id, "no organization")


def _organization(service: Service) -> Object:
    named = service.organization
    own = identifier("organization", named) if named else nameless_organization(service_id(service))
    name = named or service.name
    return {"id": own, "name": name, "description": name}


def _phone(of: str, n: int, phone: Phone) -> Object:
    own = identifier(of, "phone", str(n))
    kept = {"keyword": phone.keyword, "phone_type": "whatsapp" if phone.type == "whatsapp" else None}
    return _filled(
        {
            "id": own,
            "number": phone.number,
            "type": PHONE_TYPES[phone.type],
            "description": phone.description,
            "attributes": list(_values(own, kept)),
        }
    )


def _schedule(of: str, n: int, schedule: Schedule) -> Object:
    """HSDS has a distance from UTC for a time zone and no 24:00: ours go into attributes."""
    own = identifier(of, "schedule", str(n))
    kept = {"timezone": schedule.timezone}
    times = {"opens_at": schedule.opens_at, "closes_at": schedule.closes_at}
    for field, time in times.items():
        if time.startswith("24"):
            kept[field], times[field] = time, "23:59"
    return {
        "id": own,
        "freq": "WEEKLY",
        "byday": ",".join(schedule.byday),
        **times,
        "attributes": list(_values(own, kept)),
    }


def _area(of: str, n: int, area: ServiceArea) -> Object:
    own = identifier(of, "service_area", str(n))
    parts = [f"{name}, {area.state}" for name in (*area.counties, *area.cities)]
    kept = {"state": area.state, "county": area.counties, "city": area.cities}
    return {"id": own, "name": "; ".join(parts) or area.state, "attributes": list(_values(own, kept))}


def _at(of: str, n: int, place: Location) -> Object:
    own = identifier(of, "location", str(n))
    address = {
        "id": identifier(own, "address"),
        "address_1": "",
        "city": place.city,
        "state_province": place.state,
        "postal_code": place.postal_code or "",
        "country": "US",
        "address_type": "physical",
    }
    location = {"id": own, "location_type": "physical", "addresses": [address]}
    return {"id": identifier(own, "service"), "location": location}


def _costs(of: str, fees: str | None) -> list[Object]:
    free = fees == "free" or (fees or "").startswith(("free (", "free,"))
    return [{"id": identifier(of, "cost"), "currency": "USD", "amount": 0}] if free else []


def _attributes(own: str, service: Service) -> Iterator[Object]:
    for field, taxonomy in TERMS.items():
        said = getattr(service, field)
        for n, code in enumerate(said if isinstance(said, tuple) else [said]):
            if (field, code) != ("stance", "general"):
                yield _attribute(own, field, n, _term(taxonomy, code))
    kept: dict[str, Any] = {field: getattr(service, field) for field in TEXTS}
    for field in ("anonymous", "confidential"):
        kept[field] = said if (said := getattr(service, field)) != "unknown" else None
    if service.id != own:
        kept["id"] = service.id
    if service.review != "unreviewed":
        kept["review"] = service.review.json(exclude_none=True)
    kept["source"] = [source.json(exclude_none=True) for source in service.sources]
    yield from _values(own, kept)


def _values(own: str, kept: dict[str, Any]) -> Iterator[Object]:
    for field, value in kept.items():
        many: Iterable[str] = value if isinstance(value, list | tuple) else [value] if value else []
        for n, one in enumerate(many):
            yield {**_attribute(own, field, n, _term(FIELDS, field)), "value": one}


def _attribute(own: str, field: str, n: int, term: Object) -> Object:
    return {"id": identifier(own, field, str(n)), "link_type": field, "taxonomy_term": term}


@cache
def _term(taxonomy: str, code: str) -> Object:
    name = code.replace("_", " ")
    return {"id": identifier(taxonomy, code), "code": code, "name": name, "description": name, "taxonomy": taxonomy}


def _filled(given: Object) -> Object:
    return {name: value for name, value in given.items() if value not in (None, [], "")}


def dumped(service: Service) -> str:
    """`service` as one line of HSDS JSON."""
    return json.dumps(to_hsds(service), ensure_ascii=False)
