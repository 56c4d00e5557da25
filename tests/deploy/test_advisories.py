"""Known advisories: comparing versions, and that the table in SECURITY.md is about what is locked."""

import re

import pytest

from bot.settings import ROOT
from tools.advisories import is_touched, pinned, touching

ROW = re.compile(r"^\| ([a-z0-9-]+) \| ([0-9][0-9a-z.]*) \| (.+?) \|", re.MULTILINE)


def test_the_table_is_about_what_is_locked():
    rows = ROW.findall((ROOT / "SECURITY.md").read_text())
    versions = pinned()
    assert len(rows) >= 10
    for package, version, advisory in rows:
        assert versions.get(package) == version, f"{package}: look again whether SECURITY.md still holds"
        assert re.match(r"CVE-\d{4}-\d+|no public id", advisory)
    assert [package for package, *_ in rows] == sorted(package for package, *_ in rows)


@pytest.mark.parametrize(
    ("version", "touched"),
    [("1.0", False), ("1.1", True), ("1.9", True), ("2.0", False), ("2.5", True), ("3.0", False)],
)
def test_ranges(version, touched):
    events = [{"introduced": "1.1"}, {"fixed": "2.0"}, {"introduced": "2.5"}, {"last_affected": "2.9"}]
    affected = {"versions": [], "ranges": [{"type": "ECOSYSTEM", "events": events}]}
    assert is_touched(version, affected) is touched


def test_versions_that_are_listed():
    assert is_touched("1.0.post1", {"versions": ["1.0.post1"], "ranges": []})
    assert not is_touched("1.0", {"versions": ["1.0.post1"], "ranges": [{"type": "GIT", "events": []}]})


def test_a_folder_of_advisories(tmp_path):
    (tmp_path / "some-package").mkdir()
    advisory = """
id: PYSEC-1
aliases: [CVE-1]
details: "One\\n  two"
affected:
- package: {name: Some_Package, ecosystem: PyPI}
  ranges: [{type: ECOSYSTEM, events: [{introduced: '0'}, {fixed: '2'}]}]
"""
    (tmp_path / "some-package" / "PYSEC-1.yaml").write_text(advisory)
    (tmp_path / "some-package" / "PYSEC-2.yaml").write_text(advisory + "withdrawn: '2024-01-01'\n")
    (found,) = touching({"some-package": "1.5", "another": "1"}, tmp_path)
    assert (found.package, found.ids, found.says) == ("some-package", ("PYSEC-1", "CVE-1"), "One two")
    assert not list(touching({"some-package": "2"}, tmp_path))
