"""Which rule a topic falls under, and which file an answer comes from."""

import pytest

from actions.knowledge.library import library
from bot.explain.route import rules_for
from bot.explain.why import data_file
from bot.settings import ROOT


def test_every_topic_falls_under_a_rule():
    without = [topic for topic in library().topics if not rules_for(topic)]
    assert without == []


def test_the_rule_is_named():
    assert rules_for("nlu_fallback") == ["ask which topic is meant"]
    assert rules_for("immunity_reporting") == ["where the law differs, know the place first"]
    assert rules_for("no_such_topic") == []


@pytest.mark.parametrize(
    "answer",
    [
        "law.OR.immunity",
        "law.CA.records.process",
        "rights.immunity_reporting.followups.not_a_citizen",
        "guidance.record_impact",
        "safety.crisis_danger",
        "services.need_shelter.OR",
        "services.need_shelter.US",
        "phrases.greet",
        "ask.which",
        "place.heard",
        "forgotten",
    ],
)
def test_the_file_is_there(answer):
    files = data_file(answer).split(" and ")
    assert len(files) == len(set(files)) and all((ROOT / file).is_file() for file in files)


def test_what_is_hidden_has_no_file():
    assert "lantern off" in data_file("hidden.passport_taken")
