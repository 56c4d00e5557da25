"""The featurizer: an encoder of one language reads only what is heard in it, or, in training, what is written in it."""

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoders.encoder import ENGLISH_ONLY, EVERY_LANGUAGE
from bot.nlu.language_classifier import HEARD_IN
from bot.nlu.linear import has_vector, vector_matrix
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
    assert [has_vector(message, EVERY_LANGUAGE) for message in messages] == [True, True, False]
    assert vector_matrix(messages[:2]).tolist() == [[2, 1], [4, 1]]


def test_one_that_reads_english_reads_what_is_heard_as_it():
    english = featurizer(model=ENGLISH_ONLY, language="en")
    messages = english.process(
        [heard("hi", 1.0), heard("hola my friend", 0.4), heard("hola", 0.1), Message({TEXT: "x"})]
    )
    assert [has_vector(message, ENGLISH_ONLY) for message in messages] == [True, True, False, False]
    assert not any(has_vector(message, EVERY_LANGUAGE) for message in messages)


def test_in_training_it_reads_what_is_written_in_its_language():
    spanish = Message({TEXT: "hola", "metadata": {"intent": {"language": "es"}}})
    examples = [Message({TEXT: "hi"}), spanish]
    featurizer(model=ENGLISH_ONLY, language="en").process_training_data(TrainingData(examples))
    assert sorted((m.get(TEXT), has_vector(m, ENGLISH_ONLY)) for m in examples) == [("hi", True), ("hola", False)]


def test_an_unknown_model_is_refused():
    with pytest.raises(ValueError, match="bert: the encoder is one of multilingual-e5-small, all-MiniLM-L6-v2"):
        featurizer(model="bert")
