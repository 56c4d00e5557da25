"""Somebody's directory, small, in each form; tests change one thing of it."""

import csv
import datetime as dt
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

from actions.directory.from_hsds import Defaults
from actions.directory.importing import Imported, read_directory
from actions.directory.problems import NotImported, Problem
from actions.knowledge.service_records import Service

TODAY = dt.date(2026, 11, 25)
DEFAULTS = Defaults(TODAY)


def uid(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def hsds(name: str = "Night Shelter", **changes: Any) -> dict[str, Any]:
    """A service as a 211 would give it."""
    given: dict[str, Any] = {
        "id": uid(name),
        "name": name,
        "status": "active",
        "description": "Beds for the night.",
        "url": "https://shelter.example.org",
        "assured_date": "2026-10-01",
        "organization": {"id": uid("org"), "name": "Harbor House", "description": "A charity"},
        "phones": [{"id": uid(f"{name} phone"), "number": "(503) 555-0100", "type": "voice"}],
        "service_at_locations": [
            {
                "id": uid(f"{name} at"),
                "location": {
                    "id": uid(f"{name} location"),
                    "location_type": "physical",
                    "addresses": [
                        {
                            "id": uid(f"{name} address"),
                            "address_1": "1 Main St",
                            "city": "Portland",
                            "state_province": "Oregon",
                            "postal_code": "97205-1234",
                            "country": "US",
                            "address_type": "physical",
                        }
                    ],
                },
            }
        ],
        "attributes": [
            {"id": uid(f"{name} attribute"), "taxonomy_term": {"id": uid("term"), "name": "Emergency Shelter"}}
        ],
    }
    return {name: value for name, value in {**given, **changes}.items() if value is not ...}


def service(name: str = "a-shelter", /, **changes: Any) -> Service:
    """A service of ours."""
    given: dict[str, Any] = {
        "id": name,
        "name": name.replace("-", " "),
        "description": "Beds for the night.",
        "status": "active",
        "needs": ("emergency_shelter",),
        "service_areas": ({"state": "OR"},),
        "phones": ({"number": "503-555-0100"},),
        "police_contact": "never_without_consent",
        "police_contact_note": "It asks you first.",
        "assured_date": "2026-11-20",
        "confidence": "high",
        "sources": ({"title": "Its page", "url": "https://shelter.example.org/police"},),
    }
    return Service(**{**given, **changes})


def tables() -> dict[str, list[dict[str, str]]]:
    """The same service as `hsds`, as tables."""
    return {
        "organizations": [
            {"id": "o1", "name": "Harbor House", "description": "A charity", "parent_organization_id": ""}
        ],
        "services": [
            {
                "id": "s1",
                "organization_id": "o1",
                "name": "Night Shelter",
                "status": "active",
                "description": "Beds for the night.",
                "url": "https://shelter.example.org",
                "assured_date": "2026-10-01",
            }
        ],
        "phones": [{"id": "p1", "service_id": "s1", "number": "(503) 555-0100", "type": "voice"}],
        "locations": [{"id": "l1", "location_type": "physical"}],
        "addresses": [
            {"id": "a1", "location_id": "l1", "city": "Portland", "state_province": "OR", "postal_code": "97205"}
        ],
        "service_at_location": [{"id": "sl1", "service_id": "s1", "location_id": "l1"}],
        "taxonomy_terms": [{"id": "t1", "code": "BH-1800", "name": "Emergency Shelter", "description": "Beds"}],
        "attributes": [{"id": "x1", "link_id": "s1", "link_entity": "service", "taxonomy_term_id": "t1", "value": ""}],
    }


def altered(table: str, **cells: str) -> dict[str, list[dict[str, str]]]:
    """The tables, with `cells` in the first row of one of them otherwise."""
    given = tables()
    given[table][0] |= cells
    return given


def write_folder(folder: Path, given: dict[str, list[dict[str, str]]]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in given.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_zip(file: Path, folder: Path) -> Path:
    with zipfile.ZipFile(file, "w") as package:
        for each in folder.iterdir():
            package.write(each, each.name)
    return file


def write_json(file: Path, *services: Any) -> Path:
    file.write_text(json.dumps(list(services)), encoding="utf-8")
    return file


def read(path: Path, **options: Any) -> Imported:
    return read_directory(path, options.pop("defaults", DEFAULTS), **options)


def problems(path: Path, **options: Any) -> list[Problem]:
    """What is wrong with the directory at `path`; it must be wrong."""
    try:
        read(path, **options)
    except NotImported as error:
        return list(error.problems)
    raise AssertionError(f"{path} was imported")


def only(path: Path, **options: Any) -> Problem:
    found = problems(path, **options)
    assert len(found) == 1, found
    return found[0]
