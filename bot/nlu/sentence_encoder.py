"""Rasa featurizer: the meaning of a whole message as one vector (see `encoders/encoder.py`).

"Training" builds the encoder and puts it into the model, so that a trained model starts without building anything.
"""

import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoders.encoder import EVERY_LANGUAGE, MODELS, Encoder, build
from bot.nlu.language_classifier import heard_in
from bot.nlu.message_fields import language_of, read_as

ENOUGH = 0.3  # of a message must be heard in a language for an encoder that reads only that one to look at it


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds one dense sentence feature of shape (1, 384) to each message, called after the model that made it.

    Config:
        model: one of `MODELS`.
        language: the only one that the model reads, so that other messages get no feature; None where it reads all.
            It must stand behind the language classifier then.
        most: training messages of one language that get a feature, the same share of every topic; None for all.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Rasa lets every featurizer follow a tokenizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The model that reads every language."""
        return {**DenseFeaturizer.get_default_config(), "model": EVERY_LANGUAGE, "language": None, "most": None}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ValueError for a model that we do not know, and where nothing could be learned."""
        if (model := config.get("model", EVERY_LANGUAGE)) not in MODELS:
            raise ValueError(f"{model}: the encoder is one of {', '.join(MODELS)}")
        if (most := config.get("most")) is not None and most < 1:
            raise ValueError(f"most: {most} messages to learn from are too few")

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config["model"], config)
        self._model_storage = model_storage
        self._resource = resource
        self._encoder: Encoder | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEncoder":
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
    ) -> "SentenceEncoder":
        """Called by Rasa's graph when a trained model is loaded."""
        featurizer = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            featurizer._encoder = Encoder(folder)
        return featurizer

    def train(self, training_data: TrainingData) -> Resource:
        """Builds the encoder. It learns nothing from `training_data`."""
        with self._model_storage.write_to(self._resource) as folder:
            build(folder, self._config["model"])
            self._encoder = Encoder(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the feature to the training examples in its language, or to some of them."""
        only, most = self._config["language"], self._config["most"]
        examples = [m for m in training_data.training_examples if m.get(TEXT) and only in (None, language_of(m))]
        self._encode(examples if most is None else some(examples, most))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to `messages` in place. A message without text gets none."""
        only = self._config["language"]
        self._encode([m for m in messages if only is None or heard_in(m, only) >= ENOUGH])
        return messages

    def _encode(self, messages: list[Message]) -> None:
        with_text = [m for m in messages if m.get(TEXT)]
        if with_text and self._encoder is not None:
            vectors = self._encoder.encode([read_as(m) for m in with_text])
            for message, vector in zip(with_text, vectors, strict=True):
                message.add_features(Features(np.atleast_2d(vector), FEATURE_TYPE_SENTENCE, TEXT, self._identifier))


def some(messages: Sequence[Message], most: int) -> list[Message]:
    """About `most` of `messages` of each language, at random but always the same; of every topic the same share.

    At least one of each topic is among them.
    """
    of_language: dict[str, dict[str, list[Message]]] = {}
    for message in messages:
        of_language.setdefault(language_of(message), {}).setdefault(str(message.get(INTENT)), []).append(message)
    chosen = []
    for topics in of_language.values():
        share = min(1.0, most / sum(map(len, topics.values())))
        for ours in topics.values():
            chosen += random.Random(0).sample(ours, math.ceil(share * len(ours)))  # noqa: S311  nothing secret
    return chosen
