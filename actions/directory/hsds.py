"""The objects of the Human Services Data Specification (Open Referral HSDS 3) that we read, and their values.

Names and meanings of fields are the standard's; its other fields are passed over. Where the standard demands a field
that nothing here needs (`address_1`), it may be missing. https://docs.openreferral.org; an operator who has its
official JSON Schema can hold a file to it as well (`--schema`).
"""

import datetime as dt
import re
from collections.abc import Callable, Generator
from functools import cache, cached_property, lru_cache
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel, Field, validator

from actions.directory.numbers import digits
from actions.directory.taxonomy import state_of

TEXT_MAX = 20_000  # characters of one field
NAME_MAX = 300
ID_MAX = 200
LANTERN = uuid5(NAMESPACE_URL, "https://lantern.invalid/directory")  # .invalid: only a name, never an address
# Taxonomies of ours, one for each field whose values are terms; what is only text has its field's name as its term.
TERMS = {field: f"Lantern {field}" for field in ("needs", "populations", "stance", "police_contact", "confidence")}
FIELDS = "Lantern fields"
_AT_HOME = frozenset({"US", "PR", "GU", "VI", "AS", "MP"})  # as countries; CA is Canada there, and DE Germany
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)


def identifier(*names: str) -> str:
    """The UUID of something of ours: the same names always give the same one."""
    return str(uuid5(LANTERN, "\x1f".join(names)))


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID, written the usual way."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


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


def _number(value: str) -> str:
    if digits(value) is None:
        raise ValueError("is not a phone number")
    return value


def _date(value: object) -> dt.date | None:
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


def _clock(value: str | None) -> str | None:
    if value:
        clock(value)
    return value or None


def _checked(*fields: str, by: Any, pre: bool = False) -> Any:
    return validator(*fields, allow_reuse=True, pre=pre)(by)


class Hsds(BaseModel):
    """Base of what is read. `id` is demanded of every object."""

    id: str

    class Config:
        """pydantic's settings."""

        extra = "ignore"
        anystr_strip_whitespace = True
        max_anystr_length = TEXT_MAX
        keep_untouched = (cached_property,)

    @validator("id")
    def _is_one(cls, value: object) -> str:
        if not isinstance(value, str) or not value:
            raise ValueError("is missing")
        if len(value) > ID_MAX or not value.isprintable():
            raise ValueError(f"is not an identifier (printable, at most {ID_MAX} characters)")
        return value


class Repeated(Hsds):
    """What many services have the same of, but for its id: it is checked once."""

    class Config(Hsds.Config):
        """pydantic's settings."""

        copy_on_model_validation = "none"

    @classmethod
    def __get_validators__(cls) -> Generator[Callable[..., Any], None, None]:
        yield cls._once

    @classmethod
    def _once(cls, given: object) -> Any:
        if isinstance(given, dict):
            try:
                cls._is_one(given.get("id"))
                return _checked_once(cls, *map(given.get, _but_id(cls)))
            except (TypeError, ValueError):  # something in it cannot be, or is a list: it is checked by itself
                pass
        return cls.validate(given)


@lru_cache(50_000)
def _checked_once(kind: type[Repeated], *values: object) -> Repeated:
    given = zip(_but_id(kind), values, strict=True)
    return kind(id="of many", **{name: value for name, value in given if value is not None})


@cache
def _but_id(kind: type[Repeated]) -> tuple[str, ...]:
    return tuple(name for name in kind.__fields__ if name != "id")


class Term(Repeated):
    """taxonomy_term: a word of somebody's taxonomy."""

    code: str | None
    name: str = ""
    taxonomy: str | None


class Attribute(Hsds):
    """attribute: says of an object that a term holds for it, or a value."""

    value: str | None
    taxonomy_term: Term | None

    class Config(Hsds.Config):
        """pydantic's settings."""

        copy_on_model_validation = "none"

    @classmethod
    def __get_validators__(cls) -> Generator[Callable[..., Any], None, None]:
        yield cls._quickly

    @classmethod
    def _quickly(cls, given: object) -> Any:
        """The usual kind without pydantic, which takes its time: a service can have dozens."""
        if isinstance(given, dict) and isinstance(given.get("id"), str):
            value, term = given.get("value"), given.get("taxonomy_term")
            if isinstance(value, str | None) and len(value or "") <= TEXT_MAX:
                try:
                    own, known = cls._is_one(given["id"]), None if term is None else Term._once(term)
                    return cls.construct(id=own, value=value and value.strip(), taxonomy_term=known)
                except ValueError:  # which is raised again below
                    pass
        return cls.validate(given)


