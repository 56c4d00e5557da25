"""Rasa component: which language a message is written in.

A script of its own settles it: Hangul is Korean, Han characters are Chinese. Between languages in Latin letters,
romanised ones too, a logistic regression on the message's n-grams decides; it learns from the `language` that training
messages carry in their metadata (English where they carry none).
"""

import re
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.special import expit

from bot.nlu.linear import Linear, fit_ngrams
from bot.nlu.linear_classifier import LinearClassifier
from bot.nlu.message_fields import language_of
from bot.nlu.ngram_featurizer import ngram_matrix, ngram_rows

HEARD_IN = "heard_in"  # what a message gets: language -> 0 to 1, adding up to one
SCRIPTS = {"ko": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"), "zh": re.compile(r"[\u3400-\u9fff]")}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageClassifier(LinearClassifier):
    """Sets `heard_in` on each message. Does not touch its intent.

    Config:
        ngram_C: inverse strength of regularisation.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The setting that gave the best result on our own sets."""
        return {"ngram_C": 10.0}

    def fit(self, examples: list[Message]) -> Linear:
        """One regression for each language there are messages in."""
        languages = np.array([language_of(e) for e in examples])
        names = sorted(set(languages))
        ngrams = ngram_matrix(examples)
        if len(names) == 1:
            weights, bias = np.zeros((ngrams.shape[1], 1), np.float16), np.ones(1, np.float32)
        else:
            targets = [languages == name for name in names]
            weights, bias = fit_ngrams(ngrams, targets, self._config["ngram_C"])
        nothing = np.zeros((0, len(names)), np.float32)
        return Linear(names, weights, bias, vector_weights=nothing, vector_bias=np.zeros_like(bias))

    def judge(self, messages: list[Message], weights: Linear) -> None:
        """Sets `heard_in` on `messages`."""
        shares = expit(weights.by_ngrams(ngram_rows(messages)))
        shares /= shares.sum(axis=1, keepdims=True)
        for message, row in zip(messages, shares, strict=True):
            by_letters = script(message.get(TEXT))
            heard = {by_letters: 1.0} if by_letters else dict(zip(weights.classes, map(float, row), strict=True))
            message.set(HEARD_IN, heard, add_to_output=True)


def heard_in(message: Message, language: str) -> float:
    """How much of `message` is heard in `language`, 0 to 1."""
    return float((message.get(HEARD_IN) or {}).get(language, 0.0))


def script(text: str) -> str | None:
    """The language whose own script `text` uses most; None where all of it is in Latin letters."""
    counts = {language: len(letters.findall(text)) for language, letters in SCRIPTS.items()}
    most = max(counts, key=lambda language: counts[language])
    return most if counts[most] else None
