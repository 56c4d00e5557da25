"""Rasa component: which language a message is written in.

A script of its own settles it: Hangul is Korean, Han characters are Chinese. Between languages in Latin letters,
romanised ones too, a logistic regression on the message's n-grams decides; it learns from the `language` that training
messages carry in their metadata (English where they carry none).
"""

import re
from typing import Any

import numpy as np
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

from actions.knowledge.catalogs import ENGLISH
from bot.nlu.linear import Linear, fit_idf, fit_ngrams, ngram_matrix, weighed

HEARD_IN = "heard_in"  # what a message gets: language -> 0 to 1, adding up to one
SCRIPTS = {"ko": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"), "zh": re.compile(r"[\u3400-\u9fff]")}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageClassifier(IntentClassifier, GraphComponent):
    """Sets `heard_in` on each message. Does not touch its intent.

    Config:
        ngram_C: inverse strength of regularisation.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """N-grams come from featurizers before this component."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The setting that gave the best result on our own sets."""
        return {"ngram_C": 10.0}

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
    ) -> "LanguageClassifier":
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
    ) -> "LanguageClassifier":
        """Called by Rasa's graph when a trained model is loaded."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._weights = Linear.load(folder)
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Fits one regression for each language there are messages in."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        languages = np.array([language_of(e) for e in examples])
        names = sorted(set(languages))
        ngrams = ngram_matrix(examples)
        idf = fit_idf(ngrams)
        if len(names) == 1:
            weights, bias = np.zeros((ngrams.shape[1], 1), np.float32), np.ones(1, np.float32)
        else:
            targets = [languages == name for name in names]
            weights, bias = fit_ngrams(weighed(ngrams, idf), targets, self._config["ngram_C"])
        nothing = np.zeros((0, len(names)), np.float32)
        self._weights = Linear(names, idf, weights, bias, vector_weights=nothing, vector_bias=np.zeros_like(bias))
        with self._model_storage.write_to(self._resource) as folder:
            self._weights.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `heard_in` on `messages` in place."""
        with_text = [m for m in messages if m.get(TEXT)]
        if not with_text or self._weights is None:
            return messages
        shares = expit(self._weights.by_ngrams(ngram_matrix(with_text)))
        shares /= shares.sum(axis=1, keepdims=True)
        for message, row in zip(with_text, shares, strict=True):
            by_letters = script(message.get(TEXT))
            heard = {by_letters: 1.0} if by_letters else dict(zip(self._weights.classes, map(float, row), strict=True))
            message.set(HEARD_IN, heard, add_to_output=True)
        return messages


def language_of(example: Message) -> str:
    """The language of a training message."""
    metadata = example.get("metadata") or {}
    return str((metadata.get("intent") or {}).get("language", ENGLISH))


def script(text: str) -> str | None:
    """The language whose own script `text` uses most; None where all of it is in Latin letters."""
    counts = {language: len(letters.findall(text)) for language, letters in SCRIPTS.items()}
    most = max(counts, key=lambda language: counts[language])
    return most if counts[most] else None
