"""CONTRIBUTING.md, “A topic”, followed word by word. Nothing is trained; everything that says the topic is asked."""

import re

import pytest
import yaml

from tests.docs.guide import copy_of_the_project, errors, follow, lantern, python, translate

ANSWER = """
import datetime as dt
from actions.answering import reply
from actions.conversation import Conversation
from actions.knowledge.control import shown

first = reply(shown(), Conversation("bank_account", "bank_account"), dt.date.today()).answer
print(first.lines[0])
print([choice.label for choice in first.choices])
costs = Conversation("bank_account", "bank_account", previous="bank_account", followups=("cost",), elliptical="short")
print(reply(shown(), costs, dt.date.today()).answer.id)
"""


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    project = copy_of_the_project(tmp_path_factory.mktemp("topic"))
    return project, follow("A topic", project)


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
    assert "57 topics" in checked.stdout


def test_it_is_answered_and_so_is_what_is_asked_next(followed):
    project, _ = followed
    said = python(project, "-c", ANSWER)
    assert said.returncode == 0, said.stderr
    lead, choices, followup = said.stdout.splitlines()
    assert lead.startswith("You can ask a bank which papers it takes.")
    assert "What does it cost?" in choices and "Someone has my papers" in choices
    assert followup == "rights.bank_account.followups.cost"


def test_rasa_knows_it_everywhere(followed):
    project, _ = followed
    domain = yaml.safe_load((project / "domain.yml").read_text())
    topics = yaml.safe_load((project / "data/topics.yml").read_text())
    assert set(domain["intents"]) == {name for group in topics.values() for name in group}
    asked = re.findall(r"intent: (\w+)", (project / "data/rules.yml").read_text())
    assert asked.count("bank_account") == 1
    messages = yaml.safe_load((project / "data/nlu/en/bank_account.yml").read_text())["nlu"]
    assert messages[0]["intent"] == "bank_account" and messages[0]["examples"].count("\n- ") >= 4
