"""Rasa component: how much a message sounds like each kind of alarm (suicide, medical, danger, minor).

A linear model on the same features as the topics, trained on the messages of the crisis topics, on messages of other
topics that carry `alarm` in their metadata, and against everything else, look-alikes above all. It is as fixed as a
pattern: the same words give the same number, and `because` names the words that weighed most. What fires is decided
by `safety_gate.py`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.special import expit

from bot.nlu.gate import KINDS, TOPICS
from bot.nlu.linear import Linear, fit_idf, fit_ngrams, ngram_matrix, vector_matrix, weighed

ALARMS = "alarms"  # what a message gets: kind -> 0 to 1


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AlarmClassifier(IntentClassifier, GraphComponent):
    """Sets `alarms` on each message. Does not touch its intent.

    Config:
        ngram_C, vector_C: inverse strength of regularisation of the two regressions.
        vector_weight: share of the sentence vector's opinion, 0 to 1.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Both kinds of features come from featurizers before this component."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that gave the best result on our own sets."""
        return {"ngram_C": 10.0, "vector_C": 10.0, "vector_weight": 0.5}

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._weights: Linear | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "AlarmClassifier":
        """Called by Rasa's graph before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "AlarmClassifier":
        """Called by Rasa's graph when a trained model is loaded."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._weights = Linear.load(folder)
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Fits both regressions, one yes or no for each kind."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        targets = [np.array([kind in kinds_of(e) for e in examples]) for kind in KINDS]
        self._weights = _fit(examples, targets, self._config)
        with self._model_storage.write_to(self._resource) as folder:
            self._weights.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `alarms` on `messages` in place."""
        with_text = [m for m in messages if m.get(TEXT)]
        if not with_text or self._weights is None:
            return messages
        share = float(self._config["vector_weight"])
        logits = (1 - share) * self._weights.by_ngrams(ngram_matrix(with_text))
        logits += share * self._weights.by_vectors(vector_matrix(with_text))
        for message, row in zip(with_text, expit(logits), strict=True):
            message.set(ALARMS, dict(zip(self._weights.classes, map(float, row), strict=True)))
        return messages


def kinds_of(example: Message) -> set[str]:
    """The alarms that a training message should set off: by its topic, and by its metadata."""
    metadata = (example.get("metadata") or {}).get("example") or {}
    by_topic = {topic: kind for kind, topic in TOPICS.items()}
    return {kind for kind in (metadata.get("alarm"), by_topic.get(example.get(INTENT))) if kind}


def _fit(messages: list[Message], targets: list[npt.NDArray[np.bool_]], config: dict[str, Any]) -> Linear:
    from sklearn.linear_model import LogisticRegression

    ngrams, vectors = ngram_matrix(messages), vector_matrix(messages)
    idf = fit_idf(ngrams)
    weights, bias = fit_ngrams(weighed(ngrams, idf), targets, config["ngram_C"])
    fitted = [LogisticRegression(C=config["vector_C"], max_iter=200).fit(vectors, target) for target in targets]
    return Linear(
        classes=list(KINDS),
        ngram_idf=idf,
        ngram_weights=weights,
        ngram_bias=bias,
        vector_weights=np.column_stack([f.coef_[0] for f in fitted]).astype(np.float32),
        vector_bias=np.array([f.intercept_[0] for f in fitted], np.float32),
    )
