"""An HSDS 3 service as one of ours, whether we wrote it (`to_hsds.py`) or somebody who has never heard of us.

From somebody else's, what we need and it does not say is filled in carefully: what it does about the police is unknown
(where its own name says police or prosecutors: it works with them), how sure we are is low, nobody reviewed it.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from actions.directory import hours, hsds, places, taxonomy
from actions.directory.hsds import HsdsService
from actions.directory.hsds_objects import Term
from actions.directory.in_our_words import in_our_words
from actions.directory.naming import FIELDS, TERMS, identifier
from actions.directory.problems import Wrong
from actions.directory.to_hsds import SAME, TEXTS, nameless_organization
from actions.directory.values import web_address
from actions.knowledge.service_records import Phone, Service

UNKNOWN_POLICE = "We do not know when they call the police. We found no written rule."
POLICE_RUN = "Its own entry says that it is run by police or prosecutors, or works with them."
LANGUAGE_MAX = 60  # characters; anything longer is no name
PHONE_TYPES = {
    "text": "sms",
    "sms": "sms",
    "textphone": "tty",
    "tty": "tty",
    "tdd": "tty",
    "tty/tdd": "tty",
    "video": "video",
    "fax": None,
    "pager": None,
}


@dataclass(frozen=True)
class Defaults:
    """What holds for services that do not say it themselves.

    Attributes:
        today: nothing may have been checked after it.
        assured_date: when the whole directory was last checked.
        source: web page of the directory.
    """

    today: dt.date
    assured_date: dt.date | None = None
    source: str | None = None


class LeftOut(Exception):
    """A service that is in order but not for us. `str(error)` says why."""


@dataclass
class Made:
    """A service of ours, and the terms of somebody's taxonomy that we have no word for."""

    service: Service
    unmapped: list[str]


def from_hsds(given: HsdsService, defaults: Defaults) -> Made:
    """`given` as ours.

    Raises:
        LeftOut: none of its terms is a need of ours, or it serves nobody in the United States.
        Wrong: a value of it cannot be.
        pydantic.ValidationError: one of our own attributes has a value it cannot have.
    """
    terms = _Terms(given)
    if not terms.of("needs"):
        raise LeftOut("it meets no need we have words for" if terms.unmapped else "it does not say what it is for")
    areas, towns = places.areas(given), places.locations(given)
    if not areas:
        raise LeftOut("it names no place in the United States")
    zone = places.zone(towns, areas)
    schedules, words = hours.read(_nearest(given, "schedules"), zone, defaults.today)
    fields: dict[str, Any] = {field: getattr(given, field) or None for field in SAME}
    fields |= {field: given.first(field) for field in TEXTS}
    fields |= {field: _address(given, field) for field in ("chat_url", "police_contact_source")}
    fields |= {field: given.first(field) or "unknown" for field in ("anonymous", "confidential")}
    fields |= {
        "id": _id(given),
        "organization": _organization(given),
        "needs": terms.of("needs"),
        "populations": terms.of("populations"),
        "stance": terms.one("stance") or "general",
        "confidence": terms.one("confidence") or "low",
        "review": _json(given, "review") or "unreviewed",
        "service_areas": areas,
        "locations": towns,
        "schedules": schedules,
        "hours": given.first("hours") or words or None,
        "phones": tuple(_phones(_nearest(given, "phones"))),
        "languages": tuple(_languages(given.languages)),
        "assured_date": _assured(given, defaults),
        "sources": _sources(given, defaults),
    }
    fields |= _police(given, terms)
    if not given.first("source"):
        fields |= in_our_words(given, fields)
    return Made(Service(**fields), terms.unmapped)


class _Terms:
    """The terms of a service, as our own words."""

    def __init__(self, given: HsdsService) -> None:
        self._found: dict[str, dict[str, None]] = {field: {} for field in TERMS}
        self.unmapped: list[str] = []
        ours = {name: field for field, name in TERMS.items()}
        known = {"needs": taxonomy.taxonomy().needs, "populations": taxonomy.taxonomy().populations}
        for attribute in given.attributes:
            term = attribute.taxonomy_term
            if term is None or term.taxonomy == FIELDS:
                continue
            if field := ours.get(term.taxonomy or ""):
                code = term.code or ""
                if code in known.get(field, (code,)):
                    self._found[field][code] = None
                else:
                    self.unmapped.append(f"{term.taxonomy}: {code}")
            else:
                self._map(term)

    def _map(self, term: Term) -> None:
        needs = taxonomy.needs_of(term.name, term.code)
        populations = taxonomy.populations_of(term.name)
        self._found["needs"] |= dict.fromkeys(needs)
        self._found["populations"] |= dict.fromkeys(populations)
        if not needs and not populations:
            self.unmapped.append(" ".join(filter(None, (term.code, term.name))) or term.id)

    def of(self, field: str) -> tuple[str, ...]:
        return tuple(self._found[field])

    def one(self, field: str) -> str | None:
        return next(iter(self._found[field]), None)


