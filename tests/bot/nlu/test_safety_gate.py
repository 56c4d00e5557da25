"""How the gate weighs its two witnesses: patterns, and how sure the model is of each alarm."""

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.alarm_classifier import ALARMS
from bot.nlu.gate import KINDS
from bot.nlu.language_classifier import HEARD_IN
from bot.nlu.safety_gate import SafetyGate


def gated(text, alarms=None, topic="need_legal_help", confidence=0.6, language="en"):
    """The message `text` after the gate, where the models said `alarms` and `topic`."""
    guess = {"name": topic, "confidence": confidence}
    said = dict.fromkeys(KINDS, 0.0) | (alarms or {})
    message = Message({TEXT: text, ALARMS: said, HEARD_IN: {language: 1.0}, INTENT: guess, INTENT_RANKING_KEY: [guess]})
    SafetyGate({}).process([message])
    return message


def heard(*given, **more):
    """The alarm that the gate heard."""
    return gated(*given, **more).get("gate")


def test_a_certain_pattern_needs_no_second_witness():
    assert heard("if i stop typing its because he found me") == "danger"


@pytest.mark.parametrize(("sure", "kind"), [(0.0, None), (0.05, "danger")])
def test_another_pattern_is_believed_where_the_model_does_not_call_it_unlikely(sure, kind):
    assert heard("they sit in front of the door all day", {"danger": sure}) == kind


@pytest.mark.parametrize(
    ("text", "sure", "kind"),
    [
        ("my dog is at the pound, no hope", 0.75, "suicide"),
        ("thinking of one over there", 0.75, None),  # nothing in the words to rest on
        ("thinking of one over there", 0.85, "suicide"),
        ("my dog is at the pound, no hope lol", 0.75, None),
    ],
)
def test_a_model_alone_must_be_surer_where_there_is_doubt(text, sure, kind):
    assert heard(text, {"suicide": sure}) == kind


def test_two_models_that_agree_need_less():
    text = "my dog is at the pound, no hope"
    assert heard(text, {"suicide": 0.25}, topic="crisis_suicide", confidence=0.5) == "suicide"
    assert heard(text, {"suicide": 0.25}) is None
    assert heard(text, {"suicide": 0.1}, topic="crisis_suicide", confidence=0.5) is None


def test_an_alarm_is_firm_by_a_pattern_or_a_sure_model():
    text = "my dog is at the pound, no hope"
    assert gated("if i stop typing its because he found me").get("gate_firm")
    assert gated(text, {"suicide": 0.8}).get("gate_firm")
    assert not gated(text, {"suicide": 0.25}, topic="crisis_suicide", confidence=0.5).get("gate_firm")
    assert not gated(text).get("gate_firm")


@pytest.mark.parametrize("text", ["im 18", "room 16", "im 16 months sober", "court on the 16th", "tengo corte el 17"])
def test_a_model_cannot_read_an_age(text):
    assert heard(text, {"minor": 0.99}, topic="minor_disclosure", confidence=0.9) is None


def test_a_model_is_heard_where_no_number_misleads_it():
    assert heard("he waits for me by my locker", {"minor": 0.9}, topic="minor_disclosure", confidence=0.9) == "minor"


def test_a_film_is_a_film_in_another_language_too():
    assert heard("vi la película, habla de suicide", {"suicide": 0.1}, language="es") is None


def test_a_story_that_is_over_is_said_to_be():
    message = Message({TEXT: "they locked us in. that was in 2009", ALARMS: {}, HEARD_IN: {"en": 1.0}})
    SafetyGate({}).process([message])
    assert message.get("gate_over") == ["danger"]
