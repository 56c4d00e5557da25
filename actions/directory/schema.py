"""An official JSON Schema of HSDS 3 that the operator has in a file: `service.json`, whole or beside what it refers to.

It is not part of Lantern. Nothing is fetched: what the schema refers to must lie in its own folder.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema  # type: ignore[import-untyped]
from jsonschema.validators import validator_for  # type: ignore[import-untyped]

from actions.directory.problems import CannotRead, Problem, Step


class Schema:
    """A JSON Schema for one service.

    Raises `CannotRead` where the file is no schema, or refers to something outside its folder.
    """

    def __init__(self, file: Path) -> None:
        self._file = file.resolve()
        found = self._load(self._file)
        kind = validator_for(found, default=jsonschema.Draft7Validator)
        try:
            kind.check_schema(found)
        except jsonschema.SchemaError as error:
            raise self._wrong(f"is not a JSON Schema ({error.message[:200]})") from None
        handlers = dict.fromkeys(("file", "http", "https", "ftp"), self._refer)
        resolver = jsonschema.RefResolver(self._file.as_uri(), found, handlers=handlers)
        self._validator = kind(found, resolver=resolver)

    def errors(self, service: Any) -> Iterator[tuple[tuple[Step, ...], str]]:
        """(path, message) of everything in `service` that the schema does not allow. Raises `CannotRead`."""
        try:
            for error in self._validator.iter_errors(service):
                yield tuple(error.absolute_path), f"{error.message[:300]} (official schema)"
        except jsonschema.RefResolutionError as error:
            raise self._wrong(f"refers to what is not there ({str(error)[:200]})") from None

    def _refer(self, uri: str) -> Any:
        parts = urlsplit(uri)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or path.parent != self._file.parent:
            raise self._wrong(f"refers to {uri}, which is not in its folder; use the whole (“compiled”) schema")
        return self._load(path)

    def _load(self, path: Path) -> Any:
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise self._wrong(f"{path.name} cannot be read as JSON ({error})") from None
        if not isinstance(found, dict):
            raise self._wrong("is not a JSON Schema (an object)")
        return found

    def _wrong(self, message: str) -> CannotRead:
        return CannotRead(Problem(self._file.name, None, "", message))