def _id(given: HsdsService) -> str:
    """Our own id where the service went out from us, else theirs."""
    own = given.first("id")
    return own if own and identifier("service", own) == given.id else given.id


def _organization(given: HsdsService) -> str | None:
    organization = given.organization
    if organization is None:
        return None
    nameless = organization.name == given.name and organization.id == nameless_organization(given.id)
    return None if nameless else organization.name


def _nearest(given: HsdsService, what: str) -> list[Any]:
    """`what` (phones, schedules) of the service; where it has none of its locations; then of its organization."""
    at = [one for place in given.service_at_locations for one in getattr(place, what)]
    there = [one for place in given.service_at_locations if place.location for one in getattr(place.location, what, ())]
    everywhere = getattr(given.organization, what, []) if given.organization else []
    return next(filter(None, (getattr(given, what), at, there, everywhere)), [])


def _phones(given: Iterable[hsds.Phone]) -> Iterator[Phone]:
    seen = set()
    for phone in given:
        kind: Any = phone.first("phone_type") or PHONE_TYPES.get((phone.type or "").lower(), "voice")
        if kind is None or (phone.number, kind) in seen:
            continue
        seen.add((phone.number, kind))
        extension = f"extension {phone.extension}" if phone.extension else None
        said = ", ".join(filter(None, (phone.description, extension))) or None
        yield Phone(number=phone.number, type=kind, keyword=phone.first("keyword"), description=said)


def _languages(given: Iterable[hsds.Language]) -> Iterator[str]:
    names = (language.name or taxonomy.language_of(language.code or "") for language in given)
    yield from dict.fromkeys(name for name in names if name and len(name) <= LANGUAGE_MAX)


def _assured(given: HsdsService, defaults: Defaults) -> dt.date:
    date = given.assured_date or given.last_modified or defaults.assured_date
    if date is None:
        raise Wrong(("assured_date",), "is missing; with --assured-date you say when the whole directory was checked")
    if date > defaults.today:
        raise Wrong(("assured_date",), f"{date} lies in the future")
    return date


def _sources(given: HsdsService, defaults: Defaults) -> list[Any]:
    if own := [_loaded("source", value) for value in given.ours.get("source", ())]:
        return own
    organization = given.organization
    if url := given.url or (organization and organization.website):
        return [{"title": organization.name if organization else given.name, "url": url}]
    if defaults.source:
        return [{"title": "The directory it came from", "url": defaults.source}]
    raise Wrong(("url",), "is missing, and so is its organization's website; --source names the directory's own page")


def _police(given: HsdsService, terms: _Terms) -> dict[str, str]:
    said, note = terms.one("police_contact"), given.first("police_contact_note")
    if said and said != "unknown":
        if not note:
            raise Wrong(("attributes",), f"say {said}, but no police_contact_note says what that means")
        return {"police_contact": said, "police_contact_note": note}
    names = [a.taxonomy_term.name for a in given.attributes if a.taxonomy_term and a.taxonomy_term.taxonomy != FIELDS]
    if not said and taxonomy.is_police(given.name, given.organization.name if given.organization else None, *names):
        return {"police_contact": "involves_police", "police_contact_note": POLICE_RUN}
    return {"police_contact": "unknown", "police_contact_note": note or UNKNOWN_POLICE}


def _address(given: HsdsService, field: str) -> str | None:
    try:
        return web_address(given.first(field))
    except ValueError as error:
        raise Wrong(("attributes",), f"{field} {error}") from None


def _json(given: HsdsService, field: str) -> Any:
    value = given.first(field)
    return None if value is None else _loaded(field, value)


def _loaded(field: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise Wrong(("attributes",), f"{field} is not JSON") from None
