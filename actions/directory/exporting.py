"""Writes services out as HSDS 3: a JSON list, JSON lines, or the tabular data package (a folder or .zip of CSV tables).

Everything is written beside its place first, and then moved there.
"""

import csv
import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from actions.directory.naming import identifier
from actions.directory.tables import TABLES, Row
from actions.directory.tabular import PARTS
from actions.directory.to_hsds import Object, dumped, to_hsds
from actions.knowledge.service_records import Service

_TYPES = {
    **dict.fromkeys(("amount", "extension", "interval", "maximum_age", "minimum_age", "timezone"), "number"),
    **dict.fromkeys(("assured_date", "valid_from", "valid_to"), "date"),
    "last_modified": "datetime",
}


def write_json(path: Path, services: Iterable[Service]) -> None:
    """A list of services; one service a line where `path` ends in .jsonl."""
    lines = path.suffix.lower() in (".jsonl", ".ndjson")
    draft = _draft(path)
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write("" if lines else "[")
            for n, service in enumerate(services):
                file.write(f"{dumped(service)}\n" if lines else f"{',' if n else ''}\n{dumped(service)}")
            file.write("" if lines else "\n]\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_tables(path: Path, services: Iterable[Service]) -> None:
    """A folder of CSV tables and their datapackage.json; all of it in one file where `path` ends in .zip."""
    draft = _draft(path)
    draft.mkdir()
    try:
        _write_folder(draft, services)
        if path.suffix.lower() == ".zip":
            packed = draft / path.name
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
                for file in sorted(draft.iterdir()):
                    if file != packed:
                        package.write(file, file.name)
            packed.replace(path)
        else:
            path.mkdir(exist_ok=True)
            for file in draft.iterdir():
                file.replace(path / file.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def rows(service: Object) -> Iterator[tuple[str, Row]]:
    """(table, row) of everything in a service of `to_hsds`. What services share comes again with each."""
    organization = service["organization"]
    yield "organization", organization
    yield "service", {**service, "organization_id": organization["id"]}
    yield from _attributes("service", service)
    for table, name in PARTS.items():
        for part in service.get(name, ()):
            row = {**part, "service_id": service["id"]}
            if location := part.get("location"):
                row["location_id"] = location["id"]
                yield "location", location
                for address in location["addresses"]:
                    yield "address", {**address, "location_id": location["id"]}
            yield table, row
            yield from _attributes(table, part)


def _attributes(entity: str, of: Object) -> Iterator[tuple[str, Row]]:
    for attribute in of.get("attributes", ()):
        term = attribute["taxonomy_term"]
        taxonomy = identifier("taxonomy", term["taxonomy"])
        yield "taxonomy", {"id": taxonomy, "name": term["taxonomy"], "description": term["taxonomy"]}
        yield "taxonomy_term", {**term, "taxonomy_id": taxonomy}
        link = {"link_id": of["id"], "link_entity": entity, "taxonomy_term_id": term["id"]}
        yield "attribute", {**attribute, **link}


def _write_folder(folder: Path, services: Iterable[Service]) -> None:
    shared: set[tuple[str, str]] = set()
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for name, table in TABLES.items():
            file = stack.enter_context((folder / table.file).open("w", encoding="utf-8", newline=""))
            writers[name] = csv.DictWriter(file, table.columns, extrasaction="ignore", lineterminator="\r\n")
            writers[name].writeheader()
        for service in services:
            for name, row in rows(to_hsds(service)):
                if name in ("organization", "taxonomy", "taxonomy_term"):
                    if (name, row["id"]) in shared:
                        continue
                    shared.add((name, row["id"]))
                writers[name].writerow(row)
    (folder / "datapackage.json").write_text(json.dumps(_package(), indent=2) + "\n", encoding="utf-8")


def _package() -> Object:
    resources = [
        {
            "name": name,
            "path": table.file,
            "profile": "tabular-data-resource",
            "format": "csv",
            "encoding": "utf-8",
            "schema": {
                "primaryKey": "id",
                "fields": [{"name": column, "type": _TYPES.get(column, "string")} for column in table.columns],
                "foreignKeys": [
                    {"fields": column, "reference": {"resource": "" if to == name else to, "fields": "id"}}
                    for column, to in table.points_to.items()
                ],
            },
        }
        for name, table in TABLES.items()
    ]
    return {"name": "lantern-directory", "profile": "tabular-data-package", "resources": resources}


def _draft(path: Path) -> Path:
    return path.with_name(f"{path.name}.{os.getpid()}.new")
