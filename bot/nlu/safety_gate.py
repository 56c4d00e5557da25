"""Rasa component: the safety gate, last in the pipeline, so that its word counts before the classifier's.

Two witnesses: patterns (`gate.py`, data a person can read) and a linear model (`alarm_classifier.py`). An alarm fires
where the model is sure, where a pattern is certain, or where another pattern fires and the model does not call it
unlikely. Where only the topic classifier hears a crisis and neither witness does, its guess is undone.
"""

import re
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_TYPE,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.alarm_classifier import ALARMS
from bot.nlu.gate import TOPICS, Alarm, Gate, Kind, gate
from bot.nlu.lexicon_extractor import languages_of
from bot.nlu.message_fields import readings_of
from bot.nlu.rule_component import RuleComponent, settle_topic

CERTAIN = 1.0  # confidence of a topic that a rule settled
_NUMBER = re.compile(r"\d")
NEVER = 2.0  # more than any alarm: to a linear model "im 18" and "im 15", "room 16" and "im 16" are all but the same
GOOD_GUESS = 0.3  # least confidence of the guess that takes the place of a crisis only the topic classifier heard
FIRM, STRONG = 1, 2  # how much an alarm weighs; 0 where it does not count but for a whole message
BESIDE = {"help_friend", "leave_safely", "need_drug_help", "need_hotline", "need_mental_health", "need_youth_help"}
KINDS = {topic: kind for kind, topic in TOPICS.items()}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGate(RuleComponent):
    """Sets `gate` (a kind, or None) and `gate_because`, and settles the topic where it fires.

    For a longer message, whose sentences are heard by themselves too, it also sets

    - `gate_force`, how much its alarm weighs: `FIRM` where a pattern fired it or the model is sure, `STRONG` where it
      would outweigh a message that is about something else, else 0;
    - `gate_needs`, how much the alarm of one of its sentences must weigh to count;
    - `gate_over`, the kinds it tells as a story that is over: no sentence of it sets them off.

    Config:
        fires: at least this much of an alarm, and the model fires by itself.
        firm, strong: at least this much, and it does so for one sentence of a longer message too; for one of a message
            that is clearly about something else.
        contested: at least this much, where the message is clearly about something else (at least `clear`).
        backs: at least this much, and a pattern that is not certain is believed.
        elsewhere, outweighs: where the message is about something else for sure (at least `elsewhere`), a pattern that
            is not certain is believed from `outweighs` on.
        agrees: at least this much, where the topic classifier's first guess (at least `guessed`) is the same crisis.
        denied: at least this much, and doubt does not hold it back: the patterns hear a denial ("not suicidal"), a joke
            or a memory, nothing in the words backs it, or a rule knows what the message is (a place, a command).
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = {**self.get_default_config(), **config}

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that gave the best result on our own sets."""
        return {
            "fires": 0.3,
            "firm": 0.6,
            "strong": 0.85,
            "contested": 0.7,
            "clear": 0.5,
            "backs": 0.03,
            "elsewhere": 0.9,
            "outweighs": 0.3,
            "agrees": 0.12,
            "guessed": 0.25,
            "denied": 0.8,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SafetyGate":
        """Called by Rasa's graph."""
        return cls(config)

    def read(self, message: Message, text: str) -> None:
        """An alarm settles the topic; a crisis that no witness hears is undone."""
        alarms: dict[Kind, float] = message.get(ALARMS) or {}
        gates = [gate(language) for language in languages_of(message)]
        readings = readings_of(message)
        guess, settled = _first_guess(message), _is_settled(message)
        heard = (self._alarm(reading, gates, alarms, guess, settled=settled) for reading in readings)
        alarm = next((alarm for alarm in heard if alarm), None)
        over = (kind for kind in KINDS.values() if all(any(kind in one.over(r) for one in gates) for r in readings))
        message.set("gate", alarm.kind if alarm else None, add_to_output=True)
        message.set("gate_because", alarm.because if alarm else None, add_to_output=True)
        message.set("gate_force", self._force(alarm, alarms), add_to_output=True)
        message.set("gate_needs", STRONG if self._is_elsewhere(guess) else FIRM, add_to_output=True)
        message.set("gate_over", sorted(over), add_to_output=True)
        if alarm:
            settle_topic(message, TOPICS[alarm.kind])
        elif message.get(INTENT, {}).get(INTENT_NAME_KEY) in KINDS:
            self._undo(message)

    def _alarm(
        self, text: str, gates: list[Gate], alarms: dict[Kind, float], guess: tuple[str | None, float], *, settled: bool
    ) -> Alarm | None:
        told = any(one.tells(text) for one in gates)
        least = self._config["outweighs" if self._is_elsewhere(guess) else "backs"]
        for alarm in (alarm for one in gates for alarm in one.alarms(text)):
            if alarm.certain or not told and alarms.get(alarm.kind, 1.0) >= least:
                return alarm
        for kind in sorted(alarms, key=lambda k: -alarms[k]):
            if alarms[kind] >= self._needed(kind, text, gates, guess, settled=settled):
                return Alarm(kind, f"the whole message ({alarms[kind]:.2f})", by_pattern=False)
        return None

    def _force(self, alarm: Alarm | None, alarms: dict[Kind, float]) -> int:
        if not alarm:
            return 0
        heard = alarms.get(alarm.kind, 1.0)
        if alarm.certain or heard >= self._config["outweighs" if alarm.by_pattern else "strong"]:
            return STRONG
        return FIRM if alarm.by_pattern or heard >= self._config["firm"] else 0

    def _is_elsewhere(self, guess: tuple[str | None, float]) -> bool:
        """True where the message is for sure about something else than a crisis, and than what lies beside one."""
        topic, confidence = guess
        return topic not in KINDS.keys() | BESIDE and confidence >= self._config["elsewhere"]

    def _needed(
        self, kind: Kind, text: str, gates: list[Gate], guess: tuple[str | None, float], *, settled: bool
    ) -> float:
        """How much of an alarm of `kind` the model must hear to fire by itself."""
        denied = any(one.denies(kind, text) for one in gates)
        backed = any(one.backs(kind, text) for one in gates)
        if kind == "minor" and (denied or not backed and _NUMBER.search(text)):
            return NEVER
        if denied or settled or any(one.looks_alike(text) or kind in one.over(text) for one in gates):
            return float(self._config["denied"])
        topic, confidence = guess
        if topic == TOPICS[kind] and confidence >= self._config["guessed"]:
            return float(self._config["agrees" if backed else "fires"])
        if not backed:
            return float(self._config["denied"])
        clear = topic not in KINDS and confidence >= self._config["clear"]
        return float(self._config["contested" if clear else "fires"])

    @staticmethod
    def _undo(message: Message) -> None:
        """The next guess, if it is a good one; else it is asked what is meant, with the crisis among the choices."""
        ranking = message.get(INTENT_RANKING_KEY, [])
        ranking = [r for r in ranking if r[INTENT_NAME_KEY] != DEFAULT_NLU_FALLBACK_INTENT_NAME]
        others = [r for r in ranking if r[INTENT_NAME_KEY] not in KINDS]
        if others and others[0][PREDICTED_CONFIDENCE_KEY] >= GOOD_GUESS:
            message.set(INTENT, others[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, others, add_to_output=True)
        else:
            crises = [r for r in ranking if r[INTENT_NAME_KEY] in KINDS]
            message.set(INTENT_RANKING_KEY, [*others[:1], *crises, *others[1:]], add_to_output=True)
            unsure = {INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME, PREDICTED_CONFIDENCE_KEY: 0.0}
            message.set(INTENT, unsure, add_to_output=True)


def _first_guess(message: Message) -> tuple[str | None, float]:
    """The topic classifier's likeliest topic and its confidence."""
    ranking = message.get(INTENT_RANKING_KEY, [])
    first = next((r for r in ranking if r[INTENT_NAME_KEY] != DEFAULT_NLU_FALLBACK_INTENT_NAME), None)
    return (str(first[INTENT_NAME_KEY]), float(first[PREDICTED_CONFIDENCE_KEY])) if first else (None, 0.0)


def _is_settled(message: Message) -> bool:
    """True where a rule knows what the message is: a place and nothing else, a command, a follow-up that leans on the
    talk ("and if i moved"). Then a model needs to be surer of an alarm."""
    leans = any(e[ENTITY_ATTRIBUTE_TYPE] == "elliptical" and e["value"] == "leaning" for e in message.get(ENTITIES, []))
    return leans or message.get(INTENT, {}).get(PREDICTED_CONFIDENCE_KEY) == CERTAIN
