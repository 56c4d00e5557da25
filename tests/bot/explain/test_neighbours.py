"""The nearest training messages: how they are read, counted and kept."""

import numpy as np
import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot.explain import neighbours
from bot.explain.neighbours import examples_of, nearest
from bot.nlu.encoders.encoder import EVERY_LANGUAGE

FILE = """version: "3.1"
nlu:
- intent: greet
  examples: |
    - hi
    - hello there
- intent: thanks
  examples: |
    - ty
"""
ALARMS = """version: "3.1"
nlu:
- intent: greet
  examples:
  - text: |
      hi im dying
    metadata: {alarm: medical}
"""


class Encoder:
    """A vector is how long a message is, and how much of it is the letter h."""

    def __init__(self) -> None:
        self.encoded = 0

    def process(self, messages):
        for message in messages:
            self.encoded += 1
            text = message.get(TEXT)
            vector = np.array([[len(text), 10 * text.count("h")]], np.float32)
            features = Features(vector / np.linalg.norm(vector), FEATURE_TYPE_SENTENCE, TEXT, EVERY_LANGUAGE)
            message.add_features(features)
        return messages


class Opened:
    def __init__(self) -> None:
        self.encoder = Encoder()

    def components(self, _kind):
        return [self.encoder]


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = tmp_path / "data" / "nlu"
    (folder / "en").mkdir(parents=True)
    (folder / "en" / "greet.yml").write_text(FILE)
    (folder / "en" / "alarms.yml").write_text(ALARMS)
    monkeypatch.setattr(neighbours, "examples_of", lambda topic, language: examples_of(topic, language, folder))
    return folder


@pytest.fixture
def model(tmp_path):
    file = tmp_path / "lantern-abc.tar.gz"
    file.touch()
    return file


def heard(text: str) -> Message:
    return Encoder().process([Message({TEXT: text})])[0]


def test_examples_say_where_they_stand(data):
    found = [(e.text, e.file, e.line) for e in examples_of("greet", "en", data)]
    assert found == [
        ("hi im dying", "data/nlu/en/alarms.yml", 5 + 1),
        ("hi", "data/nlu/en/greet.yml", 5),
        ("hello there", "data/nlu/en/greet.yml", 6),
    ]
    assert list(examples_of("greet", "es", data)) == []


def test_the_nearest_come_first(data, model):
    compared = nearest(heard("hi"), ["greet", "thanks"], "en", Opened(), model)
    assert compared.messages == {"greet": 3, "thanks": 1}
    assert [n.example.text for n in compared.nearest] == ["hi", "hello there", "hi im dying", "ty"]
    assert compared.nearest[0].near == pytest.approx(1, abs=1e-2)


def test_vectors_are_made_once_and_made_anew_where_damaged(data, model):
    opened = Opened()
    first = nearest(heard("hi"), ["greet"], "en", opened, model)
    kept = model.parent / "lantern-abc.vectors" / "en.greet.npy"
    assert opened.encoder.encoded == 3 and kept.exists()
    again = nearest(heard("hi"), ["greet"], "en", opened, model)
    assert opened.encoder.encoded == 3 and [n.example for n in again.nearest] == [n.example for n in first.nearest]
    for damaged in (b"", b"\x93NUMPY", b"not at all"):
        kept.write_bytes(damaged)
        assert nearest(heard("hi"), ["greet"], "en", opened, model).nearest == first.nearest
    assert opened.encoder.encoded == 3 * 4


def test_vectors_of_models_that_are_gone_go_too(data, model):
    gone = model.parent / "lantern-old.vectors"
    gone.mkdir()
    (gone / "en.greet.npy").touch()
    nearest(heard("hi"), ["greet"], "en", Opened(), model)
    assert not gone.exists()
    assert [f.name for f in (model.parent / "lantern-abc.vectors").iterdir()] == ["en.greet.npy"]


def test_of_many_messages_evenly_picked_ones_are_compared(data, model, monkeypatch):
    monkeypatch.setattr(neighbours, "MOST_MESSAGES", 2)
    compared = nearest(heard("hi"), ["greet"], "en", Opened(), model)
    assert compared.messages == {"greet": 2}
    assert {n.example.text for n in compared.nearest} == {"hi im dying", "hello there"}


def test_a_language_without_messages_has_none(data, model):
    compared = nearest(heard("hi"), ["greet"], "ko", Opened(), model)
    assert compared.messages == {"greet": 0} and compared.nearest == ()
