"""What the papers on security say has a test, and every test and file they name is there."""

import re

import pytest

from bot.settings import ROOT

PAPERS = ("docs/threat-model.md", "docs/privacy.md", "SECURITY.md", "deploy/README.md")
NAMED = re.compile(r"`((?:tests|bot|actions|data|deploy|docs|tools)/[\w./-]*\w)(?:::(\w+))?`")


def named(paper: str) -> list[tuple[str, str]]:
    """(path, name of a test or "") of everything a paper names."""
    return NAMED.findall((ROOT / paper).read_text(encoding="utf-8"))


@pytest.mark.parametrize("paper", PAPERS)
def test_everything_named_is_there(paper):
    found = named(paper)
    assert found
    for path, test in found:
        assert (ROOT / path).exists(), path
        if test:
            assert re.search(rf"^\s*(?:async )?def {test}\(", (ROOT / path).read_text(), re.MULTILINE), (
                f"{path}::{test}"
            )


def test_every_mitigation_names_its_file_and_its_test():
    done = (ROOT / "docs/threat-model.md").read_text().split("## What is done\n")[1].split("\n## What is not done")[0]
    rows = [line.strip("|").split(" | ") for line in done.splitlines() if line.startswith("| ")]
    rows = [row for row in rows if row[-1].strip() != "held by"]
    assert len(rows) > 30
    for row in rows:
        assert len(row) == 3, row
        assert any(path.startswith("tests/") for path, _ in NAMED.findall(row[2])), row[0]
        assert NAMED.search(row[1]) or row[1].strip() in ("the whole service", "`SECURITY.md`"), row[0]


def test_each_of_the_five_facts_names_its_test():
    facts = (ROOT / "docs/privacy.md").read_text().split("## Five facts\n")[1].split("\n## ")[0]
    each = re.split(r"^\d\. ", facts, flags=re.MULTILINE)[1:]
    assert len(each) == 5
    for fact in each:
        assert any(path.startswith("tests/") for path, _ in NAMED.findall(fact)), fact


def test_every_boundary_is_in_a_file():
    text = (ROOT / "docs/threat-model.md").read_text().split("## Boundaries\n")[1].split("\n## ")[0]
    rows = [line for line in text.splitlines() if line.startswith("| ") and "between" not in line]
    assert len(rows) >= 8 and all(NAMED.search(row) for row in rows)
