"""How often somebody said that a service's number is wrong: a service id and a count, and nothing else, ever."""

import json
import logging
import os
from collections.abc import Container
from pathlib import Path

from actions.knowledge.yaml_file import DataError

logger = logging.getLogger(__name__)


class UnknownService(ValueError):
    """There is no service of that id, so that nobody can write anything else into the file."""


def report(file: Path, service_id: str, known: Container[str]) -> None:
    """Counts one more for `service_id`. The file is replaced whole.

    Raises:
        UnknownService: it is not among `known`.
        DataError: the file is not of its shape.
    """
    if service_id not in known:
        raise UnknownService(service_id)
    counts = read(file)
    counts[service_id] = counts.get(service_id, 0) + 1
    draft = file.with_suffix(f".{os.getpid()}.new")
    draft.write_text(json.dumps(dict(sorted(counts.items())), indent=0) + "\n", encoding="utf-8")
    draft.replace(file)


def read(file: Path) -> dict[str, int]:
    """The counts by service id; none where there is no file. Raises `DataError`."""
    if not file.exists():
        return {}
    try:
        counts = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{file}: cannot be read as JSON ({error})") from None
    if not isinstance(counts, dict) or not all(type(count) is int and count > 0 for count in counts.values()):
        raise DataError(f"{file}: expected service ids, each with a number")
    return counts


_file = Path(__file__).parents[2] / "reports.json"


def configure(file: Path) -> None:
    """Sets where this process counts."""
    global _file
    _file = file


def count(service_id: str, known: Container[str]) -> None:
    """Counts one more for `service_id`, and says so to nobody. A file that cannot be written loses one count."""
    try:
        report(_file, service_id, known)
    except (DataError, OSError) as error:
        logger.error("A wrong number could not be counted: %s", type(error).__name__)
