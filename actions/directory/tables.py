"""The tables of HSDS 3 that we read and write, and one CSV of them read with every row checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from actions.directory.packages import Package
from actions.directory.problems import CannotRead, Problem, Problems
from actions.directory.text_files import csv_rows

Row = dict[str, Any]
ROWS_MAX = 3_000_000  # of one table; 50,000 services of ours have 800,000 attributes
AT = "_row"  # the row of a CSV that an object came from
_NUMBERS = frozenset({"amount", "extension", "interval", "maximum_age", "minimum_age", "timezone"})


@dataclass(frozen=True)
class Table:
    """One table: its file, the columns we read and write, and which others its rows point to (column -> table)."""

    file: str
    columns: tuple[str, ...]
    points_to: dict[str, str]
    demanded: tuple[str, ...] = ("id",)


TABLES = {
    "organization": Table(
        "organizations.csv",
        ("id", "name", "description", "email", "website", "parent_organization_id"),
        {"parent_organization_id": "organization"},
    ),
    "service": Table(
        "services.csv",
        (
            *("id", "organization_id", "name", "description", "url", "email", "status", "interpretation_services"),
            *("fees_description", "eligibility_description", "minimum_age", "maximum_age", "assured_date", "alert"),
            "last_modified",
        ),
        {"organization_id": "organization"},
        ("id", "organization_id"),
    ),
    "phone": Table(
        "phones.csv",
        (
            *("id", "location_id", "service_id", "organization_id", "service_at_location_id", "number", "extension"),
            *("type", "description"),
        ),
        {
            "service_id": "service",
            "service_at_location_id": "service_at_location",
            "location_id": "location",
            "organization_id": "organization",
        },
    ),
    "schedule": Table(
        "schedules.csv",
        (
            *("id", "service_id", "location_id", "service_at_location_id", "valid_from", "valid_to", "timezone"),
            *("freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "opens_at", "closes_at"),
            "description",
        ),
        {"service_id": "service", "service_at_location_id": "service_at_location", "location_id": "location"},
    ),
    "service_area": Table("service_areas.csv", ("id", "service_id", "name", "description"), {"service_id": "service"}),
    "language": Table("languages.csv", ("id", "service_id", "name", "code"), {"service_id": "service"}),
    "cost_option": Table(
        "cost_options.csv",
        ("id", "service_id", "option", "currency", "amount", "amount_description"),
        {"service_id": "service"},
    ),
    "required_document": Table("required_documents.csv", ("id", "service_id", "document"), {"service_id": "service"}),
    "location": Table("locations.csv", ("id", "organization_id", "location_type"), {"organization_id": "organization"}),
    "address": Table(
        "addresses.csv",
        (*("id", "location_id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),),
        {"location_id": "location"},
    ),
    "service_at_location": Table(
        "service_at_location.csv",
        ("id", "service_id", "location_id"),
        {"service_id": "service", "location_id": "location"},
        ("id", "service_id", "location_id"),
    ),
    "taxonomy": Table("taxonomies.csv", ("id", "name", "description"), {}),
    "taxonomy_term": Table(
        "taxonomy_terms.csv",
        ("id", "code", "name", "description", "parent_id", "taxonomy", "taxonomy_id"),
        {},
    ),
    "attribute": Table(
        "attributes.csv",
        ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value"),
        {"taxonomy_term_id": "taxonomy_term"},
        ("id", "link_id", "link_entity"),
    ),
}


def rows(package: Package, table: str, problems: Problems) -> Iterator[Row]:
    """The rows of one table, as far as they are in order: only the columns we read, only the cells that say something.

    A table that is not there has none. Adds to `problems`; raises `CannotRead` where it cannot go on.
    """
    known = TABLES[table]
    if not package.has(known.file):
        return
    seen: set[str] = set()
    with package.open(known.file) as file:
        lines = csv_rows(file, known.file)
        _, names = next(lines, (1, []))
        columns = _columns(known, names)
        for number, cells in lines:
            if number > ROWS_MAX:
                raise CannotRead(Problem(known.file, number, "", f"has more than {ROWS_MAX:,} rows"))
            if len(cells) > len(names):
                problems.add(Problem(known.file, number, "", f"has {len(cells)} cells for {len(names)} columns"))
                continue
            row: Row = {name: text for at, name in columns if at < len(cells) and (text := cells[at].strip())}
            missing = [name for name in known.demanded if name not in row]
            for name in missing:
                problems.add(Problem(known.file, number, name, "is missing"))
            if missing:
                continue
            if table != "attribute":  # the longest by far, and nothing points to one
                if row["id"] in seen:
                    problems.add(Problem(known.file, number, "id", f"{row['id']} was there before"))
                    continue
                seen.add(row["id"])
            for name in _NUMBERS & row.keys():
                row[name] = _number(row[name])
            row[AT] = number
            yield row


def _columns(table: Table, names: list[str]) -> list[tuple[int, str]]:
    """(position, name) of the columns we read."""
    plain = [name.strip().lower() for name in names]
    if not any(plain):
        raise CannotRead(Problem(table.file, None, "", "is empty: its first row must be the names of its columns"))
    twice = {name for name in plain if name and plain.count(name) > 1}
    if twice:
        raise CannotRead(Problem(table.file, 1, "", f"has the column {', '.join(sorted(twice))} twice"))
    missing = [name for name in table.demanded if name not in plain]
    if missing:
        raise CannotRead(Problem(table.file, 1, "", f"has no column {', '.join(missing)}"))
    return [(at, name) for at, name in enumerate(plain) if name in table.columns]


def _number(text: str) -> float | str:
    """A number, so that a JSON Schema finds one; whatever else it is (007, nan), for an error that quotes it."""
    if not re.fullmatch(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?", text):
        return text
    return float(text) if "." in text else int(text)
