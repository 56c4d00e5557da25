"""The shape of `law/<CODE>.yml` of an overlay: some sections of the law of one place, each whole."""

from typing import Literal

from pydantic import Field

from actions.knowledge.law_records import (
    Condoms,
    Immunity,
    OfficerContact,
    OrdinaryRelief,
    SafeHarbor,
    TraffickingDefense,
)
from actions.knowledge.records import Checked, Record, Section


class OwnRelief(Record):
    """`records` of a law: clearing a record. `statute` is the one that the first four sections are about."""

    statute: str | None = None
    eligibility: Section | None = None
    process: Section | None = None
    cost_time: Section | None = None
    documents: Section | None = None
    ordinary: OrdinaryRelief | None = None


class OwnLaw(Checked):
    """Sections that replace Lantern's own of the same name; the others stay as Lantern has them."""

    code: str = Field(regex="^[A-Z]{2}$")
    name: str | None = None
    review: Literal["unreviewed"] = "unreviewed"
    immunity: Immunity | None = None
    safe_harbor: SafeHarbor | None = None
    trafficking_defense: TraffickingDefense | None = None
    condoms: Condoms | None = None
    officer_contact: OfficerContact | None = None
    records: OwnRelief = OwnRelief()

    def sections(self) -> dict[str, Section]:
        """The sections that are given, by their path in the file."""
        own = {name: getattr(self, name) for name in self.__fields__}
        relief = {f"records.{name}": getattr(self.records, name) for name in self.records.__fields__}
        return {path: part for path, part in {**own, **relief}.items() if isinstance(part, Section)}
