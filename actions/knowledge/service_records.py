"""The shape of services: `data/services/<CODE>.yml`. Field names follow Open Referral HSDS 3 where it has one.

Ours: `needs`, `populations`, `stance`, `keyword`, `chat_url`, what a service does about the police, what it may ask,
and what need not be told.
"""

import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, validator

from actions.knowledge.records import Confidence, Record, Review, Source, _at_least_one

PoliceContact = Literal[
    "never_without_consent", "only_if_imminent_danger", "may_report_minors", "unknown", "involves_police"
]
Stance = Literal["sex_worker_led", "survivor_led", "general", "trafficking_focused", "faith_based", "exit_program"]
Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAYS: tuple[Day, ...] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FEDERAL = "US"


class Phone(Record):
    """A number to call or text. `keyword` is what to text to it; `description` says who answers it."""

    number: str
    type: Literal["voice", "sms", "tty", "video", "whatsapp"] = "voice"
    keyword: str | None = None
    description: str | None = None


class Schedule(Record):
    """Open on `byday` from `opens_at` to `closes_at`, by the clock of `timezone`; 00:00 to 24:00 is all day."""

    byday: tuple[Day, ...] = DAYS
    opens_at: str = Field("00:00", regex=r"^([01]\d|2[0-4]):[0-5]\d$")
    closes_at: str = Field("24:00", regex=r"^([01]\d|2[0-4]):[0-5]\d$")
    timezone: str = "America/New_York"

    @validator("timezone")
    def _known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError):
            raise ValueError("is not a time zone of the IANA list (America/Chicago)") from None
        return value


class ServiceArea(Record):
    """Where people are served: a state (`US`: everywhere), or only some counties or cities of it."""

    state: str = Field(regex="^[A-Z]{2}$")
    counties: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()


class Location(Record):
    """The town a service is in; never the address of a shelter."""

    city: str
    state: str = Field(regex="^[A-Z]{2}$")
    postal_code: str | None = Field(None, regex=r"^\d{5}$")


class Service(Record):
    """One service.

    Attributes:
        description: what it does, one line, in our words.
        status: `active` ones are shown; the others are kept with `status_note` saying why they are not.
        schedules: when somebody answers; `hours` says it where it cannot be put so.
        police_contact_note: what it does about the police, one or two sentences, shown before its number.
        assured_date: when its entry was last checked against its sources.
    """

    id: str
    name: str
    description: str
    organization: str | None = None
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    status_note: str | None = None
    needs: tuple[str, ...]
    populations: tuple[str, ...] = ()
    service_areas: tuple[ServiceArea, ...]
    locations: tuple[Location, ...] = ()
    stance: Stance = "general"
    phones: tuple[Phone, ...] = ()
    chat_url: str | None = None
    url: str | None = None
    email: str | None = None
    schedules: tuple[Schedule, ...] = ()
    hours: str | None = None
    languages: tuple[str, ...] = ()
    interpretation_services: str | None = None
    fees_description: str | None = None
    eligibility_description: str | None = None
    anonymous: Literal["yes", "no", "unknown"] = "unknown"
    confidential: Literal["yes", "no", "unknown"] = "unknown"
    may_ask: str | None = None
    need_not_tell: str | None = None
    police_contact: PoliceContact
    police_contact_note: str
    police_contact_source: str | None = None  # url of one of `sources`; none where nothing was found
    assured_date: dt.date
    confidence: Confidence
    review: Review = "unreviewed"
    sources: tuple[Source, ...]

    _meets_needs = _at_least_one("needs")
    _serves_places = _at_least_one("service_areas")
    _sourced = _at_least_one("sources")

    @validator("status_note", always=True)
    def _says_why(cls, value: str | None, values: dict[str, object]) -> str | None:
        if values.get("status", "active") != "active" and not value:
            raise ValueError("says why a service that is not active is not shown")
        return value

    @property
    def states(self) -> frozenset[str]:
        """Postal codes of the states it serves; `US` for everywhere."""
        return frozenset(area.state for area in self.service_areas)

    @property
    def voice(self) -> Phone | None:
        """The number to call."""
        return next((phone for phone in self.phones if phone.type == "voice"), None)

    @property
    def text(self) -> Phone | None:
        """The number to text."""
        return next((phone for phone in self.phones if phone.type == "sms"), None)

    @property
    def reachable(self) -> bool:
        """There is some way to reach it."""
        return bool(self.voice or self.text or self.chat_url or self.url or self.email)


class Services(Record):
    """`data/services/<CODE>.yml`: the services listed for one jurisdiction (`US`: they serve every place)."""

    services: tuple[Service, ...]


class Need(Record):
    """How one need is found among the services' own words for needs.

    Attributes:
        tags: any of them meets it; what comes nearest to it first.
        prefer: what comes nearer than any of those.
        also: what may help besides, and stands after them.
    """

    tags: tuple[str, ...]
    lead: str
    prefer: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    _meets_something = _at_least_one("tags")


class Needs(Record):
    """`data/services/needs.yml`. `always`: ids of lines named wherever an answer is switched off or not reviewed."""

    needs: dict[str, Need]
    always: tuple[str, ...] = ()
