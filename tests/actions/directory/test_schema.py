"""A JSON Schema that an operator has, here one of our own with the shape of the official one."""

import json

import pytest

from actions.directory.problems import CannotRead
from actions.directory.schema import Schema
from tests.actions.directory.given import altered, hsds, only, problems, read, write_folder, write_json

SERVICE = {
    "type": "object",
    "required": ["id", "name", "status"],
    "properties": {"name": {"type": "string"}, "phones": {"type": "array", "items": {"$ref": "phone.json"}}},
}
PHONE = {"type": "object", "required": ["id", "number"], "properties": {"extension": {"type": "number"}}}


@pytest.fixture
def schema(tmp_path):
    (tmp_path / "phone.json").write_text(json.dumps(PHONE))
    (tmp_path / "service.json").write_text(json.dumps(SERVICE))
    return Schema(tmp_path / "service.json")


def test_what_fits(schema, tmp_path):
    assert len(read(write_json(tmp_path / "one.json", hsds()), schema=schema).services) == 1


def test_what_does_not_fit(schema, tmp_path):
    given = hsds(phones=[{"id": "1", "number": "503-555-0100", "extension": "12"}], email=None)
    found = only(write_json(tmp_path / "one.json", given), schema=schema)
    assert (found.file, found.row, found.field) == ("one.json", 1, "phones.0.extension")
    assert found.message == "'12' is not of type 'number' (official schema)"


def test_tables_are_held_to_it_as_well(schema, tmp_path):
    fine = write_folder(tmp_path / "fine", altered("phones", extension="12"))
    assert len(read(fine, schema=schema).services) == 1
    wrong = write_folder(tmp_path / "wrong", altered("phones", extension="twelve"))
    assert any(str(p).startswith("phones.csv: row 2: extension: 'twelve' is") for p in problems(wrong, schema=schema))


@pytest.mark.parametrize(
    "schema",
    [
        "no json",
        "[]",
        '{"type": "thing"}',
        '{"properties": {"id": {"$ref": "../secret.json"}}}',
        '{"properties": {"id": {"$ref": "https://example.org/schema.json"}}}',
        '{"properties": {"id": {"$ref": "gone.json"}}}',
    ],
)
def test_a_file_that_is_no_schema_or_leads_away(schema, tmp_path):
    (tmp_path / "secret.json").write_text("{}")
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "service.json").write_text(schema)
    with pytest.raises(CannotRead, match=r"service\.json"):
        list(Schema(folder / "service.json").errors(hsds()))
