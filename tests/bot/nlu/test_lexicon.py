"""What a message says beside its topic, and commands."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language_classifier import HEARD_IN
from bot.nlu.lexicon_extractor import LexiconExtractor
from bot.nlu.message_fields import READ_AS
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


SEEKING = {
    "en": [
        "my girlfriend ran away to a shelter which one is she in",
        "which shelter is my wife in",
        "where is she hiding",
    ],
    "es": [
        "mi novia se fue a un refugio, en cuál está",
        "¿en qué albergue está mi esposa?",
        "dónde se escondió",
        "la muchacha me debe dinero, cómo puedo encontrarla",
    ],
    "zh": [
        "我女朋友跑去庇护所了，是哪一家",
        "她躲在哪个收容所",
        "我老婆躲哪了",
        "她欠我钱跑了怎么找到她",
        "我女友跑去庇護所了，是哪一家",
    ],
    "ko": [
        "여자친구가 쉼터로 도망갔는데 어느 쉼터예요",
        "와이프가 어느 쉼터에 있는지 알려줘요",
        "걔가 어디에 숨었는지 알고 싶어요",
    ],
}
NOT_SEEKING = {
    "en": [
        "which shelter is open tonight",
        "she is in a shelter and needs a lawyer, which one is free",
        "my sister is missing where do i look",
        "ICE took my wife where is she",
    ],
    "es": [
        "en qué refugio puedo quedarme hoy",
        "mi hermana está desaparecida, cómo la encuentro",
        "dónde tienen a mi esposa, se la llevó la migra",
    ],
    "zh": ["哪个庇护所今晚有床位", "我妹妹失踪了怎么找", "她被移民局抓了关在哪里", "她住在庇护所，哪里可以找律师"],
    "ko": [
        "어느 쉼터에 가면 되나요",
        "동생이 실종됐어요 어떻게 찾아요",
        "이민국이 아내를 데려갔는데 어디 있는지 몰라요",
    ],
}


def heard_in(language: str, text: str) -> Message:
    message = Message(data={"text": text, HEARD_IN: {language: 1.0}})
    LexiconExtractor().process([message])
    return message


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in SEEKING.items() for text in texts])
def test_who_looks_for_somebody_in_a_shelter_gets_no_list_of_shelters(language, text):
    intent = heard_in(language, text).get("intent")
    assert intent == {"name": "buyer_or_trafficker", "confidence": 1.0}


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in NOT_SEEKING.items() for text in texts])
def test_who_looks_for_a_shelter_or_for_somebody_missing_is_not_taken_for_that(language, text):
    assert heard_in(language, text).get("intent") is None


@pytest.mark.parametrize("text", ["quiero hablar español", "Quiero hablar en espanol.", "¿se puede hablar en español?"])
def test_a_wish_to_speak_spanish_is_known_by_its_words(text):
    assert heard_in("es", text).get("intent") == {"name": "language_switch", "confidence": 1.0}


@pytest.mark.parametrize("text", ["quiero hablar con alguien en español", "puedo hablar español con la policía?"])
def test_a_wish_for_someone_who_speaks_it_is_left_to_the_model(text):
    assert heard_in("es", text).get("intent") is None


def test_a_command_may_be_mistyped_but_not_the_one_that_deletes():
    for typed, mended, command in (("mroe", "more", "more"), ("erasee it", "erase it", None)):
        message = Message(data={"text": typed, READ_AS: mended})
        LexiconExtractor().process([message])
        commands = [e["value"] for e in message.get("entities", []) if e["entity"] == "command"]
        assert commands == ([command] if command else [])
