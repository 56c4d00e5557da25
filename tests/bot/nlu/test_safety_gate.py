"""How the gate weighs its two witnesses: patterns, and how sure the model is of each alarm."""

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.alarm_classifier import ALARMS
from bot.nlu.gate import KINDS
from bot.nlu.language_classifier import HEARD_IN
from bot.nlu.message_fields import READ_AS
from bot.nlu.safety_gate import FIRM, STRONG, SafetyGate


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


@pytest.mark.parametrize(
    ("confidence", "sure", "kind"), [(0.7, 0.1, "danger"), (0.9, 0.1, None), (0.9, 0.35, "danger")]
)
def test_a_message_that_is_surely_about_something_else_outweighs_a_pattern(confidence, sure, kind):
    text = "they sit in front of the door all day"
    assert heard(text, {"danger": sure}, topic="deportation_fear", confidence=confidence) == kind
    assert heard(text, {"danger": sure}, topic="crisis_danger", confidence=confidence) == "danger"


def test_a_certain_pattern_is_never_outweighed():
    assert heard("if i stop typing its because he found me", topic="privacy", confidence=0.99) == "danger"


def test_how_much_an_alarm_weighs():
    text, pattern = "my dog is at the pound, no hope", "they sit in front of the door all day"
    assert gated("if i stop typing its because he found me").get("gate_force") == STRONG
    assert gated(pattern, {"danger": 0.4}).get("gate_force") == STRONG
    assert gated(pattern, {"danger": 0.1}).get("gate_force") == FIRM
    assert gated(text, {"suicide": 0.9}).get("gate_force") == STRONG
    assert gated(text, {"suicide": 0.8}).get("gate_force") == FIRM
    assert gated(text, {"suicide": 0.25}, topic="crisis_suicide", confidence=0.5).get("gate_force") == 0
    assert gated(text).get("gate_force") == 0


def test_what_is_surely_about_something_else_needs_more_of_a_sentence():
    assert gated("where do i file", topic="expunge_process", confidence=0.9).get("gate_needs") == STRONG
    assert gated("where do i file", topic="expunge_process", confidence=0.7).get("gate_needs") == FIRM
    assert gated("i cant", topic="crisis_suicide", confidence=0.9).get("gate_needs") == FIRM


@pytest.mark.parametrize("topic", ["leave_safely", "need_mental_health", "help_friend"])
def test_what_lies_beside_a_crisis_outweighs_nothing(topic):
    assert heard("they sit in front of the door all day", {"danger": 0.1}, topic=topic, confidence=0.95) == "danger"


def test_mending_never_takes_an_alarm_away():
    alarming, mended = "they gona kill me, hes outside", "they gone kiln me, hes oatside"
    message = Message({TEXT: alarming, READ_AS: mended, ALARMS: {"danger": 0.4}, HEARD_IN: {"en": 1.0}})
    SafetyGate({}).process([message])
    assert message.get("gate") == "danger"
    over = {
        TEXT: "they locked us in",
        READ_AS: "they locked us in. that was in 2009",
        ALARMS: {},
        HEARD_IN: {"en": 1.0},
    }
    story = Message(over)
    SafetyGate({}).process([story])
    assert story.get("gate_over") == []


def test_what_was_mistyped_is_heard_mended():
    message = Message({TEXT: "he is chokng me rn", READ_AS: "he is choking me rn", ALARMS: {}, HEARD_IN: {"en": 1.0}})
    SafetyGate({}).process([message])
    assert message.get("gate") in ("danger", "medical")


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
