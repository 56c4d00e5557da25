"""Rasa intent classifier: which topic a message is about.

Logistic regressions (`linear.py`) have an opinion each: one on n-grams, one on the vector, and, as far as a message is
English, one on the vector of the encoder that reads only that. They are multiplied (a weighted geometric mean), so that
a topic needs the consent of all: each alone is worse, and adding them is surer of wrong answers (docs/decisions.md).
"""

import logging
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message
from scipy.special import expit, softmax

from actions.knowledge.catalogs import ENGLISH
from bot.nlu.encoders.encoder import ENGLISH_ONLY, EVERY_LANGUAGE
from bot.nlu.language_classifier import heard_in
from bot.nlu.linear import WORKERS, Array, Linear, fit_ngrams, near_classes, read_by, vector_matrix
from bot.nlu.linear_classifier import LinearClassifier
from bot.nlu.ngram_featurizer import ngram_matrix, ngram_rows

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(LinearClassifier):
    """Sets `intent` and `intent_ranking` (all topics, likeliest first) on each message.

    Config:
        ngram_C, vector_C: inverse strength of regularisation, of n-grams and of vectors.
        vector_weight: share of the sentence vector's opinion beside that on n-grams, 0 to 1.
        english_weight: share of the English encoder's opinion, 0 to 1; the others divide the rest.
        max_iter: of the solver for sentence vectors.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that gave the best result on our own test set."""
        return {"ngram_C": 10.0, "vector_C": 10.0, "vector_weight": 0.5, "english_weight": 0.3, "max_iter": 60}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ValueError where a weight is out of range."""
        for name in ("vector_weight", "english_weight"):
            if not 0.0 <= config.get(name, 0.5) <= 1.0:
                raise ValueError(f"{name} lies between 0 and 1")

    def fit(self, examples: list[Message]) -> Linear:
        """All regressions, over the topics there are."""
        topics = [e.get(INTENT) for e in examples]
        logger.info("Learning %d topics from %d messages", len(set(topics)), len(topics))
        return _fit(examples, topics, self._config)

    def judge(self, messages: list[Message], weights: Linear) -> None:
        """Sets the likeliest topic and the whole ranking on `messages`."""
        topics = weights.classes
        rows = Opinions.of(messages, weights).together(self._config["vector_weight"], self._config["english_weight"])
        for message, row in zip(messages, rows, strict=True):
            ranking = [{INTENT_NAME_KEY: topics[i], PREDICTED_CONFIDENCE_KEY: float(row[i])} for i in np.argsort(-row)]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


class Opinions(NamedTuple):
    """What each regression makes of messages: shares of all topics, shape (messages, topics), rows adding up to one.

    Attributes:
        english: how much of each message is English, shape (messages, 1); 0 where the English encoder did not read it,
            and where nothing was learned from that.
    """

    by_ngrams: Array
    by_vector: Array
    by_english: Array
    english: Array

    @classmethod
    def of(cls, messages: list[Message], weights: Linear) -> "Opinions":
        """Of `messages` with their features."""
        by_ngrams = expit(weights.by_ngrams(ngram_rows(messages)))
        by_ngrams /= by_ngrams.sum(axis=1, keepdims=True)
        by_vector = softmax(weights.by_vectors(vector_matrix(messages)), axis=1)
        by_english = np.full_like(by_vector, 1 / len(weights.classes))
        read, vectors = read_by(ENGLISH_ONLY, messages)
        if weights.english_weights.size:
            by_english[read] = softmax(weights.by_english(vectors), axis=1)
        else:
            read = np.zeros_like(read)
        english = np.array([heard_in(message, ENGLISH) for message in messages], np.float32) * read
        return cls(by_ngrams, by_vector, by_english, english[:, None])

    def together(self, vector_weight: float, english_weight: float) -> Array:
        """Shape (messages, topics); rows add up to one."""
        share = english_weight * self.english
        of_all = (self.by_vector**vector_weight * self.by_ngrams ** (1.0 - vector_weight)) ** (1.0 - share)
        of_all = of_all * self.by_english**share
        return np.asarray(of_all / of_all.sum(axis=1, keepdims=True))


def _fit(messages: list[Message], topics: list[str], config: dict[str, Any]) -> Linear:
    from joblib import Parallel, delayed

    labels = np.array(topics)
    read, vectors = read_by(EVERY_LANGUAGE, messages)
    read_as_english, english = read_by(ENGLISH_ONLY, messages)
    taught = [(vectors, labels[read])]
    if {*labels[read_as_english]} == {*labels}:  # it must have an opinion of every topic
        taught.append((english, labels[read_as_english]))
    fits = Parallel(n_jobs=WORKERS)(delayed(_fit_vectors)(*each, config) for each in taught)
    vector_weights, vector_bias, classes = fits[0]
    near = near_classes(vectors @ vector_weights + vector_bias, read, labels) if len(classes) > 2 else None
    targets = [labels == topic for topic in classes]
    weights, bias = fit_ngrams(ngram_matrix(messages), targets, config["ngram_C"], near)
    of_english = fits[1][:2] if len(fits) > 1 else ()
    return Linear(classes, weights, bias, vector_weights, vector_bias, *of_english)


def _fit_vectors(
    vectors: Array, labels: npt.NDArray[np.str_], config: dict[str, Any]
) -> tuple[Array, Array, list[str]]:
    """Weights (dimensions, topics), bias (topics,), and the topics."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=config["vector_C"], max_iter=config["max_iter"], tol=1e-3).fit(vectors, labels)
    classes = [str(topic) for topic in fitted.classes_]
    coefficients, intercepts = fitted.coef_, fitted.intercept_
    if len(classes) == 2:  # of two topics scikit-learn keeps one column; the other is its opposite
        coefficients, intercepts = (np.concatenate([-half, half]) / 2 for half in (coefficients, intercepts))
    return np.asarray(coefficients.T, np.float32), np.asarray(intercepts, np.float32), classes
