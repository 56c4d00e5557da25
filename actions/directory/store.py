"""The directory: services of an operator's own, beside those in `data/services`. One file, a service a line, as JSON.

Its last line is a seal: a sum over the others and over the shape of a service. Where it fits, every line is as an
import checked it, and is taken as it stands, which is several times as fast; where it does not (somebody edited the
file, or Lantern is another version) every line is checked again.
"""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from actions.directory.collecting import no_collecting
from actions.directory.duplicates import Index
from actions.knowledge.records import Record, Reviewed, Source
from actions.knowledge.service_records import Location, Phone, Schedule, Service, ServiceArea
from actions.knowledge.yaml_file import DataError

R = TypeVar("R", bound=Record)
_SEAL = '{"seal": '
_RECORDS: dict[str, type[Record]] = {
    "phones": Phone,
    "schedules": Schedule,
    "service_areas": ServiceArea,
    "locations": Location,
    "sources": Source,
    "review": Reviewed,
}


def write(file: Path, services: Iterable[Service]) -> None:
    """Replaces `file` by `services`: written whole beside it, then moved into its place."""
    draft = file.with_suffix(f".{os.getpid()}.new")
    total = hashlib.sha256(_shape())
    try:
        with draft.open("w", encoding="utf-8") as lines:
            for service in services:
                line = json.dumps(service, default=_plain, ensure_ascii=False) + "\n"
                total.update(line.encode())
                lines.write(line)
            lines.write(_seal(total.hexdigest()) + "\n")
            lines.flush()
            os.fsync(lines.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def read(file: Path) -> tuple[Service, ...]:
    """The services in `file`; none where there is no file. Raises `DataError` naming line, id and field."""
    text = _text(file)
    lines = text.split("\n")
    last = len(lines) - 2
    with no_collecting():
        if last >= 0 and lines[last] == _seal(_total(text.removesuffix(f"{lines[last]}\n"))):
            return tuple(map(_Maker().service, map(json.loads, lines[:last])))
        return tuple(checked(file, number, line) for number, line in numbered(file))


def numbered(file: Path) -> Iterator[tuple[int, str]]:
    """(number, line) of every line of `file` that is to hold a service. Raises `DataError`."""
    for number, line in enumerate(
        _text(file).split("\n"), 1
    ):  # and not at the other ends of lines, which text may hold
        if line.strip() and not line.startswith(_SEAL):
            yield number, line


def checked(file: Path, number: int, line: str) -> Service:
    """The service in one line of `file`. Raises `DataError` naming line, id and field."""
    given: Any = None
    try:
        given = json.loads(line)
        return Service.parse_obj(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = given.get("id") if isinstance(given, dict) else None
        where = f"{file}: line {number}" + (f" ({name})" if isinstance(name, str) else "")
        raise DataError(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except (ValueError, RecursionError) as error:
        raise DataError(f"{file}: line {number}: not valid JSON: {error}") from None


def beside(built_in: Iterable[Service], file: Path | None) -> tuple[Service, ...]:
    """`built_in`, and those of `file` that are none of them. Raises `DataError`."""
    ours = tuple(built_in)
    if file is None:
        return ours
    index = Index(ours)
    return (*ours, *(service for service in read(file) if index.find(service) is None))


def _text(file: Path) -> str:
    if not file.exists():
        return ""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: cannot be read as UTF-8 text ({type(error).__name__})") from None


def _total(text: str) -> str:
    return hashlib.sha256(_shape() + text.encode()).hexdigest()


def _seal(total: str) -> str:
    return f'{_SEAL}"{total}"}}'


@cache
def _shape() -> bytes:
    """What the fields of a service are in this version of Lantern."""
    return Service.schema_json().encode()


class _Maker:
    """Makes records of values that were checked before, as pydantic's own `construct` does.

    What many services have the same (hours, areas, words) is held once, which halves the memory they take.
    """

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def service(self, given: dict[str, Any]) -> Service:
        """A service."""
        return self._record(Service, {name: self._value(name, said) for name, said in given.items()})

    def _record(self, kind: type[R], values: dict[str, Any]) -> R:
        record = kind.__new__(kind)
        object.__setattr__(record, "__dict__", {**_defaults(kind), **values})
        object.__setattr__(record, "__fields_set__", self._once(frozenset(values), lambda: set(values)))
        return record

    def _value(self, name: str, said: Any) -> Any:
        if isinstance(said, list):
            kind = _RECORDS.get(name)
            return tuple(self._part(kind, one) if kind else self._same(one) for one in said)
        if isinstance(said, dict):
            return self._part(_RECORDS[name], said)
        return dt.date.fromisoformat(said) if name in ("assured_date", "on") else self._same(said)

    def _part(self, kind: type[Record], given: dict[str, Any]) -> Record:
        values = {name: self._value(name, said) for name, said in given.items()}
        part: Record = self._once((kind, *values.items()), lambda: self._record(kind, values))
        return part

    def _same(self, said: Any) -> Any:
        return self._known.setdefault(said, said)

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]


@cache
def _defaults(kind: type[Record]) -> dict[str, Any]:
    return {name: field.default for name, field in kind.__fields__.items()}


def _plain(value: object) -> object:
    """What JSON can hold of a record: its fields that are not as they would be anyway."""
    if isinstance(value, Record):
        defaults = _defaults(type(value))
        return {name: said for name, said in value.__dict__.items() if said != defaults[name]}
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in a service")
