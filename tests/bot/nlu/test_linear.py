"""A regression looks at all messages near its class, and at a share of the others, which then count for all of them."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.special import expit

from bot.nlu import linear
from bot.nlu.linear import fit_ngrams, near_classes


def test_the_likeliest_classes_of_each_message():
    logits = np.random.default_rng(0).normal(size=(50, 20)).astype(np.float32)
    near = np.column_stack(near_classes(logits, np.ones(50, bool), np.array(["a"] * 50)))
    assert near.shape == (50, 20) and (near.sum(axis=1) == linear.NEAR).all()
    for row, classes in zip(logits, near, strict=True):
        assert row[classes].min() > row[~classes].max()


def test_few_classes_are_all_near():
    near = near_classes(np.zeros((5, 3), np.float32), np.ones(5, bool), np.array([*"abcab"]))
    assert all(members.all() for members in near)


def test_a_message_without_a_vector_may_be_taken_for_what_others_of_its_topic_are():
    logits = np.full((30, 20), -9.0, np.float32)
    logits[:20, :8], logits[20:, 12:] = 1.0, 1.0  # twenty of topic a, ten of topic b
    labels = np.array(["a"] * 20 + ["b"] * 10 + ["a", "b"])
    near = np.column_stack(near_classes(logits, np.arange(32) < 30, labels))
    assert near[30].nonzero()[0].tolist() == [*range(8)] and near[31].nonzero()[0].tolist() == [*range(12, 20)]


@pytest.fixture
def messages():
    """Of 4,000 messages 400 belong; every twentieth n-gram tells."""
    chance = np.random.default_rng(1)
    belong = np.arange(4000) % 10 == 0
    counts = chance.poisson(0.3, (4000, 60)).astype(np.float32)
    counts[belong, ::20] += chance.poisson(1.0, (400, 3))
    return csr_matrix(counts), belong


def test_all_near_is_all_of_them(messages):
    ngrams, belong = messages
    weights, bias = fit_ngrams(ngrams, [belong], 10.0)
    same, its_bias = fit_ngrams(ngrams, [belong], 10.0, [np.ones(len(belong), bool)])
    assert (weights == same).all() and bias == its_bias


def test_a_share_of_those_that_are_far_stands_for_them_all(messages):
    ngrams, belong = messages
    whole, bias = fit_ngrams(ngrams, [belong], 10.0)
    part, its_bias = fit_ngrams(ngrams, [belong], 10.0, [belong])
    assert not (whole == part).all()
    sure = expit(ngrams @ whole.astype(np.float32)[:, 0] + bias)
    guess = expit(ngrams @ part.astype(np.float32)[:, 0] + its_bias)
    assert np.abs(sure - guess).mean() < 0.03
