"""What is wrong with somebody's directory, said so that they find it: file, row, field, message."""

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 20
Step = str | int


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        file: as the person named it; inside a package the CSV.
        row: of a CSV as a spreadsheet counts (the column names are row 1), the line of JSON lines, or which service of
            a list (from 1); None where it is the whole file.
        field: "phones.0.number", or empty.
        message: what is wrong, and where it helps what would be right.
    """

    file: str
    row: int | None
    field: str
    message: str

    def __str__(self) -> str:
        row = f"row {self.row}" if self.row is not None else ""
        return ": ".join(filter(None, (self.file, row, self.field, self.message)))


class Wrong(ValueError):
    """A value that cannot be taken. `path` leads to it from the service."""

    def __init__(self, path: Sequence[Step], message: str) -> None:
        super().__init__(message)
        self.path = tuple(path)
        self.message = message


class CannotRead(Exception):
    """A file cannot be read any further. `problem` says where it stopped and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class NotImported(Exception):
    """A directory has problems, so that nothing was changed. `str(error)` lists the first of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        rest = len(problems) - SHOWN
        more = [f"… and {rest:,} more."] if rest > 0 else []
        super().__init__("\n".join([*map(str, problems[:SHOWN]), *more]))


class Problems:
    """Problems as they are found, each once. Raises `NotImported` when there are too many to go on."""

    MOST = 1_000

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(self, problem: Problem) -> None:
        """Adds one."""
        self._found[problem] = None
        if len(self._found) >= self.MOST:
            self.stop()

    def stop(self) -> None:
        """Raises `NotImported` where there are any."""
        if self._found:
            raise NotImported(tuple(self._found))
