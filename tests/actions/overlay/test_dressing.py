"""An organization's name, opening and languages, in every language that it offers."""

import pytest

from actions.compose.topic import phrase_answer
from actions.conversation import Conversation
from actions.knowledge.catalogs import languages
from actions.knowledge.control import offered, shown
from actions.knowledge.library import library
from actions.knowledge.translations import messages
from actions.overlay.dressing import dressed, language_not_offered

SITE = """
name: Our Chat
opening: {en: We run this chat., es: Este chat es nuestro.}
opening_sms: {en: Ours., es: Nuestro.}
"""


def test_nothing_changes_where_there_is_no_overlay():
    assert dressed(library()) is library()


@pytest.mark.parametrize("language", languages())
def test_the_name_stands_wherever_lantern_named_itself(language, overlay):
    overlay({"site.yml": SITE})
    view = shown(language)
    named = [words.text for words in messages(view) if "Our Chat" in words.text]
    assert not [words.text for words in messages(view) if "Lantern" in words.text]
    assert len(named) == len([words for words in messages(library()) if "Lantern" in words.text])
    assert view.say("page.heading") == "Our Chat" and view.say("sms.opening").startswith("Our Chat")


def test_the_opening_is_said_in_the_persons_language_or_in_english(overlay):
    overlay({"site.yml": SITE})
    for language, said in (("en", "We run this chat."), ("es", "Este chat es nuestro."), ("ko", "We run this chat.")):
        view = shown(language)
        assert view.say("here.opening") == said
        lines = phrase_answer(view, Conversation("greet", None), "greet").lines
        assert lines[1] == said and lines[0] != said and len(lines) == 4
    assert shown("es").say("sms.opening").endswith(" Nuestro.")
    assert shown("zh").say("sms.opening").endswith("HELP 看说明。")


def test_only_the_languages_chosen_are_offered_and_it_says_which(overlay):
    assert list(offered()) == list(languages())
    overlay({"site.yml": "languages: [es]"})
    assert list(offered()) == ["en", "es"]
    phrase = shown("en").phrases["language_switch"]
    assert phrase.lead == "I can talk in English, Spanish here. Write the name of the one you want."
    assert phrase.short[0].startswith("I can talk in English, Spanish here: text me its name.")
    assert shown("es").phrases["language_switch"].lead.startswith("Aquí puedo hablar en inglés, español.")
    assert (
        language_not_offered(shown("ko"))
        == "여기서는 이 언어로 이야기할 수 없어요. 영어, 스페인어(으)로 이야기할 수 있어요."
    )
