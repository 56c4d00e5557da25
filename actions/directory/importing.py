"""Reads somebody's directory whole, and only then says what the new directory would be.

Every row is checked before anything is kept, and every problem is told with file, row and field. Services that are in
order but not for us are left out, and those we have already are merged; the result says which and why.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from actions.directory import reading
from actions.directory.collecting import no_collecting
from actions.directory.duplicates import Index, Merge, differences, merged
from actions.directory.from_hsds import Defaults, LeftOut, from_hsds
from actions.directory.hsds import HsdsService
from actions.directory.problems import CannotRead, NotImported, Problem, Problems, Wrong
from actions.directory.reading import Given
from actions.directory.schema import Schema
from actions.directory.tabular import loops
from actions.knowledge.service_records import Service


@dataclass
class Imported:
    """A directory that was read, and is in order.

    Attributes:
        services: what the directory would be.
        read: how many services were in it.
        left_out: those that are not for us, and why.
        merged: those that are one with another, and which.
        replaced: ids of the old directory's services that it has anew.
        unmapped: terms of its taxonomies that we have no word for, and how often.
    """

    services: list[Service] = field(default_factory=list)
    read: int = 0
    left_out: list[Problem] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unmapped: Counter[str] = field(default_factory=Counter)


def read_directory(
    path: Path,
    defaults: Defaults,
    *,
    built_in: Iterable[Service] = (),
    keep: Iterable[Service] = (),
    schema: Schema | None = None,
) -> Imported:
    """The directory at `path` (see `reading.py`), checked.

    Args:
        path: what to read.
        defaults: what holds where a service does not say it.
        built_in: Lantern's own services; those of `path` that are one of them go into them.
        keep: services that stay in it, unless `path` has them anew.
        schema: what each service must fit as well.

    Raises:
        NotImported: something in it is not in order. Nothing was changed anywhere.
    """
    problems, result = Problems(), Imported()
    found: list[Service] = []
    try:
        with no_collecting():
            found.extend(_services(reading.read(path, problems), defaults, problems, result, schema))
    except CannotRead as error:
        problems.add(error.problem)
    problems.stop()
    if not found:
        none = f"has {result.read:,} services, none of them for us" if result.read else "has no services"
        raise NotImported([Problem(path.name, None, "", none), *result.left_out])
    given = {service.id for service in found}
    old = tuple(keep)
    result.replaced = [service.id for service in old if service.id in given]
    with no_collecting():
        result.services = list(_merged((*(s for s in old if s.id not in given), *found), Index(built_in), result))
    return result


def _services(
    given: Iterable[Given], defaults: Defaults, problems: Problems, result: Imported, schema: Schema | None
) -> Iterator[Service]:
    """Those services that are for us. Adds to `problems` and `result`."""
    seen: set[str] = set()
    above = _Above()
    for one in given:
        result.read += 1
        for path, message in schema.errors(one.service) if schema else ():
            problems.add(one.problem(path, message))
        above.see(one)
        try:
            service = HsdsService.parse_obj(_needed(one.service if one.tables else _without_blanks(one.service)))
            if service.id in seen:
                raise Wrong(("id",), f"{service.id} was there before")
            seen.add(service.id)
            made = from_hsds(service, defaults)
        except ValidationError as error:
            for found in error.errors():
                missing = found["type"] == "value_error.missing"
                problems.add(one.problem(found["loc"], "is missing" if missing else found["msg"]))
        except RecursionError:
            problems.add(one.problem((), "is nested too deeply"))
        except Wrong as error:
            problems.add(one.problem(error.path, error.message))
        except LeftOut as error:
            result.left_out.append(one.problem((), f"{service.name}: {error}"))
        else:
            result.unmapped.update(made.unmapped)
            yield made.service
    for problem in above.circles():
        problems.add(problem)


class _Above:
    """Which organization is above which, for files that hold no table of them."""

    def __init__(self) -> None:
        self._parents: dict[str, str | None] = {}
        self._first: dict[str, Given] = {}

    def see(self, given: Given) -> None:
        organization = given.service.get("organization")
        if given.tables or not isinstance(organization, dict):
            return
        name, parent = organization.get("id"), organization.get("parent_organization_id")
        if isinstance(name, str) and isinstance(parent, str) and parent:
            self._parents[name] = parent
            self._first.setdefault(name, given)

    def circles(self) -> Iterator[Problem]:
        for name in sorted(loops(self._parents)):
            path = ("organization", "parent_organization_id")
            yield self._first[name].problem(path, f"goes in a circle: {name} is above itself")


def _merged(services: Iterable[Service], built_in: Index, result: Imported) -> Iterator[Service]:
    """`services` without those that are built in, and each of the others once. Adds to `result`."""
    index = Index()
    for service in services:
        own = built_in.find(service)
        same = own or index.find(service)
        if same is None:
            index.put(service)
            continue
        told = differences(same, service)
        result.merged.append(Merge(same.id, service.id, same.name, own is not None, told))
        if own is None:
            index.put(merged(same, service))
    yield from index.services.values()


def _needed(service: dict[str, Any]) -> dict[str, Any]:
    """`service` without what is read of its organization only where it has none itself: it comes with every service."""
    organization = service.get("organization")
    if not isinstance(organization, dict):
        return service
    own = {"locations": service.get("service_at_locations"), "phones": service.get("phones")}
    return {**service, "organization": {name: part for name, part in organization.items() if not own.get(name)}}


def _without_blanks(value: Any) -> Any:
    """`value` without what says nothing (null, empty text), as a CSV would have it."""
    if isinstance(value, dict):
        return {name: _without_blanks(part) for name, part in value.items() if part is not None and part != ""}
    if isinstance(value, list):
        return [_without_blanks(part) for part in value]
    return value
