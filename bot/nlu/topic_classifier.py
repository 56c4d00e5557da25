"""Rasa intent classifier: which topic a message is about.

Two logistic regressions (`linear.py`) have an opinion each. They are multiplied (a weighted geometric mean), so that a
topic needs the consent of both: each alone is worse, and adding them is surer of wrong answers (docs/decisions.md).
"""

import logging
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message
from scipy.special import expit, softmax

from bot.nlu.linear import Array, Linear, fit_ngrams, near_classes, vector_matrix
from bot.nlu.linear_classifier import LinearClassifier
from bot.nlu.ngram_featurizer import ngram_matrix, ngram_rows

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(LinearClassifier):
    """Sets `intent` and `intent_ranking` (all topics, likeliest first) on each message.

    Config:
        ngram_C, vector_C: inverse strength of regularisation of the two regressions.
        vector_weight: share of the sentence vector's opinion, 0 to 1.
        max_iter: of the solver for sentence vectors.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that gave the best result on our own test set."""
        return {"ngram_C": 10.0, "vector_C": 10.0, "vector_weight": 0.5, "max_iter": 60}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ValueError where a weight is out of range."""
        if not 0.0 <= config.get("vector_weight", 0.5) <= 1.0:
            raise ValueError("vector_weight lies between 0 and 1")

    def fit(self, examples: list[Message]) -> Linear:
        """Both regressions, over the topics there are."""
        topics = [e.get(INTENT) for e in examples]
        logger.info("Learning %d topics from %d messages", len(set(topics)), len(topics))
        return _fit(examples, topics, self._config)

    def judge(self, messages: list[Message], weights: Linear) -> None:
        """Sets the likeliest topic and the whole ranking on `messages`."""
        topics = weights.classes
        rows = probabilities(weights, messages, float(self._config["vector_weight"]))
        for message, row in zip(messages, rows, strict=True):
            ranking = [{INTENT_NAME_KEY: topics[i], PREDICTED_CONFIDENCE_KEY: float(row[i])} for i in np.argsort(-row)]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def probabilities(weights: Linear, messages: list[Message], vector_weight: float) -> Array:
    """Shape (messages, topics); rows add up to one."""
    by_ngrams = expit(weights.by_ngrams(ngram_rows(messages)))
    by_ngrams /= by_ngrams.sum(axis=1, keepdims=True)
    by_vectors = softmax(weights.by_vectors(vector_matrix(messages)), axis=1)
    both = by_vectors**vector_weight * by_ngrams ** (1.0 - vector_weight)
    return np.asarray(both / both.sum(axis=1, keepdims=True))


def _fit(messages: list[Message], topics: list[str], config: dict[str, Any]) -> Linear:
    from sklearn.linear_model import LogisticRegression

    labels = np.array(topics)
    vectors = vector_matrix(messages)
    fitted = LogisticRegression(C=config["vector_C"], max_iter=config["max_iter"], tol=1e-3).fit(vectors, labels)
    classes = [str(topic) for topic in fitted.classes_]
    near = near_classes(vectors @ fitted.coef_.T + fitted.intercept_) if len(classes) > 2 else None
    targets = [labels == topic for topic in classes]
    weights, bias = fit_ngrams(ngram_matrix(messages), targets, config["ngram_C"], near)
    coefficients, intercepts = fitted.coef_, fitted.intercept_
    if len(classes) == 2:  # of two topics scikit-learn keeps one column; the other is its opposite
        coefficients, intercepts = (np.concatenate([-half, half]) / 2 for half in (coefficients, intercepts))
    return Linear(
        classes=classes,
        ngram_weights=weights,
        ngram_bias=bias,
        vector_weights=np.asarray(coefficients.T, np.float32),
        vector_bias=np.asarray(intercepts, np.float32),
    )
