"""Rasa intent classifier: which topic a message is about.

Two logistic regressions see the same message, one its n-grams (how it is spelled), one its sentence vector (what it
means). Their opinions are multiplied (a weighted geometric mean), so that a topic needs the consent of both: each
alone is worse, and adding them is surer of wrong answers (docs/decisions.md). Rasa's own
`LogisticRegressionClassifier` fixes C at 1, which starves vectors of length one.
"""

import logging
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from skops import io as skops_io

logger = logging.getLogger(__name__)
TRUSTED = ["scipy.sparse._csr.csr_matrix"]  # inside scikit-learn's TF-IDF; skops loads nothing else it does not know
Probabilities = npt.NDArray[np.float64]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` and `intent_ranking` (all topics, likeliest first) on each message.

    Config:
        ngram_C, vector_C: inverse strength of regularisation of the two regressions.
        vector_weight: share of the sentence vector's opinion, 0 to 1.
        max_iter: of the solver for sentence vectors.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Both kinds of features come from featurizers before this component."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that gave the best result on our own test set."""
        return {"ngram_C": 10.0, "vector_C": 10.0, "vector_weight": 0.5, "max_iter": 200}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ValueError where a weight is out of range."""
        if not 0.0 <= config.get("vector_weight", 0.5) <= 1.0:
            raise ValueError("vector_weight lies between 0 and 1")

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._ngrams: Pipeline | None = None
        self._vectors: Pipeline | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicClassifier":
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
    ) -> "TopicClassifier":
        """Called by Rasa's graph when a trained model is loaded."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._ngrams = skops_io.load(folder / "ngrams.skops", trusted=TRUSTED)
            classifier._vectors = skops_io.load(folder / "vectors.skops", trusted=TRUSTED)
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Fits both regressions on the examples that have a topic and text."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        topics = [e.get(INTENT) for e in examples]
        logger.info("Learning %d topics from %d messages", len(set(topics)), len(topics))
        self._ngrams = Pipeline(
            [
                ("weigh", TfidfTransformer(sublinear_tf=True)),
                ("choose", LogisticRegression(C=self._config["ngram_C"], solver="liblinear", random_state=0)),
            ]
        ).fit(_ngram_matrix(examples), topics)
        self._vectors = Pipeline(
            [("choose", LogisticRegression(C=self._config["vector_C"], max_iter=self._config["max_iter"]))]
        ).fit(_vector_matrix(examples), topics)
        with self._model_storage.write_to(self._resource) as folder:
            skops_io.dump(self._ngrams, folder / "ngrams.skops")
            skops_io.dump(self._vectors, folder / "vectors.skops")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the likeliest topic and the whole ranking on `messages` in place."""
        with_text = [m for m in messages if m.get(TEXT)]
        if not with_text or self._ngrams is None or self._vectors is None:
            return messages
        topics = self._vectors.classes_
        for message, row in zip(with_text, self._probabilities(with_text), strict=True):
            ranking = [
                {INTENT_NAME_KEY: str(topics[i]), PREDICTED_CONFIDENCE_KEY: float(row[i])} for i in np.argsort(-row)
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _probabilities(self, messages: list[Message]) -> Probabilities:
        """Shape (messages, topics); rows add up to one."""
        assert self._ngrams is not None and self._vectors is not None
        weight = float(self._config["vector_weight"])
        by_vectors = self._vectors.predict_proba(_vector_matrix(messages))
        by_ngrams = self._ngrams.predict_proba(_ngram_matrix(messages))
        both = by_vectors**weight * by_ngrams ** (1.0 - weight)
        return np.asarray(both / both.sum(axis=1, keepdims=True))


def _ngram_matrix(messages: list[Message]) -> csr_matrix:
    """Shape (messages, n-grams): every sparse sentence feature side by side."""
    return vstack([m.get_sparse_features(TEXT)[1].features for m in messages]).tocsr()


def _vector_matrix(messages: list[Message]) -> npt.NDArray[np.float32]:
    """Shape (messages, dimensions of the encoder)."""
    return np.vstack([m.get_dense_features(TEXT)[1].features for m in messages])
