"""Rasa component: the safety gate, last in the pipeline, so that its word counts before the classifier's."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.gate import TOPICS, gate
from bot.nlu.rule_component import RuleComponent, settle_topic

GOOD_GUESS = 0.3  # least confidence of the guess that takes the place of a crisis only a model heard
KINDS = {topic: kind for kind, topic in TOPICS.items()}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGate(RuleComponent):
    """Sets `gate` (a kind, or None) and `gate_because`, and settles the topic where the gate fires."""

    def read(self, message: Message, text: str) -> None:
        """An alarm settles the topic. Where only a model heard one, a joke, a memory or a denial undoes it."""
        alarm = gate().check(text)
        message.set("gate", alarm.kind if alarm else None, add_to_output=True)
        message.set("gate_because", alarm.because if alarm else None, add_to_output=True)
        kind = KINDS.get(message.get(INTENT, {}).get(INTENT_NAME_KEY))
        if alarm:
            settle_topic(message, TOPICS[alarm.kind])
        elif kind and (gate().looks_alike(text) or gate().denies(text) or not gate().backs(kind, text)):
            self._undo(message)

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
