"""Words carriers own, in four languages, and what must never be one."""

import pytest

from actions.knowledge.library import library
from bot.channels.sms.words import CARRIERS_OWN, Word, word


@pytest.mark.parametrize(
    "text",
    [
        *["STOP", "StopAll", "UNSUBSCRIBE", "end", "Quit", "CANCEL", "revoke", "OPTOUT"],  # Twilio's list
        *["opt out", "opt-out", "stop all", "STOP!", " stop. ", "stoppp", "Stop texting me", "please stop"],
        *["don't text me", "Don’t text me again", "leave me alone", "wrong number"],
        *["alto", "¡No más!", "NO MAS", "ya basta", "déjame en paz", "cancelar", "baja"],
        *["停止", "退订", "不要再发了。", "别烦我", "取消"],
        *["그만", "중지", "그만 보내세요", "수신거부", "문자 보내지 마세요!"],
    ],
)
def test_refusals(text):
    assert word(text) == Word("stop")


@pytest.mark.parametrize(
    "text",
    [
        *["he wont stop", "stop and frisk", "can police stop me", "make him stop", "how do i end this", "quit my job"],
        *["i need to cancel my debt", "no", "no more money", "police stop", "para mi hermana", "不要", "그만두고 싶어"],
        *["stop him", "i want it to end", "remove my record", "delete", ""],
    ],
)
def test_no_refusals(text):
    assert word(text) != Word("stop")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("START", Word("start")),
        ("unstop", Word("start")),
        ("yes", Word("start_when_stopped")),
        ("HELP", Word("help")),
        ("Info?", Word("help")),
        ("ayuda", Word("help")),
        ("帮助", Word("help")),
        ("도움말", Word("help")),
        ("More", Word("more")),
        ("MÁS", Word("more")),
        ("menú", Word("menu")),
        ("back", Word("back")),
        ("DELETE", Word("delete")),
        ("borrar", Word("delete")),
        ("ESPAÑOL", Word("language", "es")),
        ("espanol", Word("language", "es")),
        ("中文", Word("language", "zh")),
        ("한국어", Word("language", "ko")),
        ("two", Word("number", "2")),
        ("dos", Word("number", "2")),
        ("help me", None),
        ("1", None),
        ("can i be arrested", None),
    ],
)
def test_words(text, meant):
    assert word(text) == meant


def test_no_choice_is_called_like_a_word_that_carriers_own():
    labels = [library().label(topic) for topic in library().topics]
    labels += [followup.label for followup in library().followups.values()]
    labels += list(library().interface["choices"].values())
    labels += [library().say(key) for key in ("place.skip", "which.none", "services.more", "answer.my_place")]
    assert len(labels) > 100
    assert [label for label in labels if (found := word(label)) and found.meaning in CARRIERS_OWN] == []
