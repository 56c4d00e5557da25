"""What the gate heard, asked of the gate itself."""

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.explain.alarms import DOES, Alarms, Level, alarms_of
from bot.nlu.alarm_classifier import ALARMS
from bot.nlu.gate import KINDS, PARTS, gate
from bot.nlu.safety_gate import SafetyGate


def heard(text: str, **alarms: float) -> Alarms:
    ranking = [{"name": "out_of_scope", "confidence": 0.3}, {"name": "greet", "confidence": 0.2}]
    data = {TEXT: text, "heard_in": {"en": 1.0}, INTENT: ranking[0], INTENT_RANKING_KEY: ranking}
    return alarms_of(Message({**data, ALARMS: dict.fromkeys(KINDS, 0.0) | alarms}), SafetyGate({}))


def level(alarms: Alarms, kind: str) -> Level:
    return next(level for level in alarms.levels if level.kind == kind)


def test_a_pattern_fires_and_is_named():
    alarms = heard("i want to kill myself", suicide=0.9)
    assert alarms.fired == "suicide" and alarms.because
    fitting = [one for one in alarms.patterns if one.where.startswith("suicide.")]
    assert fitting and all(one.file == "data/safety/gate.en.yml" and one.words for one in fitting)


def test_the_model_alone_says_from_where_on_it_fires():
    text = "what is this about"
    at = level(heard(text), "danger").fires_at
    assert at is not None and at == pytest.approx(SafetyGate.get_default_config()["fires"], abs=0.01)
    assert heard(text, danger=at + 0.01).fired == "danger"
    assert heard(text, danger=at - 0.01).fired is None


def test_nearly():
    at = level(heard("what is this about"), "danger").fires_at
    assert at is not None
    assert level(heard("what is this about", danger=at * 0.9), "danger").nearly
    assert not level(heard("what is this about", danger=at * 0.1), "danger").nearly
    fired = heard("what is this about", danger=min(at + 0.05, 1.0))
    assert fired.fired == "danger" and not any(one.nearly for one in fired.levels)


def test_a_look_alike_is_named():
    alarms = heard("this job is killing me lol")
    assert alarms.fired is None
    assert any(one.where.startswith("look_alikes[") and one.does == DOES["look_alikes"] for one in alarms.patterns)


def test_the_message_itself_stays_as_it_was():
    message = Message({TEXT: "i want to kill myself", "heard_in": {"en": 1.0}, ALARMS: {"suicide": 0.9}})
    before = dict(message.data)
    alarms_of(message, SafetyGate({}))
    assert message.data == before


def test_every_part_of_the_gate_has_words():
    assert {*PARTS, "backed_by", "look_alikes", "questions"} == {*DOES}
    assert gate().matches("lol")[0].kind in DOES
