"""Logistic regressions that see the same message: its n-grams (how it is spelled), its vectors (what it means).

Plain arrays, so that nothing in a model file can run. Rasa's own `LogisticRegressionClassifier` fixes C at 1, which
starves vectors of length one.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE
from rasa.shared.nlu.training_data.message import Message
from safetensors.numpy import load_file, save_file
from scipy.sparse import csr_matrix

from bot.nlu.encoders.encoder import DIMENSIONS, EVERY_LANGUAGE

Array = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
Members = npt.NDArray[np.bool_]  # which of the messages belong, shape (messages,)
WORKERS = 2  # processes that fit regressions side by side
TOLERANCE = 0.01  # of these regressions: with a hundredth of it they take twice as long and find the same topics
NEAR = 8  # classes a message may be taken for, the likeliest by its vector: their regressions all learn from it
OTHERS = 0.25  # share of the messages far from a class that its regression learns from; each then counts four times


NO_ENGLISH: Array = np.zeros((0, 0), np.float32)


class Linear(NamedTuple):
    """What training leaves behind; classes are columns, in the order of `classes`."""

    classes: list[str]
    ngram_weights: Halves  # (n-grams, classes); most of a model, so in half the bytes
    ngram_bias: Array  # (classes,)
    vector_weights: Array  # (dimensions, classes)
    vector_bias: Array  # (classes,)
    english_weights: Array = NO_ENGLISH  # (dimensions, classes), of the encoder that reads English only
    english_bias: Array = NO_ENGLISH  # (classes,)

    def save(self, folder: Path) -> None:
        """Plain arrays and a list of names."""
        arrays = {k: np.ascontiguousarray(v) for k, v in self._asdict().items() if k != "classes"}
        save_file(arrays, folder / "weights")
        (folder / "classes.json").write_text(json.dumps(self.classes), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Linear":
        """The inverse of `save`."""
        classes = json.loads((folder / "classes.json").read_text(encoding="utf-8"))
        return cls(classes=classes, **load_file(folder / "weights"))

    def by_ngrams(self, rows: Sequence[csr_matrix]) -> Array:
        """Logits, shape (messages, classes), of rows of shape (1, n-grams): only the weights they use are looked at."""
        logits = [row.data @ self.ngram_weights[row.indices].astype(np.float32) for row in rows]
        return np.asarray(np.stack(logits) + self.ngram_bias)

    def by_vectors(self, vectors: Array) -> Array:
        """Logits, shape (messages, classes)."""
        return np.asarray(vectors @ self.vector_weights + self.vector_bias)

    def by_english(self, vectors: Array) -> Array:
        """The same, of the vectors of the encoder that reads English only."""
        return np.asarray(vectors @ self.english_weights + self.english_bias)


def fit_ngrams(
    ngrams: csr_matrix, targets: Sequence[Members], strength: float, near: Sequence[Members] | None = None
) -> tuple[Halves, Array]:
    """One regression for each of `targets` (who of the messages belongs): weights (n-grams, targets), bias (targets,).

    Args:
        ngrams: weighed, shape (messages, n-grams).
        strength: C, the inverse of regularisation.
        near: for each of `targets`, the messages that could be taken for it. Of the others, from which little is to be
            learned, only a share is looked at (`OTHERS`); without it, all are.
    """
    from joblib import Parallel, delayed

    looked_at = near or [np.ones(ngrams.shape[0], bool)] * len(targets)
    jobs = zip(targets, looked_at, strict=True)
    fitted = Parallel(n_jobs=WORKERS)(delayed(_fit_one)(ngrams, target, close, strength) for target, close in jobs)
    weights, bias = zip(*fitted, strict=True)
    return np.column_stack(weights).astype(np.float16), np.array(bias, np.float32)


def _fit_one(ngrams: csr_matrix, target: Members, near: Members, strength: float) -> tuple[Array, float]:
    from sklearn.linear_model import LogisticRegression

    whole = target | near
    chosen = whole | (np.random.default_rng(0).random(len(whole)) < OTHERS)
    counts = np.where(whole[chosen], 1.0, 1.0 / OTHERS)
    regression = LogisticRegression(C=strength, solver="liblinear", tol=TOLERANCE, random_state=0)
    fitted = regression.fit(ngrams[chosen], target[chosen], counts)
    return fitted.coef_[0], float(fitted.intercept_[0])


def near_classes(logits: Array, read: Members, labels: npt.NDArray[np.str_]) -> list[Members]:
    """For each class, the messages that may be taken for it.

    Of a message that has a vector, its `NEAR` likeliest classes; of another, those that are so most often for messages
    of its topic.

    Args:
        logits: of the messages with a vector, shape (messages with one, classes).
        read: which of the messages have one.
        labels: the topics of all messages.
    """
    near = np.ones((len(labels), logits.shape[1]), bool)
    if logits.shape[1] <= NEAR:
        return list(near.T)
    near[read] = _highest(logits)
    for label in {*labels[~read]}:
        ours = labels == label
        near[ours & ~read] = _highest(near[ours & read].mean(axis=0, keepdims=True))
    return list(near.T)


def _highest(values: Array) -> Members:
    """Where the `NEAR` highest of each row are."""
    found = np.zeros(values.shape, bool)
    np.put_along_axis(found, np.argpartition(-values, NEAR, axis=1)[:, :NEAR], True, axis=1)
    return found


def vector_matrix(messages: Sequence[Message], model: str = EVERY_LANGUAGE) -> Array:
    """The vectors that an encoder gave to messages: shape (messages, dimensions). Every message must have one."""
    return np.vstack([_vectors(message, model)[0] for message in messages])


def read_by(model: str, messages: Sequence[Message]) -> tuple[Members, Array]:
    """Which of `messages` an encoder read, and the vectors it gave those: shape (messages read, dimensions)."""
    read = np.array([bool(_vectors(message, model)) for message in messages], bool)
    ours = [message for message, there in zip(messages, read, strict=True) if there]
    return read, vector_matrix(ours, model) if ours else np.zeros((0, DIMENSIONS), np.float32)


def _vectors(message: Message, model: str) -> list[Array]:
    return [f.features for f in message.features if f.type == FEATURE_TYPE_SENTENCE and f.origin == model]
