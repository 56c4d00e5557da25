"""Rasa featurizer: how a whole message is spelled, as counts of its n-grams.

Rasa's `CountVectorsFeaturizer` counts them for every token as well, which nothing here reads and which takes much of
the training time; this one counts the message, once.
"""

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import CountVectorizer

from bot.nlu.plain_text import simplified

VOCABULARY = "vocabulary.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """Adds one sparse sentence feature of shape (1, n-grams) to each message.

    Config:
        analyzer: "word", or "char_wb" for letters inside words.
        min_ngram, max_ngram: shortest and longest n-gram.
        min_df: n-grams in fewer training messages are left out.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Rasa lets every featurizer follow a tokenizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Words."""
        settings = {"analyzer": "word", "min_ngram": 1, "max_ngram": 1, "min_df": 1}
        return {**SparseFeaturizer.get_default_config(), **settings}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ValueError for an analyzer there is not."""
        if config.get("analyzer") not in ("word", "char_wb"):
            raise ValueError("analyzer is word or char_wb")

    def __init__(self, name: str, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._counter: CountVectorizer | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NgramFeaturizer":
        """Called by Rasa's graph before training."""
        return cls(execution_context.node_name, config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "NgramFeaturizer":
        """Called by Rasa's graph when a trained model is loaded."""
        featurizer = cls(execution_context.node_name, config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            ngrams = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
        featurizer._counter = featurizer._new({ngram: column for column, ngram in enumerate(ngrams)})
        return featurizer

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which n-grams there are."""
        texts = [simplified(m.get(TEXT)) for m in training_data.training_examples if m.get(TEXT)]
        self._counter = self._new(None).fit(texts)
        with self._model_storage.write_to(self._resource) as folder:
            ngrams = sorted(self._counter.vocabulary_, key=self._counter.vocabulary_.__getitem__)
            (folder / VOCABULARY).write_text(json.dumps(ngrams, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the feature to every training example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to `messages` in place. A message without text gets none."""
        with_text = [m for m in messages if m.get(TEXT)]
        if not with_text or self._counter is None:
            return messages
        counts = self._counter.transform([simplified(m.get(TEXT)) for m in with_text])
        for row, message in enumerate(with_text):
            feature = Features(counts[row], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
            message.add_features(feature)
        return messages

    def _new(self, vocabulary: dict[str, int] | None) -> CountVectorizer:
        config = self._config
        return CountVectorizer(
            analyzer=config["analyzer"],
            ngram_range=(config["min_ngram"], config["max_ngram"]),
            min_df=1 if vocabulary else config["min_df"],
            vocabulary=vocabulary,
        )
