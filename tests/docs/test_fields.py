"""docs/fields.md names every field of every record that a file of data/ is read into, and every value it can have."""

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest

from actions.directory.tables import TABLES
from actions.directory.taxonomy import Taxonomy
from actions.directory.to_hsds import TEXTS
from actions.knowledge import law_records, records, service_records, site_records
from actions.knowledge.catalogs import Language
from actions.knowledge.records import Record
from bot.settings import ROOT

PAGE = (ROOT / "docs" / "fields.md").read_text(encoding="utf-8")
OWN = (ROOT / "docs" / "your-own.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "services.md").read_text(encoding="utf-8")
NO_FILE = {"Record", "Stamp"}  # made while running


def _records() -> Iterator[type[Record]]:
    for module in (records, law_records, service_records):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, Record) and kind.__module__ == module.__name__:
                yield kind
    yield from (Language, Taxonomy)


KINDS = [kind for kind in _records() if kind.__name__ not in NO_FILE]
ROOTS = [kind for kind in KINDS if "__root__" in kind.__fields__]


def section(name: str) -> str:
    found = re.search(rf"^### {name}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/fields.md has no “### {name}”"
    return found[1]


def rows(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", text, re.MULTILINE))


def own_fields(kind: type[Record]) -> dict[str, Any]:
    """Those that the class itself declares, by the name they have in a file."""
    declared = vars(kind).get("__annotations__", {})
    return {f.alias: f for name, f in kind.__fields__.items() if name in declared}


def values(annotation: Any) -> Iterator[str]:
    """The words that a field can be, however deep they stand."""
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    else:
        for part in get_args(annotation):
            yield from values(part)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ROOTS], ids=lambda kind: kind.__name__)
def test_every_field_is_described_and_no_other(kind):
    described, fields = rows(section(kind.__name__)), own_fields(kind)
    assert set(described) == set(fields)
    for name, field in fields.items():
        for value in values(field.outer_type_):
            assert f"`{value}`" in described[name], f"{kind.__name__}.{name}: {value}"
        must = field.required and field.type_ is not type(None)
        assert ("must" in described[name].partition(" | ")[0]) == must, f"{kind.__name__}.{name}: must it be there?"


@pytest.mark.parametrize("kind", ROOTS, ids=lambda kind: kind.__name__)
def test_files_that_are_one_table_are_named(kind):
    assert f"`{kind.__name__}` in the code" in PAGE


def test_no_file_of_records_is_forgotten():
    files = {file.stem for file in (ROOT / "actions" / "knowledge").glob("*records.py")}
    assert files == {m.__name__.rpartition(".")[2] for m in (records, law_records, service_records, site_records)}


def test_every_field_of_an_overlays_site_is_described():
    listed = OWN.partition("## site.yml\n")[2].partition("\n## ")[0]
    described = rows(listed)
    assert set(described) == set(site_records.Site.__fields__)
    schemes = site_records.Colours.__fields__
    assert all(f"`{name}" in described["colours"] for name in (*schemes, *site_records.COLOUR_NAMES))


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.file)
def test_every_column_of_a_directory_is_described(table):
    (row,) = re.findall(rf"^\| `{re.escape(table.file)}` \| (.+) \|$", GUIDE, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == set(table.columns)


def test_every_attribute_of_a_directory_is_described():
    assert all(f"`{name}`" in GUIDE for name in (*TEXTS, "anonymous", "confidential"))
