"""Slips of the thumb are read as the words they were meant to be, and nothing else is touched."""

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.message_fields import READ_AS, read_as
from bot.nlu.spelling import COMMON, Speller, Spelling, _stemmer, learnt

ENGLISH = (
    "the police stopped me and my friend",
    "my shelter is waiting",
    "expungement of my record",
    "im bleeding a lot",
)
SPANISH = ("la policia me detuvo y necesito ayuda", "mi jefe tiene mi pasaporte", "voy al hospital", "qué vergüenza")


@pytest.fixture(scope="module")
def speller() -> Speller:
    texts = [("en", text) for text in ENGLISH] + [("es", text) for text in SPANISH] + [("en", "a rare zebrafinch")]
    return learnt(texts[:-1] * COMMON + texts[-1:])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("the polcie stoped me", "the police stopped me"),
        ("POLCIE", "police"),
        ("stoped polcie", "stopped police"),
        ("Shleter of my recrod?", "shelter of my record?"),
        ("im waitin", "im waiting"),
        ("necesito alluda de la polisia", "necesito alluda de la policia"),  # two slips in one word are too many
        ("voy al ospital", "voy al hospital"),
        ("my bleedng  friend,", "my bleeding  friend,"),
        ("qué vergüensa", "qué verguenza"),
        ("(Shleter)? Frend. Polcie", "(shelter)? friend. police"),  # capitals that only begin a sentence
        ("the police. 🙂 Shleter", "the police. 🙂 shelter"),
        ("HES HERE CALL POLCIE lol", "HES HERE CALL police lol"),
        ("sheltter", "shelter"),
    ],
)
def test_slips_are_mended(speller, typed, read):
    assert speller.mended(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "the police stopped me",
        "i was sleeping in a bakery",  # no training message, but a dictionary has it
        "whats wrong, whove i told",  # without their apostrophes
        "my friend Polcie",  # a name
        "a zebrafinhc",  # meant is a word nobody here knows
        "kami ay pinigil ng pulis at kailangan ng shelte",  # another language
        "im hrt",  # too short to tell
        "경찰이 세웠어요 어떡해",
        "the police " + "x" * 9_000,  # what is one slip away from that would fill the memory
        "12345 !!! 🙂",
        "sooo sheeelter plce",  # drawn out, or without a vowel
        "PLICE is here",  # an acronym
        "",
    ],
)
def test_anything_else_stays(speller, text):
    assert speller.mended(text) == text


def test_a_word_is_looked_for_in_the_language_of_its_message(speller):
    words = {"en": {"pasta": 9, "my": 9, "the": 9}, "es": {"pasa": 5, "mi": 9, "ya": 9}}
    mixed = Speller(words, {"en": frozenset(), "es": frozenset()})
    assert (mixed.mended("mi ya paza"), mixed.mended("my the pazta")) == ("mi ya pasa", "my the pasta")


def test_of_a_language_without_a_dictionary_or_a_stemmer_nothing_is_learnt():
    nothing = learnt([("ko", "경찰"), ("zz", "wugs"), ("lv", "policija")] * COMMON)
    assert (nothing.words, nothing.mended("polcie")) == ({}, "polcie")


def test_a_letter_left_out_or_doubled_is_likelier_than_another():
    speller = Speller({"en": {"raid": 90, "raped": 20, "stayed": 90, "stabbed": 20}}, {"en": frozenset()})
    assert (speller.mended("rapd"), speller.mended("stabed")) == ("raped", "stabbed")


def test_no_word_is_kept_by_the_stemmer():
    assert _stemmer("en").maxCacheSize == 0


def test_the_component_leaves_the_text_and_survives_storage(tmp_path: Path):
    storage, resource = LocalModelStorage(tmp_path), Resource("spelling")
    context = ExecutionContext(GraphSchema({}), None, None, "spelling")
    examples = [Message({TEXT: f"{text} {n}", INTENT: "greet"}) for text in ENGLISH for n in range(COMMON)]
    data = TrainingData(examples)
    Spelling.create({}, storage, resource, context).train(data)
    spelling = Spelling.load({}, storage, resource, context)
    assert spelling.process_training_data(data) is data
    slip, clean, nothing = Message({TEXT: "the polcie"}), Message({TEXT: "the police"}), Message({INTENT: "greet"})
    spelling.process([slip, clean, nothing])
    assert (slip.get(TEXT), slip.get(READ_AS), read_as(slip)) == ("the polcie", "the police", "the police")
    assert clean.get(READ_AS) is None
    assert read_as(clean) == "the police"
    assert READ_AS not in slip.as_dict(only_output_properties=True)
