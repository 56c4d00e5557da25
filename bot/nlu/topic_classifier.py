"""Rasa intent classifier: which topic a message is about.

Two logistic regressions see the same message, one its n-grams (how it is spelled), one its sentence vector (what it
means). Their opinions are multiplied (a weighted geometric mean), so that a topic needs the consent of both: each
alone is worse, and adding them is surer of wrong answers (docs/decisions.md). Rasa's own
`LogisticRegressionClassifier` fixes C at 1, which starves vectors of length one.
"""

import json
import logging
from pathlib import Path
from typing import Any, NamedTuple

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
from safetensors.numpy import load_file, save_file
from scipy.sparse import csr_matrix, vstack
from scipy.special import expit, softmax

logger = logging.getLogger(__name__)
Array = npt.NDArray[np.float32]


class Weights(NamedTuple):
    """What training leaves behind; topics are columns, in the order of `topics`."""

    topics: list[str]
    ngram_idf: Array  # (n-grams,)
    ngram_weights: Array  # (n-grams, topics)
    ngram_bias: Array  # (topics,)
    vector_weights: Array  # (dimensions, topics)
    vector_bias: Array  # (topics,)

    def save(self, folder: Path) -> None:
        """Plain arrays and a list of names: nothing in the model can run."""
        save_file({k: np.ascontiguousarray(v) for k, v in self._asdict().items() if k != "topics"}, folder / "weights")
        (folder / "topics.json").write_text(json.dumps(self.topics), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Weights":
        """The inverse of `save`."""
        topics = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
        return cls(topics=topics, **load_file(folder / "weights"))

    def probabilities(self, ngrams: csr_matrix, vectors: Array, vector_weight: float) -> Array:
        """Shape (messages, topics); rows add up to one."""
        by_ngrams = expit(_weighed(ngrams, self.ngram_idf) @ self.ngram_weights + self.ngram_bias)
        by_ngrams /= by_ngrams.sum(axis=1, keepdims=True)
        by_vectors = softmax(vectors @ self.vector_weights + self.vector_bias, axis=1)
        both = by_vectors**vector_weight * by_ngrams ** (1.0 - vector_weight)
        return np.asarray(both / both.sum(axis=1, keepdims=True))


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
        self._weights: Weights | None = None

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
            classifier._weights = Weights.load(folder)
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Fits both regressions on the examples that have a topic and text."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        topics = [e.get(INTENT) for e in examples]
        logger.info("Learning %d topics from %d messages", len(set(topics)), len(topics))
        self._weights = _fit(_ngram_matrix(examples), _vector_matrix(examples), topics, self._config)
        with self._model_storage.write_to(self._resource) as folder:
            self._weights.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the likeliest topic and the whole ranking on `messages` in place."""
        with_text = [m for m in messages if m.get(TEXT)]
        if not with_text or self._weights is None:
            return messages
        topics = self._weights.topics
        rows = self._weights.probabilities(
            _ngram_matrix(with_text), _vector_matrix(with_text), float(self._config["vector_weight"])
        )
        for message, row in zip(with_text, rows, strict=True):
            ranking = [{INTENT_NAME_KEY: topics[i], PREDICTED_CONFIDENCE_KEY: float(row[i])} for i in np.argsort(-row)]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def _fit(ngrams: csr_matrix, vectors: Array, topics: list[str], config: dict[str, Any]) -> Weights:
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.linear_model import LogisticRegression

    idf = TfidfTransformer().fit(ngrams).idf_.astype(np.float32)
    by_ngrams = LogisticRegression(C=config["ngram_C"], solver="liblinear", random_state=0)
    by_ngrams.fit(_weighed(ngrams, idf), topics)
    by_vectors = LogisticRegression(C=config["vector_C"], max_iter=config["max_iter"]).fit(vectors, topics)
    names, two = [str(topic) for topic in by_vectors.classes_], len(by_vectors.classes_) == 2
    columns = {"ngram": by_ngrams, "vector": by_vectors}
    parts: dict[str, Array] = {"ngram_idf": idf}
    for name, fitted in columns.items():
        # Of two topics scikit-learn keeps one column; the other is its opposite.
        weights = np.vstack([-fitted.coef_, fitted.coef_]) if two else fitted.coef_
        bias = np.hstack([-fitted.intercept_, fitted.intercept_]) if two else fitted.intercept_
        half = 0.5 if two and name == "vector" else 1.0
        parts[f"{name}_weights"] = (weights.T * half).astype(np.float32)
        parts[f"{name}_bias"] = (bias * half).astype(np.float32)
    return Weights(topics=names, **parts)


def _weighed(ngrams: csr_matrix, idf: Array) -> csr_matrix:
    """Counts as TF-IDF with sublinear counts, each row of length one."""
    weighed = csr_matrix(ngrams, dtype=np.float32, copy=True)
    weighed.data = (1.0 + np.log(weighed.data)) * idf[weighed.indices]
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    weighed.data /= np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(weighed.indptr)).astype(np.float32)
    return weighed


def _ngram_matrix(messages: list[Message]) -> csr_matrix:
    """Shape (messages, n-grams): every sparse sentence feature side by side."""
    return vstack([m.get_sparse_features(TEXT)[1].features for m in messages]).tocsr()


def _vector_matrix(messages: list[Message]) -> Array:
    """Shape (messages, dimensions of the encoder)."""
    return np.vstack([m.get_dense_features(TEXT)[1].features for m in messages])
