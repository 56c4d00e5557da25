"""A sign-off is put into a file, and nothing else of it changes by a letter."""

import difflib

import pytest

from actions.review.yaml_line import CannotEdit, with_review

REVIEW = '{name: "Ana", role: "attorney", "on": 2026-11-27, revision: r0123abcd}'
FILE = """\
# Law of Oregon: read the text before use.
code: OR
review: unreviewed # nobody yet
immunity:
  status: evidence_only
  lead:
    say: 'It says “no”.'   # two blanks before this
    from: [a, b]
  short:
  - >-
    folded
    text
  confidence: low # not sure
records:
  process:
    lead: {say: "File a paper.", from: [a]}
    confidence: medium
  ordinary: {lead: {say: It is free., from: [a]}, confidence: high}
services:
- id: one
  name: One
- name: Two
  id: two
  phones:
  - {number: 503-555-0100}
"""


def changed(text: str, new: str) -> list[str]:
    lines = difflib.unified_diff(text.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ([], ["-review: unreviewed # nobody yet", f"+review: {REVIEW} # nobody yet"]),
        (["immunity"], [f"+  review: {REVIEW}"]),
        (["records", "process"], [f"+    review: {REVIEW}"]),
        (["services", 0], [f"+  review: {REVIEW}"]),
        (["services", 1], [f"+  review: {REVIEW}"]),
    ],
)
def test_one_line_changes(path, lines):
    assert changed(FILE, with_review(FILE, path, REVIEW)) == lines


def test_it_stands_below_how_sure_we_are():
    lines = with_review(FILE, ["immunity"], REVIEW).splitlines()
    assert lines[lines.index(f"  review: {REVIEW}") - 1] == "  confidence: low # not sure"


def test_a_section_in_braces():
    new = with_review(FILE, ["records", "ordinary"], REVIEW)
    assert f"confidence: high, review: {REVIEW}}}\n" in new and len(new.splitlines()) == len(FILE.splitlines())


def test_signed_again_it_takes_the_place_of_the_first():
    once = with_review(FILE, ["immunity"], REVIEW)
    again = REVIEW.replace("Ana", "Ben")
    assert with_review(once, ["immunity"], again) == with_review(FILE, ["immunity"], again)


def test_one_that_was_written_over_several_lines():
    text = "immunity:\n  review:\n    name: Ana\n    role: attorney # of Oregon\n  # below\n  confidence: low\n"
    assert with_review(text, ["immunity"], "unreviewed").startswith("immunity:\n  review: unreviewed")
    assert with_review(text, ["immunity"], "unreviewed").endswith("\n  # below\n  confidence: low\n")


def test_ends_of_lines_stay():
    text = FILE.replace("\n", "\r\n")
    assert with_review(text, ["immunity"], REVIEW) == with_review(FILE, ["immunity"], REVIEW).replace("\n", "\r\n")


def test_a_file_without_a_last_end_of_line():
    assert with_review("a:\n  confidence: low", ["a"], "unreviewed") == "a:\n  confidence: low\n  review: unreviewed"


@pytest.mark.parametrize("path", [["condoms"], ["records", "nothing"], ["services", 2], ["code"]])
def test_what_is_not_there(path):
    with pytest.raises(CannotEdit, match="there is nothing at"):
        with_review(FILE, path, REVIEW)


def test_what_would_change_more_is_refused():
    shared = "a: &same\n  confidence: low\nb: *same\n"  # one mapping under two names
    with pytest.raises(CannotEdit, match="by hand"):
        with_review(shared, ["a"], REVIEW)
