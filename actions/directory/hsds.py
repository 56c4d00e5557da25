"""The objects of the Human Services Data Specification (Open Referral HSDS 3) that we read.

Names and meanings of fields are the standard's; its other fields are passed over. Where the standard demands a field
that nothing here needs (`address_1`), it may be missing. https://docs.openreferral.org; an operator who has its
official JSON Schema can hold a file to it as well (`--schema`).
"""

import datetime as dt
from typing import Literal

from pydantic import Field, validator

from actions.directory.hsds_objects import Described, Hsds, Repeated
from actions.directory.taxonomy import state_of
from actions.directory.values import EMAIL, checked, clock_or_none, date, phone_number, web_address

NAME_MAX = 300
_AT_HOME = frozenset({"US", "PR", "GU", "VI", "AS", "MP"})  # as countries; CA is Canada there, and DE Germany


class Phone(Described):
    """phone."""

    number: str
    extension: str | None
    type: str | None
    description: str | None

    _is_number = checked("number", by=phone_number)


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

    _dates = checked("valid_from", "valid_to", by=date, pre=True)
    _clocks = checked("opens_at", "closes_at", by=clock_or_none)


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

    addresses: list[Address] = Field([])
    phones: list[Phone] = Field([])
    schedules: list[Schedule] = Field([])


class ServiceAtLocation(Hsds):
    """service_at_location."""

    location: Location | None
    phones: list[Phone] = Field([])
    schedules: list[Schedule] = Field([])


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
    phones: list[Phone] = Field([])
    locations: list[Location] = Field([])

    _addresses = checked("website", by=web_address)


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
    phones: list[Phone] = Field([])
    schedules: list[Schedule] = Field([])
    service_areas: list[ServiceArea] = Field([])
    service_at_locations: list[ServiceAtLocation] = Field([])
    languages: list[Language] = Field([])
    cost_options: list[CostOption] = Field([])
    required_documents: list[RequiredDocument] = Field([])

    _addresses = checked("url", by=web_address)
    _dates = checked("assured_date", "last_modified", by=date, pre=True)

    @validator("name")
    def _named(cls, value: str) -> str:
        if not value or len(value) > NAME_MAX:
            raise ValueError(f"is longer than {NAME_MAX} characters" if value else "is missing")
        return value

    @validator("email")
    def _is_email(cls, value: str | None) -> str | None:
        if value and not EMAIL.fullmatch(value):
            raise ValueError("is not an e-mail address")
        return value or None
