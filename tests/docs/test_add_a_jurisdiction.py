"""CONTRIBUTING.md, “A jurisdiction”, followed word by word."""

import pytest

from tests.docs.guide import copy_of_the_project, errors, follow, lantern, python, translate

ANSWER = """
import datetime as dt
from actions.answering import reply
from actions.conversation import Conversation
from actions.knowledge.control import shown
from bot.nlu.places import gazetteer

print(gazetteer().find("im on the navajo reservation")[0].codes)
for topic in ("immunity_reporting", "expunge_eligibility", "rights_officer_sexual_misconduct"):
    answer = reply(shown(), Conversation(topic, topic, jurisdiction="NN"), dt.date.today()).answer
    print(answer.id, "|", answer.lines[0], "|", answer.lines[1])
"""


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    project = copy_of_the_project(tmp_path_factory.mktemp("jurisdiction"))
    return project, follow("A jurisdiction", project)


def test_check_then_wants_translations_and_nothing_else(followed):
    _, (checked, updated) = followed
    assert errors(checked)
    assert all("translations/" in line and "not translated" in line for line in errors(checked)), errors(checked)
    assert updated.returncode == 0, updated.stderr


def test_once_translated_everything_is_in_order(followed):
    project, _ = followed
    translate(project)
    checked = lantern(project, ".venv/bin/lantern check")
    assert checked.returncode == 0, checked.stdout
    assert "58 jurisdictions" in checked.stdout


def test_people_name_it_and_are_answered(followed):
    project, _ = followed
    said = python(project, "-c", ANSWER)
    assert said.returncode == 0, said.stderr
    place, *answers = said.stdout.splitlines()
    assert place == "('NN',)"
    assert [line.split(" | ")[0] for line in answers] == [
        "law.NN.immunity",
        "law.NN.records.eligibility",
        "law.NN.officer_contact",
    ]
    assert all("Navajo Nation:" in line and "We have not read the law" in line for line in answers)
