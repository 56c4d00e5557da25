"""The loaded pipeline, opened: what its components keep to themselves, and a message as it is between two of them."""

from copy import deepcopy
from typing import Any, TypeVar

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.runner.interface import GraphRunner
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.linear import Linear
from bot.nlu.ngram_featurizer import NgramFeaturizer
from bot.nlu.safety_gate import SafetyGate
from bot.nlu.topic_classifier import TopicClassifier

C = TypeVar("C")


class Opened:
    """Reads the components of Rasa's graph. Rasa has no door to them: this class is the one place that goes inside.

    Args:
        runner: of a loaded agent (`Lantern.pipeline`).
    """

    def __init__(self, runner: GraphRunner) -> None:
        nodes: dict[str, Any] = runner._instantiated_nodes
        self._runner = runner
        self._components = {name: node._component for name, node in nodes.items()}
        self._inputs = {name: [*node._inputs.values()] for name, node in nodes.items()}

    def components(self, kind: type[C]) -> list[C]:
        """The components of a kind, in the pipeline's order."""
        return [component for component in self._components.values() if isinstance(component, kind)]

    @property
    def topics(self) -> Linear:
        """The weights of the topic classifier."""
        (classifier,) = self.components(TopicClassifier)
        assert classifier.weights is not None, "a loaded classifier has weights"
        return classifier.weights

    @property
    def shares(self) -> tuple[float, float]:
        """How much the opinions on vectors count about the topic: `vector_weight` and `english_weight`, 0 to 1."""
        (classifier,) = self.components(TopicClassifier)
        return float(classifier._config["vector_weight"]), float(classifier._config["english_weight"])

    @property
    def thresholds(self) -> dict[str, float]:
        """Below what Lantern asks: `threshold` of the first topic, `ambiguity_threshold` from it to the second."""
        (fallback,) = self.components(FallbackClassifier)
        names = ("threshold", "ambiguity_threshold")
        return {name: float(fallback.component_config[name]) for name in names}

    @property
    def gate(self) -> SafetyGate:
        """The safety gate."""
        (gate,) = self.components(SafetyGate)
        return gate

    def ngrams(self) -> list[tuple[str, str]]:
        """What the weights of n-grams are of: (of words or pieces, n-gram) each."""
        (featurizer,) = self.components(NgramFeaturizer)
        return featurizer.ngrams()

    def before_the_gate(self, text: str) -> Message:
        """`text` with everything the pipeline finds in it before its safety gate."""
        gate = next(name for name, component in self._components.items() if isinstance(component, SafetyGate))
        (before,) = self._inputs[gate]
        message = UserMessage(text=text)
        no_talk = DialogueStateTracker.from_events(message.sender_id, [])
        inputs = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: no_talk}
        (read,) = self._runner.run(inputs=inputs, targets=[before])[before]
        return deepcopy(read)
