"""The tabular data package of HSDS 3: CSV tables joined by ids into the nested services that its JSON has."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from actions.directory.packages import Package
from actions.directory.problems import CannotRead, Problem, Problems
from actions.directory.tables import AT, TABLES, Row, rows

# What hangs on a service, by its own table: its name inside the service.
PARTS = {
    "phone": "phones",
    "schedule": "schedules",
    "service_area": "service_areas",
    "language": "languages",
    "cost_option": "cost_options",
    "required_document": "required_documents",
    "service_at_location": "service_at_locations",
}
# An entry's file by its name inside a service.
FILES = {name: TABLES[table].file for table, name in PARTS.items()} | {
    "organization": TABLES["organization"].file,
    "location": TABLES["location"].file,
    "locations": TABLES["location"].file,
    "addresses": TABLES["address"].file,
    "attributes": TABLES["attribute"].file,
    "taxonomy_term": TABLES["taxonomy_term"].file,
}
SHARED_MAX = 20
_DESCRIBED = ("service", "phone", "schedule", "service_area")  # whose attributes we read


def services(package: Package, problems: Problems) -> Iterator[tuple[int, Row]]:
    """(row of services.csv, service with everything nested in it) of a package.

    Adds to `problems` every row that is not in order, and every reference to a row that is not there (those to services
    at the end). Raises `CannotRead` where a file cannot be read on.
    """
    if not package.has(TABLES["service"].file):
        raise CannotRead(Problem(package.name, None, "", f"has no {TABLES['service'].file}"))
    tables = _Tables(package, problems)
    for service in rows(package, "service", problems):
        yield service[AT], tables.complete(service)
    tables.check_nothing_dangles()


class _Tables:
    """Every table but the services, by what its rows hang on. What has been used is let go."""

    def __init__(self, package: Package, problems: Problems) -> None:
        self._package, self._problems = package, problems
        self._attributes = self._read_attributes()
        self._organizations = self._read_organizations()
        self._locations = {location["id"]: location for location in rows(package, "location", problems)}
        for address in rows(package, "address", problems):
            if location := self._get(self._locations, "address", "location_id", address):
                location.setdefault("addresses", []).append(address)
        self._at: dict[str, Row] = {}
        self._parts: dict[tuple[str, str], list[Row]] = defaultdict(list)  # (name in the service, its id)
        for at in rows(package, "service_at_location", problems):
            if location := self._get(self._locations, "service_at_location", "location_id", at):
                at["location"] = location
            self._at[at["id"]] = at
            self._parts["service_at_locations", at["service_id"]].append(at)
        for table in ("phone", "schedule", "service_area", "language", "cost_option", "required_document"):
            self._hang(table)
        for location in self._locations.values():
            if owner := self._get(self._organizations, "location", "organization_id", location):
                _share(owner, "locations", location)

    def complete(self, service: Row) -> Row:
        """`service` with everything that hangs on it."""
        for name in PARTS.values():
            if parts := self._parts.pop((name, service["id"]), None):
                service[name] = parts
        if attributes := self._attributes.pop(("service", service["id"]), None):
            service["attributes"] = attributes
        if organization := self._get(self._organizations, "service", "organization_id", service):
            service["organization"] = organization
        return service

    def check_nothing_dangles(self) -> None:
        """Whatever still hangs on a service, when all have been read, hangs on none."""
        of = {name: table for table, name in PARTS.items()}
        for (name, service), parts in self._parts.items():
            for part in parts:
                self._dangles(of[name], "service_id", "service", part, service)
        for (entity, link), attributes in self._attributes.items():
            for attribute in attributes:
                self._dangles("attribute", "link_id", entity, attribute, link)

    def _hang(self, table: str) -> None:
        """Hangs the rows of `table` on the nearest thing each names: a service, or its place, or its organization."""
        name = PARTS[table]
        owners = {"service_at_location": self._at, "location": self._locations, "organization": self._organizations}
        for row in rows(self._package, table, self._problems):
            if attributes := self._attributes.pop((table, row["id"]), None):
                row["attributes"] = attributes
            if of := row.get("service_id"):
                self._parts[name, of].append(row)
            for column, kind in TABLES[table].points_to.items():
                if kind == "service" or column not in row:
                    continue
                owner = self._get(owners[kind], table, column, row)
                if owner is not None and not of:
                    _share(owner, name, row)
                    of = row[column]

    def _read_attributes(self) -> dict[tuple[str, str], list[Row]]:
        taxonomies = {row["id"]: row for row in rows(self._package, "taxonomy", self._problems)}
        terms = {row["id"]: row for row in rows(self._package, "taxonomy_term", self._problems)}
        for term in terms.values():  # whose taxonomy, and whose parents, the standard lets lie outside
            term.setdefault("taxonomy", taxonomies.get(term.get("taxonomy_id", ""), {}).get("name"))
        self._check_no_loops("taxonomy_term", "parent_id", terms)
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows(self._package, "attribute", self._problems):
            entity = row["link_entity"].lower().removesuffix("s")
            kept = {"id": row["id"], "value": row.get("value"), AT: row[AT]}
            if named := self._get(terms, "attribute", "taxonomy_term_id", row):
                kept["taxonomy_term"] = named
            if entity in _DESCRIBED:
                found[entity, row["link_id"]].append(kept)
        return found

    def _read_organizations(self) -> dict[str, Row]:
        organizations = {row["id"]: row for row in rows(self._package, "organization", self._problems)}
        for row in organizations.values():
            self._get(organizations, "organization", "parent_organization_id", row)
        self._check_no_loops("organization", "parent_organization_id", organizations)
        return organizations

    def _get(self, found: dict[str, Row], table: str, column: str, row: Row) -> Row | None:
        """What `row` points to in `column`; None where it points to nothing, which is a problem where it names it."""
        if column not in row:
            return None
        if row[column] not in found:
            self._dangles(table, column, TABLES[table].points_to[column], row, row[column])
            return None
        return found[row[column]]

    def _dangles(self, table: str, column: str, to: str, row: Row, name: str) -> None:
        problem = Problem(TABLES[table].file, row[AT], column, f"{name} is not an id in {TABLES[to].file}")
        self._problems.add(problem)

    def _check_no_loops(self, table: str, column: str, found: dict[str, Row]) -> None:
        parents = {name: row.get(column) for name, row in found.items()}
        for name in loops(parents):
            message = f"goes in a circle: {name} is above itself"
            self._problems.add(Problem(TABLES[table].file, found[name][AT], column, message))


def _share(owner: Row, name: str, part: Row) -> None:
    """Hangs `part` on something that many services share: only so many, or reading would never end."""
    parts = owner.setdefault(name, [])
    if len(parts) < SHARED_MAX:
        parts.append(part)


def loops(parents: dict[str, str | None]) -> set[str]:
    """Everything that is above itself, each thing's parent given."""
    checked: set[str] = set()
    circling: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in checked and at not in path:
            path[at] = None
            at = parents.get(at)
        if at in path:
            circling |= set(list(path)[list(path).index(at) :])
        checked |= path.keys()
    return circling


def file_and_row(service: Row, path: tuple[Any, ...], row: int) -> tuple[str, int, tuple[Any, ...]]:
    """(CSV file, row, rest of the path) of the row that holds what is at `path` of a service made of rows."""
    file, rest = TABLES["service"].file, path
    here: Any = service
    named = ""
    for n, step in enumerate(path):
        here = here[step] if isinstance(here, dict) and step in here or isinstance(here, list) else None
        named = step if isinstance(step, str) else named
        if isinstance(here, dict) and AT in here:
            file, row, rest = FILES[named], here[AT], path[n + 1 :]
    return file, row, rest