class Described(Hsds):
    """Anything that has attributes."""

    attributes: list[Attribute] = []

    @cached_property
    def ours(self) -> dict[str, list[str]]:
        """What our own attributes say, by field."""
        said: dict[str, list[str]] = {}
        for attribute in self.attributes:
            term = attribute.taxonomy_term
            if term and term.taxonomy == FIELDS and term.code and attribute.value:
                said.setdefault(term.code, []).append(attribute.value)
        return said

    def first(self, field: str) -> str | None:
        """The first value that our own attributes give for `field`."""
        return self.ours[field][0] if field in self.ours else None


class Phone(Described):
    """phone."""

    number: str
    extension: str | None
    type: str | None
    description: str | None

    _is_number = _checked("number", by=_number)


class Language(Repeated):
    """language."""

    name: str | None
    code: str | None


class Schedule(Repeated, Described):
    """schedule: an iCal rule in columns."""

    valid_from: dt.date | None
    valid_to: dt.date | None
    timezone: float | None = Field(None, ge=-24, le=24)
    freq: str | None
    interval: int | None = Field(None, ge=0, le=1_000)
    byday: str | None
    byweekno: str | None
    bymonthday: str | None
    byyearday: str | None
    opens_at: str | None
    closes_at: str | None
    description: str | None

    _dates = _checked("valid_from", "valid_to", by=_date, pre=True)
    _clocks = _checked("opens_at", "closes_at", by=_clock)


class ServiceArea(Described):
    """service_area."""

    name: str | None
    description: str | None


class Address(Hsds):
    """address."""

    city: str | None
    state_province: str | None
    postal_code: str | None
    country: str | None
    address_type: str | None

    @property
    def abroad(self) -> bool:
        """Whether it says a country that is not the United States or one of its territories."""
        return bool(self.country and state_of(self.country) not in _AT_HOME)


class Location(Hsds):
    """location."""

    addresses: list[Address] = []
    phones: list[Phone] = []
    schedules: list[Schedule] = []


class ServiceAtLocation(Hsds):
    """service_at_location."""

    location: Location | None
    phones: list[Phone] = []
    schedules: list[Schedule] = []


class CostOption(Hsds):
    """cost_option."""

    option: str | None
    currency: str | None
    amount: float | None = Field(None, ge=0, le=1_000_000)
    amount_description: str | None


class RequiredDocument(Hsds):
    """required_document."""

    document: str | None


class Organization(Hsds):
    """organization."""

    name: str
    description: str | None
    website: str | None
    parent_organization_id: str | None
    phones: list[Phone] = []
    locations: list[Location] = []

    _addresses = _checked("website", by=web_address)


class HsdsService(Described):
    """service, with everything nested in it."""

    name: str
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    description: str | None
    url: str | None
    email: str | None
    alert: str | None
    interpretation_services: str | None
    fees_description: str | None
    eligibility_description: str | None
    minimum_age: float | None = Field(None, ge=0, le=200)
    maximum_age: float | None = Field(None, ge=0, le=200)
    assured_date: dt.date | None
    last_modified: dt.date | None
    organization: Organization | None
    phones: list[Phone] = []
    schedules: list[Schedule] = []
    service_areas: list[ServiceArea] = []
    service_at_locations: list[ServiceAtLocation] = []
    languages: list[Language] = []
    cost_options: list[CostOption] = []
    required_documents: list[RequiredDocument] = []

    _addresses = _checked("url", by=web_address)
    _dates = _checked("assured_date", "last_modified", by=_date, pre=True)

    @validator("name")
    def _named(cls, value: str) -> str:
        if not value or len(value) > NAME_MAX:
            raise ValueError(f"is longer than {NAME_MAX} characters" if value else "is missing")
        return value

    @validator("email")
    def _is_email(cls, value: str | None) -> str | None:
        if value and not _EMAIL.fullmatch(value):
            raise ValueError("is not an e-mail address")
        return value or None
