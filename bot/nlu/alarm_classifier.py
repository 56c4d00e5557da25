"""Rasa component: how much a message sounds like each kind of alarm (suicide, medical, danger, minor).

A linear model on the same features as the topics, trained on the messages of the crisis topics, on messages of other
topics that carry `alarm` in their metadata, and against everything else, look-alikes above all. It is as fixed as a
pattern: the same words give the same number, and `because` names the words that weighed most. What fires is decided
by `safety_gate.py`.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from scipy.special import expit

from bot.nlu.encoders.encoder import EVERY_LANGUAGE
from bot.nlu.gate import KINDS, TOPICS
from bot.nlu.linear import Linear, fit_ngrams, read_by, vector_matrix
from bot.nlu.linear_classifier import LinearClassifier
from bot.nlu.ngram_featurizer import ngram_matrix, ngram_rows

ALARMS = "alarms"  # what a message gets: kind -> 0 to 1


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AlarmClassifier(LinearClassifier):
    """Sets `alarms` on each message. Does not touch its intent.

    Config:
        ngram_C, vector_C: inverse strength of regularisation of the two regressions.
        vector_weight: share of the sentence vector's opinion, 0 to 1.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that gave the best result on our own sets."""
        return {"ngram_C": 10.0, "vector_C": 10.0, "vector_weight": 0.5}

    def fit(self, examples: list[Message]) -> Linear:
        """Both regressions, one yes or no for each kind."""
        targets = [np.array([kind in kinds_of(e) for e in examples]) for kind in KINDS]
        return _fit(examples, targets, self._config)

    def judge(self, messages: list[Message], weights: Linear) -> None:
        """Sets `alarms` on `messages`."""
        share = float(self._config["vector_weight"])
        logits = (1 - share) * weights.by_ngrams(ngram_rows(messages))
        logits += share * weights.by_vectors(vector_matrix(messages))
        for message, row in zip(messages, expit(logits), strict=True):
            message.set(ALARMS, dict(zip(weights.classes, map(float, row), strict=True)))


def kinds_of(example: Message) -> set[str]:
    """The alarms that a training message should set off: by its topic, and by its metadata."""
    metadata = (example.get("metadata") or {}).get("example") or {}
    by_topic = {topic: kind for kind, topic in TOPICS.items()}
    return {kind for kind in (metadata.get("alarm"), by_topic.get(example.get(INTENT))) if kind}


def _fit(messages: list[Message], targets: list[npt.NDArray[np.bool_]], config: dict[str, Any]) -> Linear:
    from sklearn.linear_model import LogisticRegression

    read, vectors = read_by(EVERY_LANGUAGE, messages)
    weights, bias = fit_ngrams(ngram_matrix(messages), targets, config["ngram_C"])
    fitted = [
        LogisticRegression(C=config["vector_C"], max_iter=80, tol=1e-3).fit(vectors, target[read]) for target in targets
    ]
    return Linear(
        classes=list(KINDS),
        ngram_weights=weights,
        ngram_bias=bias,
        vector_weights=np.column_stack([f.coef_[0] for f in fitted]).astype(np.float32),
        vector_bias=np.array([f.intercept_[0] for f in fitted], np.float32),
    )
