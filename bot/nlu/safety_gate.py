"""Rasa component: the safety gate, last in the pipeline, so that its word counts before the classifier's."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.gate import TOPICS, gate
from bot.nlu.rule_component import RuleComponent, settle_topic

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
            ranking = [r for r in message.get(INTENT_RANKING_KEY, []) if r[INTENT_NAME_KEY] not in KINDS]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
