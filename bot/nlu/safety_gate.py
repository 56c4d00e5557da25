"""Rasa component: the safety gate, last in the pipeline, so that its word counts before the classifier's."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.gate import TOPICS, gate
from bot.nlu.rule_component import RuleComponent, settle_topic

CRISES = {topic: kind for kind, topic in TOPICS.items() if topic.startswith("crisis_")}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGate(RuleComponent):
    """Sets `gate` (a kind, or None) and `gate_because`, and settles the topic where the gate fires."""

    def read(self, message: Message, text: str) -> None:
        """An alarm settles the topic. A joke or a memory that a model took for a crisis becomes its next guess."""
        alarm = gate().check(text)
        message.set("gate", alarm.kind if alarm else None, add_to_output=True)
        message.set("gate_because", alarm.because if alarm else None, add_to_output=True)
        if alarm:
            settle_topic(message, TOPICS[alarm.kind])
        kind = CRISES.get(message.get(INTENT, {}).get(INTENT_NAME_KEY))
        if not alarm and kind and (gate().looks_alike(text) or gate().denies(kind, text)):
            ranking = message.get(INTENT_RANKING_KEY, [])
            message.set(INTENT, next(r for r in ranking if r[INTENT_NAME_KEY] not in CRISES), add_to_output=True)
