"""The featurizer: an encoder of one language reads only what is heard in it, or, in training, what is written in it."""

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoders.encoder import ENGLISH_ONLY, EVERY_LANGUAGE
from bot.nlu.language_classifier import HEARD_IN
from bot.nlu.linear import read_by, vector_matrix
from bot.nlu.sentence_encoder import SentenceEncoder


class Encoder:
    """A vector is how long a text is."""

    def encode(self, texts):
        return np.array([[len(text), 1.0] for text in texts], np.float32)


def featurizer(**config) -> SentenceEncoder:
    made = SentenceEncoder({**SentenceEncoder.get_default_config(), **config}, None, None)
    made._encoder = Encoder()
    return made


def heard(text: str, english: float) -> Message:
    return Message({TEXT: text, HEARD_IN: {"en": english, "es": 1 - english}})


def test_one_that_reads_every_language_reads_all_with_text():
    messages = featurizer().process([heard("hi", 1.0), heard("hola", 0.0), Message({TEXT: ""})])
    assert read_by(EVERY_LANGUAGE, messages)[0].tolist() == [True, True, False]
    assert vector_matrix(messages[:2]).tolist() == [[2, 1], [4, 1]]


def test_one_that_reads_english_reads_what_is_heard_as_it():
    english = featurizer(model=ENGLISH_ONLY, language="en")
    messages = english.process(
        [heard("hi", 1.0), heard("hola my friend", 0.4), heard("hola", 0.1), Message({TEXT: "x"})]
    )
    read, vectors = read_by(ENGLISH_ONLY, messages)
    assert read.tolist() == [True, True, False, False] and vectors[:, 0].tolist() == [2, 14]
    read, vectors = read_by(EVERY_LANGUAGE, messages)
    assert not read.any() and len(vectors) == 0


def test_in_training_it_reads_what_is_written_in_its_language():
    spanish = Message({TEXT: "hola", "metadata": {"intent": {"language": "es"}}})
    examples = [Message({TEXT: "hi"}), spanish]
    featurizer(model=ENGLISH_ONLY, language="en").process_training_data(TrainingData(examples))
    assert read_by(ENGLISH_ONLY, examples)[0].tolist() == [True, False]


def test_in_training_it_may_read_only_some_of_every_topic_and_language():
    examples = [
        Message({TEXT: f"{topic} {number}", INTENT: topic, "metadata": {"intent": {"language": language}}})
        for language, topic, count in (("en", "often", 300), ("en", "seldom", 2), ("es", "often", 80))
        for number in range(count)
    ]
    featurizer(most=100).process_training_data(TrainingData(examples))
    read, _ = read_by(EVERY_LANGUAGE, examples)
    assert (read[:300].sum(), read[300:302].sum(), read[302:].sum()) == (100, 1, 80)
    again = [Message(dict(m.data)) for m in examples]
    featurizer(most=100).process_training_data(TrainingData(again))
    assert (read_by(EVERY_LANGUAGE, again)[0] == read).all()


def test_an_unknown_model_is_refused():
    with pytest.raises(ValueError, match="bert: the encoder is one of multilingual-e5-small, all-MiniLM-L6-v2"):
        featurizer(model="bert")


def test_learning_from_no_message_is_refused():
    with pytest.raises(ValueError, match="most: 0 messages to learn from are too few"):
        featurizer(most=0)
