"""Ids and counts, and nothing else."""

import json

import pytest

from actions.directory import wrong_numbers
from actions.knowledge.yaml_file import DataError

KNOWN = {"a-shelter", "a-line"}


def test_counting(tmp_path):
    file = tmp_path / "reports.json"
    assert wrong_numbers.read(file) == {}
    for name in ("a-line", "a-shelter", "a-line"):
        wrong_numbers.report(file, name, KNOWN)
    assert wrong_numbers.read(file) == {"a-line": 2, "a-shelter": 1}
    assert json.loads(file.read_text()) == {"a-line": 2, "a-shelter": 1}
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", ["my name is Ann", "", "../x", "a-shelter\n"])
def test_nothing_else_can_be_written(name, tmp_path):
    file = tmp_path / "reports.json"
    with pytest.raises(wrong_numbers.UnknownService):
        wrong_numbers.report(file, name, KNOWN)
    assert not file.exists()


@pytest.mark.parametrize("text", ["", "[]", '{"a": "b"}', '{"a": true}', '{"a": -1}', "\x00"])
def test_a_file_that_is_not_of_its_shape(text, tmp_path):
    file = tmp_path / "reports.json"
    file.write_text(text)
    with pytest.raises(DataError, match=r"reports\.json"):
        wrong_numbers.read(file)
