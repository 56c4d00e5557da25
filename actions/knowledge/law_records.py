"""The shape of the law: `data/law/<CODE>.yml`, one file a jurisdiction, a section for each question people ask."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, validator

from actions.knowledge.records import Checked, Record, Section

YesNo = Literal["yes", "no", "unknown"]


class Finding(Record):
    """One field of the law as found, for the page a lawyer reads; `unknown` needs no source, anything else does."""

    value: str = Field(alias="is", min_length=2)
    sources: tuple[str, ...] = Field((), alias="from")

    @validator("sources", always=True)
    def _sourced(cls, value: tuple[str, ...], values: dict[str, str]) -> tuple[str, ...]:
        if not value and not values.get("value", "unknown").startswith("unknown"):
            raise ValueError("needs at least one source, or `is: unknown`")
        return value


class Place(Record):
    """Where something starts: a court's page, a form, a group that helps free."""

    name: str
    url: str | None = None
    phone: str | None = None
    note: str | None = None


class Immunity(Section):
    """Does this jurisdiction protect a person in the sex trades who reports a crime?"""

    status: Literal["immunity", "partial", "evidence_only", "affirmative_defense_only", "none_found", "unknown"]
    statute: str
    effective: str | None = None
    protects_from: tuple[Literal["arrest", "charge", "prosecution", "evidence_use", "conviction"], ...] = ()
    who: tuple[str, ...] = ()
    crimes_reported: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()


class SafeHarbor(Section):
    """Can a person under 18 be charged with selling sex here? (Laws call it safe harbor.)"""

    status: Literal["immunity", "diversion", "defense", "partial", "none_found", "unknown"]
    statute: str
    under_age: int | None = None  # the law holds below this age


class TraffickingDefense(Section):
    """Can having been trafficked be raised in court against a charge?"""

    status: Literal["defense", "partial", "none_found", "unknown"]
    statute: str
    offences: tuple[str, ...] = ()


class Condoms(Section):
    """May condoms be used as proof of selling sex?"""

    status: Literal["barred", "partly_barred", "none_found", "unknown"]
    statute: str


class OfficerContact(Section):
    """Is sexual contact between an officer and a person they stop, hold or investigate a crime here?"""

    status: Literal["crime", "crime_in_custody_only", "unclear", "none_found", "unknown"]
    statute: str


class OrdinaryRelief(Section):
    """Clearing a record without saying anything about trafficking: sealing, expungement, clean slate."""

    status: Literal["available", "limited", "none_found", "unknown"]
    kinds: tuple[str, ...] = ()
    statute: str
    start: tuple[Place, ...] = ()  # court self-help page, form, legal aid


class ReliefDetails(Record):
    """Record relief for people who were trafficked, field by field."""

    arrests: YesNo = "unknown"
    convictions: YesNo = "unknown"
    juvenile: YesNo = "unknown"
    offences: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    must_show: Finding
    standard_of_proof: Finding
    official_document: Finding  # must there be one?
    waiting_period: Finding
    fee: Finding
    deadline: Finding
    prosecutor_consent: Finding
    hearing: Finding
    file_with: Finding
    form: Finding
    confidentiality: Finding
    helpers: tuple[Place, ...] = ()  # who helps free

    def findings(self) -> dict[str, Finding]:
        """Every finding by the name of its field."""
        return {name: value for name in self.__fields__ if isinstance(value := getattr(self, name), Finding)}


class RecordRelief(Record):
    """How a record can be cleared here: one section for each question people ask."""

    status: Literal["adults_and_minors", "minors_only", "none_found", "federal_enacted", "unknown"]
    kinds: tuple[str, ...] = ()
    statute: str
    eligibility: Section
    process: Section
    cost_time: Section
    documents: Section
    ordinary: OrdinaryRelief
    details: ReliefDetails


class Law(Checked):
    """`data/law/<CODE>.yml`: the law of one jurisdiction (postal code; `US` is federal law).

    `review` holds for the sections that have none of their own. Nobody signs a whole file at once.
    """

    code: str = Field(regex="^[A-Z]{2}$")
    name: str
    review: Literal["unreviewed"] = "unreviewed"
    immunity: Immunity
    safe_harbor: SafeHarbor
    trafficking_defense: TraffickingDefense
    condoms: Condoms
    officer_contact: OfficerContact
    records: RecordRelief

    def sections(self) -> dict[str, Section]:
        """Every section by its path in the file; one that is hidden (see `control.py`) is not among them."""
        own = ("immunity", "safe_harbor", "trafficking_defense", "condoms", "officer_contact")
        relief = ("eligibility", "process", "cost_time", "documents", "ordinary")
        parts = {name: getattr(self, name) for name in own}
        parts |= {f"records.{name}": getattr(self.records, name) for name in relief}
        return {path: part for path, part in parts.items() if part is not None}

    def with_sections(self, parts: Mapping[str, Section | None]) -> "Law":
        """This law with `parts`, by path, in the place of its own; None hides one."""
        relief = {path.removeprefix("records."): part for path, part in parts.items() if path.startswith("records.")}
        own = {path: part for path, part in parts.items() if "." not in path}
        return self.copy(update={**own, "records": self.records.copy(update=relief)})

    def statute(self, path: str) -> str:
        """The statute that the section at `path` is about."""
        section = self.sections()[path]
        return str(getattr(section, "statute", self.records.statute))
