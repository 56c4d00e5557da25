"""Any file or folder of services that HSDS 3 allows, as one stream of nested services with the place each came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.directory import tabular
from actions.directory.packages import Folder, Package, Zip
from actions.directory.problems import CannotRead, Problem, Problems, Step
from actions.directory.tables import TABLES
from actions.directory.text_files import json_lines, json_list

QUOTED_MAX = 60
_READERS = {".json": json_list, ".jsonl": json_lines, ".ndjson": json_lines}


@dataclass(frozen=True)
class Given:
    """One service as somebody gives it.

    Attributes:
        file, row: where it stands (see `Problem`).
        service: nested, as in HSDS JSON; of a package of tables it was put together from rows.
        tables: whether it was.
    """

    file: str
    row: int
    service: dict[str, Any]
    tables: bool

    def problem(self, path: tuple[Step, ...], message: str) -> Problem:
        """`message` about what is at `path`, said where its editor finds it, and quoting it."""
        if message.startswith("is not") and (value := self._at(path)) is not None:
            message = f"{value} {message}"
        file, row, rest = (
            tabular.file_and_row(self.service, path, self.row) if self.tables else (self.file, self.row, path)
        )
        return Problem(file, row, ".".join(map(str, rest)), message)

    def _at(self, path: tuple[Step, ...]) -> str | None:
        here: Any = self.service
        for step in path:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                return None
        if isinstance(here, dict | list):
            return None
        said = str(here)
        return said if len(said) <= QUOTED_MAX else said[:QUOTED_MAX] + "…"


def read(path: Path, problems: Problems) -> Iterator[Given]:
    """The services at `path`: a folder or a .zip of CSV tables, a .json or a .jsonl file.

    A list may also be one of organizations that have their services inside. Adds to `problems`; raises `CannotRead`.
    """
    if path.is_dir() or path.suffix.lower() == ".zip":
        package: Package = Folder(path) if path.is_dir() else Zip(path)
        for row, service in tabular.services(package, problems):
            yield Given(TABLES["service"].file, row, service, tables=True)
        return
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise CannotRead(
            Problem(path.name, None, "", "is not a folder or a .zip of CSV tables, a .json or a .jsonl file")
        )
    try:
        with path.open("rb") as file:
            for row, value in reader(file, path.name):
                for service in _inside(value):
                    if isinstance(service, dict):
                        yield Given(path.name, row, service, tables=False)
                    else:
                        problems.add(Problem(path.name, row, "", "is not a service (an object)"))
    except OSError as error:
        raise CannotRead(Problem(path.name, None, "", f"cannot be read ({error.strerror})")) from None


def _inside(value: Any) -> Iterator[Any]:
    """The services of an organization that has them inside, each with the organization in it; else only `value`."""
    if not isinstance(value, dict) or not isinstance(value.get("services"), list):
        yield value
        return
    organization = {name: part for name, part in value.items() if name != "services"}
    for service in value["services"]:
        yield {"organization": organization, **service} if isinstance(service, dict) else service
