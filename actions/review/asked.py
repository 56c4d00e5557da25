"""How often topics and places were asked for: a file that the operator made, or `lantern report --json`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from actions.knowledge.yaml_file import DataError, read_yaml


def read_asked(file: Path) -> Mapping[str, int]:
    """Counts by topic and by postal code, from YAML or JSON. Raises `DataError`.

    Either names with numbers (`immunity_reporting: 120`), or a report, of which the rows of its tables are read.
    """
    contents = read_yaml(file)
    if not isinstance(contents, Mapping):
        raise DataError(f"{file}: line 1: expected names of topics or places, each with a count")
    tables = contents.get("tables")
    rows = _reported(tables) if isinstance(tables, Mapping) else dict(contents)
    for name, count in rows.items():
        if not isinstance(count, int) or isinstance(count, bool) or count < 0:
            raise DataError(f"{file}: {name}: expected a count, a whole number")
    return {str(name): count for name, count in rows.items()}


def _reported(tables: Mapping[str, Any]) -> dict[str, Any]:
    rows = (row for table in tables.values() if isinstance(table, list) for row in table if isinstance(row, Mapping))
    return {
        str(row.get("cell", "")).partition(":")[2]: row.get("at_least") for row in rows if ":" in str(row.get("cell"))
    }
