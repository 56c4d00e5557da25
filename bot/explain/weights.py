"""Which words and pieces of words spoke for a topic: weights of the regression on n-grams, for one message."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.language_classifier import SCRIPTS
from bot.nlu.linear import Linear

WORD = re.compile(r"(?u)\b\w\w+\b")  # as scikit-learn finds them; one letter by itself is no word
STRONGEST = 6


@dataclass(frozen=True)
class Spoke:
    """What spoke for a topic (above zero) or against it, strongest first: (n-gram or word, weight in logits).

    Attributes:
        words: n-grams of whole words.
        pieces: n-grams of letters; a space is the edge of a word.
        by_word: all of the above, shared out among the words of the message they lie in, in the order of the message.
    """

    topic: str
    words: tuple[tuple[str, float], ...]
    pieces: tuple[tuple[str, float], ...]
    by_word: tuple[tuple[str, float], ...]


def spoke_for(topic: str, text: str, row: csr_matrix, names: Sequence[tuple[str, str]], weights: Linear) -> Spoke:
    """What in a message spoke for `topic`.

    Args:
        text: the message as its featurizers read it (simplified).
        row: its n-grams, weighed, shape (1, n-grams).
        names: (analyzer, n-gram) of each column.
    """
    column = weights.ngram_weights[:, weights.classes.index(topic)].astype(np.float32)
    spoke = [(*names[at], float(value * column[at])) for at, value in zip(row.indices, row.data, strict=True)]
    return Spoke(
        topic=topic,
        words=_strongest([(ngram, weight) for analyzer, ngram, weight in spoke if analyzer == "word"]),
        pieces=_strongest([(ngram, weight) for analyzer, ngram, weight in spoke if analyzer != "word"]),
        by_word=_by_word(text, spoke),
    )


def unknown_words(text: str, names: Sequence[tuple[str, str]]) -> list[str]:
    """The words of `text` that training never saw, or once: only their pieces and the sentence's vector speak. Chinese
    has no spaces to tell words by."""
    known = {ngram for analyzer, ngram in names if analyzer == "word"}
    words = dict.fromkeys(WORD.findall(text.lower()))
    return [word for word in words if word not in known and not SCRIPTS["zh"].search(word)]


def _strongest(spoke: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(spoke, key=lambda one: -abs(one[1]))[:STRONGEST])


def _by_word(text: str, spoke: Sequence[tuple[str, str, float]]) -> tuple[tuple[str, float], ...]:
    words = text.lower().split()
    shares: dict[int, float] = defaultdict(float)
    for analyzer, ngram, weight in spoke:
        parts = ngram.split(" ") if analyzer == "word" else [ngram]
        padded = [f" {word} " for word in words]
        lies_in = [
            at
            for at, word in enumerate(padded)
            if any(part in (WORD.findall(word) if analyzer == "word" else word) for part in parts)
        ]
        for at in lies_in:
            shares[at] += weight / len(lies_in)
    return tuple((word, shares[at]) for at, word in enumerate(words))
