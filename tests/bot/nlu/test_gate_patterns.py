"""The gate's patterns of speech, in each language: messages of a kind that fire, and look-alikes that stay quiet."""

from pathlib import Path

import pytest

from actions.knowledge.yaml_file import read_yaml
from bot.nlu.gate import gate
from bot.nlu.plain_text import simplified

PATTERNS = read_yaml(Path(__file__).parent / "gate_patterns.yml")
CASES = [
    pytest.param(language, pattern, id=f"{language}: {name}")
    for language, patterns in PATTERNS.items()
    for name, pattern in patterns.items()
]


@pytest.mark.parametrize(("language", "pattern"), CASES)
def test_what_fires(language, pattern):
    for text in pattern.get("fires", []):
        heard = [alarm.kind for alarm in gate(language).alarms(simplified(text))]
        assert pattern["kind"] in heard, text


@pytest.mark.parametrize(("language", "pattern"), CASES)
def test_what_stays_quiet(language, pattern):
    for text in pattern["quiet"]:
        assert gate(language).check(simplified(text)) is None, text


def test_a_question_stops_its_own_sentence_only():
    assert gate().check("is it legal if somebody breaks into my apartment") is None
    assert gate().check("is that legal? hes kicking in my door")
    assert gate().check("can the police help cuz hes kicking in my door")


def test_a_story_that_is_over_covers_each_of_its_sentences():
    assert gate().over("he locked us in a warehouse. that was in 2009 and i got out.") == ["danger"]
    assert gate().over("i got out in 2009. he found me, hes outside") == []


def test_several_kinds_at_once_are_all_heard():
    heard = [alarm.kind for alarm in gate().alarms("im 15 and i want to die")]
    assert heard == ["suicide", "minor"]
