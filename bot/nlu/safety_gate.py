"""Rasa component: the safety gate, last in the pipeline, so that its word counts before the classifier's.

Two witnesses: patterns (`gate.py`, data a person can read) and a linear model (`alarm_classifier.py`). An alarm fires
where the model is sure, or where a pattern fires and the model does not call it unlikely. Where only the topic
classifier hears a crisis and neither witness does, its guess is undone.
"""

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
from bot.nlu.plain_text import simplified
from bot.nlu.rule_component import RuleComponent, settle_topic

CERTAIN = 1.0  # confidence of a topic that a rule settled
GOOD_GUESS = 0.3  # least confidence of the guess that takes the place of a crisis only the topic classifier heard
KINDS = {topic: kind for kind, topic in TOPICS.items()}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGate(RuleComponent):
    """Sets `gate` (a kind, or None) and `gate_because`, and settles the topic where the gate fires.

    Config:
        fires: at least this much of an alarm, and the model fires by itself.
        contested: at least this much, where the message is clearly about something else (at least `clear`).
        backs: at least this much, and a pattern that fires is believed.
        agrees: at least this much, where the topic classifier's first guess is the same crisis.
        denied: at least this much, and doubt does not hold it back: the patterns hear a denial ("not suicidal"), a joke
            or a memory, nothing in the words backs it, or a rule knows what the message is (a place, a command).
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = {**self.get_default_config(), **config}

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that gave the best result on our own sets."""
        return {"fires": 0.5, "contested": 0.7, "clear": 0.5, "backs": 0.02, "agrees": 0.1, "denied": 0.8}

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
        alarm = self._alarm(simplified(text), gates, alarms, _first_guess(message), settled=_is_settled(message))
        message.set("gate", alarm.kind if alarm else None, add_to_output=True)
        message.set("gate_because", alarm.because if alarm else None, add_to_output=True)
        if alarm:
            settle_topic(message, TOPICS[alarm.kind])
        elif message.get(INTENT, {}).get(INTENT_NAME_KEY) in KINDS:
            self._undo(message)

    def _alarm(
        self, text: str, gates: list[Gate], alarms: dict[Kind, float], guess: tuple[str | None, float], *, settled: bool
    ) -> Alarm | None:
        pattern = next(filter(None, (one.check(text) for one in gates)), None)
        if pattern and alarms.get(pattern.kind, 1.0) >= self._config["backs"]:
            return pattern
        kind = max(alarms, key=lambda k: alarms[k], default=None)
        if kind is None:
            return None
        held_back = settled or any(one.denies(text) or one.looks_alike(text) for one in gates)

        def doubtful(heard: Kind) -> bool:
            return held_back or not any(one.backs(heard, text) for one in gates)

        topic, confidence = guess
        clear = topic not in KINDS and confidence >= self._config["clear"]
        if alarms[kind] >= self._config["denied" if doubtful(kind) else "contested" if clear else "fires"]:
            return Alarm(kind, f"the whole message ({alarms[kind]:.2f})")
        guessed = KINDS.get(topic or "")
        if guessed and not doubtful(guessed) and alarms[guessed] >= self._config["agrees"]:
            return Alarm(guessed, f"the whole message ({alarms[guessed]:.2f}), and its topic ({confidence:.2f})")
        return None

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
