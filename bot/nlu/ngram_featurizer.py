"""Rasa featurizer: how a whole message is spelled. Its words, pairs of words, and pieces of words, each weighed by how
rare it is (TF-IDF).

Rasa's `CountVectorsFeaturizer` counts them for every token as well, which nothing here reads and which takes much of
the training time; this one counts the message, once, and every classifier reads the same weighed row.
"""

import json
from typing import Any

import numpy as np
import numpy.typing as npt
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
from safetensors.numpy import load_file, save_file
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from bot.nlu.message_fields import read_as

VOCABULARY, RARITY = "vocabulary.json", "rarity"  # files of a model
WORDS, PIECES = "word", "char_wb"  # scikit-learn's names of what an n-gram is made of, in the order of the columns


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """Adds one sparse sentence feature of shape (1, n-grams), of length one, to each message.

    Config:
        words: how many words an n-gram has, least and most.
        pieces: how many letters of a word a piece has, least and most.
        min_df: n-grams in fewer training messages are left out.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Rasa lets every featurizer follow a tokenizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that gave the best result on our own test set."""
        return {**SparseFeaturizer.get_default_config(), "words": [1, 2], "pieces": [2, 5], "min_df": 2}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ValueError for a range that is none."""
        for name in ("words", "pieces"):
            least, most = config.get(name, (1, 1))
            if not 1 <= least <= most:
                raise ValueError(f"{name} are at least 1, and at most no fewer: {least}, {most}")

    def __init__(self, name: str, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource
        self._counters: list[CountVectorizer] = []
        self._rarity: npt.NDArray[np.float32] = np.zeros(0, np.float32)

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
            vocabularies = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
            featurizer._rarity = load_file(folder / RARITY)["rarity"]
        for kind in (WORDS, PIECES):
            known = {ngram: column for column, ngram in enumerate(vocabularies[kind])}
            featurizer._counters.append(featurizer._counter(kind, known))
        return featurizer

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which n-grams there are, and how rare each is."""
        texts = [read_as(m) for m in training_data.training_examples if m.get(TEXT)]
        self._counters = [self._counter(kind) for kind in (WORDS, PIECES)]
        counts = hstack([counter.fit_transform(texts) for counter in self._counters])
        self._rarity = np.asarray(TfidfTransformer().fit(counts).idf_, np.float32)
        with self._model_storage.write_to(self._resource) as folder:
            vocabularies = {counter.analyzer: _ngrams(counter) for counter in self._counters}
            (folder / VOCABULARY).write_text(json.dumps(vocabularies, ensure_ascii=False), encoding="utf-8")
            save_file({"rarity": self._rarity}, folder / RARITY)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the feature to every training example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to `messages` in place. A message without text gets none."""
        with_text = [m for m in messages if m.get(TEXT)]
        if not with_text or not self._counters:
            return messages
        texts = [read_as(m) for m in with_text]
        rows = weighed(hstack([counter.transform(texts) for counter in self._counters]), self._rarity)
        for message, row in zip(with_text, rows, strict=True):
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def ngrams(self) -> list[tuple[str, str]]:
        """The columns of the feature: (`WORDS` or `PIECES`, n-gram) each."""
        return [(counter.analyzer, ngram) for counter in self._counters for ngram in _ngrams(counter)]

    def _counter(self, kind: str, vocabulary: dict[str, int] | None = None) -> CountVectorizer:
        return CountVectorizer(
            analyzer=kind,
            ngram_range=tuple(self._config["words" if kind == WORDS else "pieces"]),
            min_df=self._config["min_df"],
            vocabulary=vocabulary,
        )


def _ngrams(counter: CountVectorizer) -> list[str]:
    return sorted(counter.vocabulary_, key=counter.vocabulary_.__getitem__)


def weighed(counts: csr_matrix, rarity: npt.NDArray[np.float32]) -> csr_matrix:
    """Counts as TF-IDF with sublinear counts, each row of length one."""
    rows = csr_matrix(counts, dtype=np.float32, copy=True)
    rows.data = (1.0 + np.log(rows.data)) * rarity[rows.indices]
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(rows.indptr)).astype(np.float32)
    return rows


def ngram_rows(messages: list[Message]) -> list[csr_matrix]:
    """The n-grams of each message, weighed: shape (1, n-grams) each."""
    return [_row(message) for message in messages]


def _row(message: Message) -> csr_matrix:
    (row,) = (f.features for f in message.features if f.type == FEATURE_TYPE_SENTENCE and f.is_sparse())
    return row


def ngram_matrix(messages: list[Message]) -> csr_matrix:
    """The same as one matrix, shape (messages, n-grams)."""
    return vstack(ngram_rows(messages)).tocsr()
