"""What spoke for a topic, with weights small enough to reckon by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.explain.weights import spoke_for, unknown_words
from bot.nlu.linear import Linear
from bot.nlu.ngram_featurizer import weighed

NAMES = [("word", "clear"), ("word", "clear record"), ("char_wb", " re"), ("char_wb", "xyz")]
WEIGHTS = Linear(
    classes=["greet", "records"],
    ngram_weights=np.array([[0, 3], [0, 4], [9, -1], [9, 9]], np.float16),
    ngram_bias=np.zeros(2, np.float32),
    vector_weights=np.zeros((1, 2), np.float32),
    vector_bias=np.zeros(2, np.float32),
)
COUNTS = csr_matrix(np.array([[1, 1, 2, 0]], np.float32))  # of "Clear record report": " re" twice
ROW = weighed(COUNTS, np.ones(4, np.float32))


def test_each_ngram_speaks_with_its_weight():
    spoke = spoke_for("records", "Clear record report", ROW, NAMES, WEIGHTS)
    length = np.sqrt(1 + 1 + (1 + np.log(2)) ** 2)
    twice = (1 + np.log(2)) / length
    assert spoke.words == (("clear record", pytest.approx(4 / length)), ("clear", pytest.approx(3 / length)))
    assert spoke.pieces == ((" re", pytest.approx(-twice)),)
    by_word = dict(spoke.by_word)
    assert by_word["clear"] == pytest.approx((3 + 2) / length)
    assert by_word["record"] == pytest.approx(2 / length - twice / 2) and by_word["report"] == pytest.approx(-twice / 2)


def test_the_words_share_out_all_that_the_regression_hears():
    spoke = spoke_for("records", "Clear record report", ROW, NAMES, WEIGHTS)
    assert sum(weight for _, weight in spoke.by_word) == pytest.approx(WEIGHTS.by_ngrams([ROW])[0, 1], abs=1e-3)


def test_words_that_training_did_not_see():
    assert unknown_words("Clear a frobnicated record, frobnicated", NAMES) == ["frobnicated", "record"]
    assert unknown_words("我被抓了怎么办", NAMES) == []
