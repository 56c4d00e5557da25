"""What our learnt classifiers share: a `Linear` model in Rasa's storage, fitted on messages with a topic and text."""

from abc import abstractmethod
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.linear import Linear

C = TypeVar("C", bound="LinearClassifier")


class LinearClassifier(IntentClassifier, GraphComponent):
    """Says something about each message with linear models of its features."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Features come from featurizers before this component."""
        return [Featurizer]

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self.weights: Linear | None = None

    @classmethod
    def create(
        cls: type[C],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> C:
        """Called by Rasa's graph before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[C],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> C:
        """Called by Rasa's graph when a trained model is loaded."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier.weights = Linear.load(folder)
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the model and stores it."""
        self.weights = self.fit([e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)])
        with self._model_storage.write_to(self._resource) as folder:
            self.weights.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Says what there is to say about each message that has text, in place."""
        with_text = [m for m in messages if m.get(TEXT)]
        if with_text and self.weights is not None:
            self.judge(with_text, self.weights)
        return messages

    @abstractmethod
    def fit(self, examples: list[Message]) -> Linear:
        """The model that `examples` teach."""

    @abstractmethod
    def judge(self, messages: list[Message], weights: Linear) -> None:
        """Sets what `weights` say on each of `messages`."""
