"""The overlay: services of an operator's own, beside those in `data/services`. One file, a service a line, as JSON."""

import gc
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from actions.directory.duplicates import Index
from actions.knowledge.service_records import Service
from actions.knowledge.yaml_file import DataError


def write(file: Path, services: Iterable[Service]) -> None:
    """Replaces `file` by `services`: written whole beside it, then moved into its place."""
    draft = file.with_suffix(f".{os.getpid()}.new")
    try:
        with draft.open("w", encoding="utf-8") as lines:
            for service in services:
                lines.write(service.json(exclude_defaults=True, ensure_ascii=False) + "\n")
            lines.flush()
            os.fsync(lines.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def read(file: Path) -> tuple[Service, ...]:
    """The services in `file`; none where there is no file. Raises `DataError` naming line and field."""
    if not file.exists():
        return ()
    try:
        with file.open(encoding="utf-8") as lines, _no_collecting():
            return tuple(_service(file, number, line) for number, line in enumerate(lines, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: cannot be read as UTF-8 text ({type(error).__name__})") from None


def beside(built_in: Iterable[Service], file: Path | None) -> tuple[Service, ...]:
    """`built_in`, and those of `file` that are none of them. Raises `DataError`."""
    ours = tuple(built_in)
    if file is None:
        return ours
    index = Index(ours)
    return (*ours, *(service for service in read(file) if index.find(service) is None))


def _service(file: Path, number: int, line: str) -> Service:
    try:
        return Service.parse_obj(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise DataError(f"{file}: line {number}: {field}: {first['msg']}") from None
    except ValueError as error:
        raise DataError(f"{file}: line {number}: not valid JSON: {error}") from None


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing here is garbage, and looking for it takes longer than reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
