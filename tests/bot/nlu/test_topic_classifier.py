"""Our arrays give what scikit-learn's models give, for two topics and for more; and they survive saving."""

import numpy as np
import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, FEATURE_TYPE_SEQUENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression

from actions.knowledge.catalogs import ENGLISH
from bot.nlu.encoders.encoder import ENGLISH_ONLY, EVERY_LANGUAGE
from bot.nlu.language_classifier import HEARD_IN
from bot.nlu.linear import TOLERANCE, Array, Linear
from bot.nlu.topic_classifier import Opinions, _fit

CONFIG = {"ngram_C": 10.0, "vector_C": 10.0, "max_iter": 200}


def featurized(rows: csr_matrix, vectors: np.ndarray, english: np.ndarray | None = None) -> list[Message]:
    """Messages with these features, as the components before the classifier leave them; `english` of the first ones."""
    messages = []
    for row, vector in zip(rows, vectors, strict=True):
        message = Message(data={TEXT: "x"})
        for kind in (FEATURE_TYPE_SEQUENCE, FEATURE_TYPE_SENTENCE):
            message.add_features(Features(row, kind, TEXT, "ngrams"))
        message.add_features(Features(vector[None], FEATURE_TYPE_SENTENCE, TEXT, EVERY_LANGUAGE))
        messages.append(message)
    for message, vector in zip(messages, () if english is None else english, strict=False):
        message.add_features(Features(vector[None], FEATURE_TYPE_SENTENCE, TEXT, ENGLISH_ONLY))
        message.set(HEARD_IN, {ENGLISH: 1.0})
    return messages


def probabilities(weights: Linear, messages: list[Message], vector_weight: float, english_weight: float = 0.0) -> Array:
    return Opinions.of(messages, weights).together(vector_weight, english_weight)


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


def test_the_english_encoder_has_a_say_as_far_as_a_message_is_english():
    chance = np.random.default_rng(0)
    labels = ["a", "b", "c"] * 10
    vectors, english = (chance.normal(size=(30, 4)).astype(np.float32) for _ in range(2))
    messages = featurized(csr_matrix(np.eye(30)), vectors, english[:24])  # six are in another language
    weights = _fit(messages, labels, CONFIG)
    without, with_it, by_it_alone = (probabilities(weights, messages, 0.5, share) for share in (0.0, 0.5, 1.0))
    expected = LogisticRegression(C=10.0, max_iter=200, tol=1e-3).fit(english[:24], labels[:24])
    assert np.allclose(by_it_alone[:24], expected.predict_proba(english[:24]), atol=1e-3)
    both = np.sqrt(without * by_it_alone)[:24]
    assert np.allclose(with_it[:24], both / both.sum(1, keepdims=True), atol=1e-3)
    assert np.array_equal(with_it[24:], without[24:])

    messages[0].set(HEARD_IN, {ENGLISH: 0.5})
    half = without[0] ** 0.75 * by_it_alone[0] ** 0.25
    assert np.allclose(probabilities(weights, messages, 0.5, 0.5)[0], half / half.sum(), atol=1e-3)


def test_without_english_messages_of_every_topic_nothing_is_learned_from_them():
    messages = featurized(csr_matrix(np.eye(4)), np.eye(4, dtype=np.float32), np.eye(4, dtype=np.float32)[:1])
    weights = _fit(messages, ["a", "b", "a", "b"], CONFIG)
    assert np.array_equal(probabilities(weights, messages, 0.5, 0.5), probabilities(weights, messages, 0.5, 0.0))
