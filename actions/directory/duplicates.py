"""The same service twice, in one directory or in two: the same name and a phone number in common (or the same id).

Without any number, the same name and web page. Two services of one name and different numbers are two services, and so
are two of one number and different names: many stand behind one switchboard.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from actions.directory.numbers import digits
from actions.knowledge.service_records import PoliceContact, Service

Key = tuple[str, str]
_PASSED_OVER = frozenset({"the", "inc", "incorporated", "llc", "and", "of"})
# Where two entries say different things, we believe the one that brings in police more; and either more than “unknown”.
_CAUTION: dict[PoliceContact, int] = {
    "unknown": 0,
    "never_without_consent": 1,
    "only_if_imminent_danger": 2,
    "may_report_minors": 3,
    "involves_police": 4,
}
_LISTS = ("needs", "populations", "service_areas", "locations", "phones", "schedules", "languages", "sources")


@dataclass(frozen=True)
class Merge:
    """Two that are one.

    Attributes:
        kept: id of the one that stays.
        given: id of the one that went into it.
        name: what both are called.
        built_in: the one that stays is Lantern's own, which no import changes.
        differs: what the other one says otherwise about things that matter: "status: defunct here, active there".
    """

    kept: str
    given: str
    name: str
    built_in: bool
    differs: tuple[str, ...]

    def __str__(self) -> str:
        where = "Lantern's own " if self.built_in else ""
        said = f" ({'; '.join(self.differs)})" if self.differs else ""
        return f"{self.given} is {where}{self.kept}, “{self.name}”{said}"


class Index:
    """Services by what makes two the same.

    Attributes:
        services: by id, in the order they came.
    """

    def __init__(self, services: Iterable[Service] = ()) -> None:
        self.services: dict[str, Service] = {}
        self._by_key: dict[Key, str] = {}
        self._names: set[str] = set()
        for service in services:
            self.put(service)

    def put(self, service: Service) -> None:
        """Adds `service`, or puts it in the place of the one with its id."""
        self.services[service.id] = service
        self._names.add(plain_name(service.name))
        for key in keys(service):
            self._by_key.setdefault(key, service.id)

    def find(self, service: Service) -> Service | None:
        """The one that `service` is, if it is one of them."""
        found = self._by_key.get(("id", service.id))
        if found is None and plain_name(service.name) in self._names:  # looking at numbers takes longer
            found = next((self._by_key[key] for key in keys(service) if key in self._by_key), None)
        return None if found is None else self.services[found]


def keys(service: Service) -> Iterator[Key]:
    """What makes another service the same as this one."""
    yield "id", service.id
    name = plain_name(service.name)
    numbers = {number for phone in service.phones if (number := digits(phone.number))}
    for number in sorted(numbers):
        yield name, number
    if not numbers and service.url:
        yield name, re.sub(r"^https?://(www\.)?|/+$", "", service.url.lower())


@lru_cache(10_000)
def plain_name(name: str) -> str:
    """A name as it is compared: "The Women’s Center, Inc." is "women s center"."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"\w+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return " ".join(word for word in words if word not in _PASSED_OVER) or name


def differences(kept: Service, given: Service) -> tuple[str, ...]:
    """What two entries for one service say differently, of what a person should not be wrong about."""
    return tuple(
        f"{field}: {ours} here, {theirs} there"
        for field in ("status", "police_contact")
        if (ours := getattr(kept, field)) != (theirs := getattr(given, field)) and theirs != "unknown"
    )


def merged(kept: Service, given: Service) -> Service:
    """`kept` with what only `given` says; about the police the more careful of the two."""
    changes: dict[str, Any] = {
        field: tuple(dict.fromkeys((*getattr(kept, field), *getattr(given, field)))) for field in _LISTS
    }
    changes |= {
        field: value
        for field in kept.__fields__
        if getattr(kept, field) is None and (value := getattr(given, field)) is not None
    }
    if _CAUTION[given.police_contact] > _CAUTION[kept.police_contact]:
        changes |= {
            field: getattr(given, field) for field in ("police_contact", "police_contact_note", "police_contact_source")
        }
    changes["assured_date"] = max(kept.assured_date, given.assured_date)
    return kept.copy(update=changes)
