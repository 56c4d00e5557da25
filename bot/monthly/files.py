"""A month's counts on disk: a file for each month and run of the service, with what may be told and nothing else.

A run writes its own file, whole, so that several processes and hosts can share a folder, and a damaged file harms no
other. Its name has the month and a random part.
"""

import datetime as dt
import json
import os
import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from actions.knowledge.yaml_file import DataError
from bot.monthly.cells import Cell, is_cell
from bot.monthly.withholding import STEP, kinds, may_be_told

_NAME = re.compile(r"(\d{4}-\d{2})-[0-9a-f]{8}\.json")
_MOST_HOURS = 31 * 24


@dataclass(frozen=True)
class Month:
    """What was counted in a month.

    Attributes:
        month: "2026-11", in UTC.
        counts: whole tens by cell; a cell that has no ten is not among them.
        hours: for which the service ran, over all runs.
        runs: of the service; each may have left nine of a cell out, or a few more.
    """

    month: str
    counts: Mapping[Cell, int] = field(default_factory=dict)
    hours: int = 0
    runs: int = 0


def month_of(moment: dt.datetime) -> str:
    """The month of `moment`, in UTC."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m")


def new_name(month: str) -> str:
    """A file name for a new run."""
    return f"{month}-{secrets.token_hex(4)}.json"


def write(file: Path, counts: Mapping[Cell, int], hours: int) -> None:
    """Writes what may be told of exact `counts`, in place of what `file` held. Raises OSError."""
    told = dict(sorted(may_be_told(counts, kinds()).items()))
    draft = file.with_suffix(".new")
    text = json.dumps({"hours": hours, "counts": told}, indent=0) + "\n"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)


def months(folders: Iterable[Path]) -> list[str]:
    """The months that have a file, the oldest first. Raises `DataError`."""
    return sorted({month for month, _ in _files(folders)})


def read(folders: Iterable[Path], month: str) -> Month:
    """Everything counted in `month`, over all runs. Raises `DataError` naming a folder or file that cannot be read."""
    files = [file for of, file in _files(folders) if of == month]
    counts: Counter[Cell] = Counter()
    hours = 0
    for file in files:
        more, ran = _read(file)
        counts.update(more)
        hours += ran
    return Month(month, dict(counts), hours, len(files))


def _files(folders: Iterable[Path]) -> list[tuple[str, Path]]:
    found = []
    for folder in dict.fromkeys(folder.resolve() for folder in folders):
        try:
            files = sorted(folder.iterdir())
        except OSError as error:
            raise DataError(f"{folder}: cannot be read ({error.strerror})") from None
        found += [(match[1], file) for file in files if (match := _NAME.fullmatch(file.name))]
    return found


def _read(file: Path) -> tuple[dict[Cell, int], int]:
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise _damaged(file, type(error).__name__) from None
    if not isinstance(data, dict) or set(data) != {"hours", "counts"} or not isinstance(data["counts"], dict):
        raise _damaged(file, 'expected "hours" and "counts"')
    counts, hours = data["counts"], data["hours"]
    if type(hours) is not int or not 0 <= hours <= _MOST_HOURS:
        raise _damaged(file, "hours: expected whole hours of a month")
    for cell, count in counts.items():
        if not is_cell(cell) or type(count) is not int or count < STEP or count % STEP:
            raise _damaged(file, "counts: expected cells, each with whole tens")
    return counts, hours


def _damaged(file: Path, why: str) -> DataError:
    return DataError(
        f"{file}: is damaged ({why}). Nothing was changed. Put back a copy of it, or move it elsewhere to report "
        "without what that run counted."
    )
