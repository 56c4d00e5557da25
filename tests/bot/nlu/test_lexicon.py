"""What a message says beside its topic, and commands."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.lexicon_extractor import LexiconExtractor
from bot.nlu.plain_text import plain, words_only


def read(text: str) -> Message:
    message = Message(data={"text": text})
    LexiconExtractor().process([message])
    return message


def entities(text: str) -> set[tuple[str, str]]:
    return {(e["entity"], e["value"]) for e in read(text).get("entities", [])}


@pytest.mark.parametrize(
    "text",
    ["no cops", "a lawyer without police", "dont call the police", "w/o cops pls", "non-police help", "police free"],
)
def test_no_police(text):
    assert ("no_police", "yes") in entities(text)


@pytest.mark.parametrize("text", ["the police came", "i called the cops", "is it legal"])
def test_police_alone_is_not_no_police(text):
    assert ("no_police", "yes") not in entities(text)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("delete everything", "delete"),
        ("Delete it.", "delete"),
        ("please forget me", "delete"),
        ("more", "more"),
        ("I'd rather not say", "skip"),
        ("say it simpler", "simpler"),
        ("what can you do?", "menu"),
    ],
)
def test_commands(text, command):
    assert ("command", command) in entities(text)
    assert read(text).get("intent")["confidence"] == 1.0


@pytest.mark.parametrize(
    "text", ["delete my nudes from that site", "can they delete my record", "no one pays me", "more money"]
)
def test_not_commands(text):
    assert not [value for kind, value in entities(text) if kind == "command"]


def test_plain():
    assert plain("I’m   SOOOO “tired”") == 'im soo "tired"'
    assert words_only("Delete it!! 😀") == "delete it"
