"""A malformed file is named with file, line and field."""

import datetime as dt

import pytest

from actions.knowledge.law_records import Law
from actions.knowledge.records import Reviewed, Topic
from actions.knowledge.yaml_file import DataError, read_record, read_yaml

GOOD = """\
topic: rights_arrest
checked_on: 2026-11-20
recheck_days: 30
sources:
  a: {title: A, url: "https://example.org"}
lead: {say: A true sentence., from: [a]}
short: [A true sentence.]
"""


def test_a_good_file(tmp_path):
    file = tmp_path / "rights_arrest.yml"
    file.write_text(GOOD)
    topic = read_record(file, Topic)
    assert topic.lead.say == "A true sentence."
    assert topic.review == "unreviewed"


@pytest.mark.parametrize("name", ["on", '"on"'])
def test_the_name_of_a_field_is_no_truth(tmp_path, name):
    """YAML 1.1 reads `on:` as `true:`, and this is how a sign-off is written by hand."""
    file = tmp_path / "rights_arrest.yml"
    file.write_text(f"{GOOD}review: {{name: A. Lawyer, role: attorney, {name}: 2026-11-20}}\n")
    assert read_record(file, Topic).review == Reviewed(name="A. Lawyer", role="attorney", on=dt.date(2026, 11, 20))
    file.write_text("a: on\nb: {yes: [no]}\n")
    assert read_yaml(file) == {"a": True, "b": {"yes": [False]}}


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("checked_on: 2026-11-20", "checked_on: soon"), 2, "checked_on: invalid date"),
        (("recheck_days: 30", "recheck_days: 0"), 3, "recheck_days: ensure this value is greater than 0"),
        (("https://example.org", "example.org"), 5, "sources.a.url: is not a web address"),
        (("from: [a]", "from: []"), 6, "lead.from: needs at least one"),
        (("short: [A true sentence.]", "short: []"), 7, "short: needs at least one"),
        (("short: [A true sentence.]", f"short: [{'x' * 251}]"), 7, "short.0: is 251 characters long"),
        (("short:", "shrot:"), 7, "shrot: extra fields not permitted"),
        (("topic: rights_arrest\n", ""), 1, "topic: field required"),
    ],
)
def test_a_wrong_field(tmp_path, change, line, says):
    file = tmp_path / "rights_arrest.yml"
    file.write_text(GOOD.replace(*change))
    with pytest.raises(DataError) as error:
        read_record(file, Topic)
    assert f"{file}: line {line}: {says}" in str(error.value)


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        (b"", "the file is empty"),
        (b"a: [1, 2", r"line \d: not valid YAML"),
        (b"a: b\n c: d\n", "line 2: not valid YAML"),
        (b"\xff\xfe", "cannot be read as UTF-8"),
        (b"a: \x07", "not valid YAML"),
    ],
)
def test_no_yaml(tmp_path, contents, says):
    file = tmp_path / "x.yml"
    file.write_bytes(contents)
    with pytest.raises(DataError, match=says):
        read_yaml(file)


def test_a_missing_file(tmp_path):
    with pytest.raises(DataError, match=r"gone\.yml: the file is missing"):
        read_yaml(tmp_path / "gone.yml")


def test_a_list_is_no_record(tmp_path):
    file = tmp_path / "x.yml"
    file.write_text("- a\n")
    with pytest.raises(DataError, match="expected fields"):
        read_record(file, Law)
