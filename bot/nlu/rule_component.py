"""What our deterministic components share: no training, nothing stored, one message at a time."""

from abc import abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    INTENT,
    INTENT_NAME_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message


class RuleComponent(GraphComponent):
    """A component that reads a message's text and adds what it is sure of."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "RuleComponent":
        """Called by Rasa's graph."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Works on each message that has text, in place."""
        for message in messages:
            if message.get(TEXT):
                self.read(message, message.get(TEXT))
        return messages

    @abstractmethod
    def read(self, message: Message, text: str) -> None:
        """Adds to `message` what its `text` says."""


def add_entity(message: Message, kind: str, value: object, start: int = 0, end: int | None = None) -> None:
    """Adds one entity to those that `message` has."""
    end = len(message.get(TEXT)) if end is None else end
    entity = {ENTITY_ATTRIBUTE_TYPE: kind, ENTITY_ATTRIBUTE_VALUE: value, "start": start, "end": end}
    message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)


def settle_topic(message: Message, topic: str) -> None:
    """Makes `topic` the certain one, whatever a model thought."""
    message.set(INTENT, {INTENT_NAME_KEY: topic, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
