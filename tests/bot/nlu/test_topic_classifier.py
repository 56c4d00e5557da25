"""Our arrays give what scikit-learn's models give, for two topics and for more; and they survive saving."""

import numpy as np
import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression

from bot.nlu.linear import TOLERANCE, Linear
from bot.nlu.topic_classifier import _fit, probabilities

CONFIG = {"ngram_C": 10.0, "vector_C": 10.0, "max_iter": 200}


def featurized(rows: csr_matrix, vectors: np.ndarray) -> list[Message]:
    """Messages with these features, as the featurizers before the classifier leave them."""
    messages = []
    for row, vector in zip(rows, vectors, strict=True):
        message = Message(data={TEXT: "x"})
        for kind in (FEATURE_TYPE_SEQUENCE, FEATURE_TYPE_SENTENCE):
            message.add_features(Features(row, kind, TEXT, "ngrams"))
        message.add_features(Features(vector[None], FEATURE_TYPE_SENTENCE, TEXT, "vector"))
        messages.append(message)
    return messages


@pytest.mark.parametrize("topics", [2, 4])
def test_the_same_as_scikit_learn(topics, tmp_path):
    chance = np.random.default_rng(0)
    labels = [f"t{i % topics}" for i in range(80)]
    counts = csr_matrix(chance.poisson(0.7, (80, 30)) + np.eye(30)[[i % topics for i in range(80)]] * 2)
    vectors = chance.normal(size=(80, 8)).astype(np.float32)
    tfidf = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    messages = featurized(tfidf, vectors)
    _fit(messages, labels, CONFIG).save(tmp_path)
    weights = Linear.load(tmp_path)

    one = LogisticRegression(C=10.0, solver="liblinear", tol=TOLERANCE, random_state=0).fit(tfidf, labels)
    other = LogisticRegression(C=10.0, max_iter=200, tol=1e-3).fit(vectors, labels)
    assert weights.classes == list(one.classes_)
    for share, expected in ((0.0, one.predict_proba(tfidf)), (1.0, other.predict_proba(vectors))):
        assert np.allclose(probabilities(weights, messages, share), expected, atol=1e-3)
    both = np.sqrt(one.predict_proba(tfidf) * other.predict_proba(vectors))
    assert np.allclose(probabilities(weights, messages, 0.5), both / both.sum(1, keepdims=True), atol=1e-3)


def test_a_message_of_unknown_words():
    """No n-gram is known: the rows still add up to one."""
    weights = _fit(featurized(csr_matrix(np.eye(4)), np.eye(4, dtype=np.float32)), ["a", "b", "a", "b"], CONFIG)
    [row] = probabilities(weights, featurized(csr_matrix((1, 4)), np.zeros((1, 4), np.float32)), 0.5)
    assert row.sum() == pytest.approx(1, abs=1e-5)
