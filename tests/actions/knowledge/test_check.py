"""`lantern check` finds what it promises to find."""

import dataclasses
import datetime as dt
import shutil

import pytest

from actions.knowledge.check import check
from actions.knowledge.library import DATA, Library, library

TODAY = dt.date(2026, 11, 26)


def test_the_data_is_clean():
    report = check(library(), TODAY)
    assert not [problem for problem in report.problems if problem.is_error]
    assert report.mean_grade <= 6 and report.highest_grade <= 8


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("It is safer not to run.", "You should escape from the pimp.", "“You should”"),
        ("from: [lancaster]", "from: [nowhere]", "the source “nowhere” is not in this file"),
        ("- 'Ask: ", "- '– Ask: ", "would make a text message twice as long"),
        ("It is safer not to run.", "Notwithstanding constitutional considerations regarding investigatory detention, "
         "individuals retain comprehensive prerogatives concerning incriminating communication. " * 3, "reading grade"),
        ("questions about condoms.\n", "questions about condoms\n", "ends without a full stop"),
        ("questions about condoms.\n", f"questions about condoms.{' You can say no.' * 11}\n", "have 261 characters"),
        ("\nfollowups:", "\nplace: helps\nfollowups:", "place: is for follow-ups"),
    ],
)  # fmt: skip
def test_it_finds(tmp_path, old, new, says):
    data = shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("nlu"))
    file = data / "rights" / "rights_police_stop.yml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    errors = [p.what for p in check(Library.load(data), TODAY).problems if p.is_error]
    assert any(says in error for error in errors), errors


def test_it_finds_a_topic_without_an_answer():
    sections = {topic: section for topic, section in library().sections.items() if topic != "rights_arrest"}
    broken = dataclasses.replace(library(), sections=sections)
    assert any("rights_arrest" in p.where and "no answer" in p.what for p in check(broken, TODAY).problems)


def test_it_notes_what_is_stale():
    notes = [p for p in check(library(), TODAY + dt.timedelta(days=1000)).problems if "possibly out of date" in p.what]
    assert notes and not any(p.is_error for p in notes)
