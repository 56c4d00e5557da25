"""Follow-ups that a topic's own file answers: naming a place is offered where it helps, while none is known."""

import datetime as dt

import pytest

from actions.answer import Answer
from actions.compose.hours import day
from actions.compose.topic import followup_answer
from actions.conversation import Conversation
from actions.knowledge.catalogs import languages, localized
from actions.knowledge.library import library
from bot.channels.sms.segments import size
from bot.channels.sms.writing import MOST_CHARACTERS, MOST_SEGMENTS, gsm

TODAY = dt.date(2026, 11, 26)
FOLLOWUPS = [(topic, name, part) for topic, file in library().sections.items() for name, part in file.followups.items()]
HELPED = [(topic, name) for topic, name, part in FOLLOWUPS if part.place == "helps"]
BEGINNINGS = {  # of sentences that ask for a place
    "en": ("Tell me a state", "Text a state"),
    "es": ("Dígame un estado", "Mande un estado"),
    "zh": ("告诉我是哪个州", "发州名"),
    "ko": ("주 이름을 말하면", "주 이름을 보내세요"),
}


@pytest.fixture(scope="module", params=languages())
def spoken(request):
    return localized(library(), request.param)


def answer(spoken, topic: str, name: str, place: str | None = None) -> Answer:
    talk = Conversation(topic, topic, jurisdiction=place, spoken=spoken.language)
    return followup_answer(spoken, talk, topic, name, TODAY)


def asks(spoken, said: Answer) -> list[str]:
    texts = (*said.lines, *said.short, *(choice.label for choice in said.choices))
    asking = (*BEGINNINGS[spoken.language], spoken.say("answer.tell_place"), spoken.say("answer.my_place"))
    return [text for text in texts if any(words in text for words in asking)]


def test_a_place_is_offered_while_none_is_known(spoken):
    assert len(HELPED) > 20
    for topic, name in HELPED:
        said = answer(spoken, topic, name)
        own = [fact.say for fact in spoken.sections[topic].followups[name].all_facts()]
        at = said.lines.index(spoken.say("answer.tell_place"))
        checked = spoken.say("answer.checked", date=day(spoken, dt.date.fromisoformat(said.checked_on)))
        assert own[-1] in said.lines[at - 1] and checked in "".join(said.lines[at + 1 :]), (topic, name)
        assert spoken.say("answer.short_tell_place") in said.short[-1]
        first, second = said.choices[:2]
        assert (first.label, first.value) == (spoken.say("answer.my_place"), f'/{topic}{{"command": "ask_place"}}')
        assert second.value == f"/{topic}"
        assert len(asks(spoken, said)) == 3, (topic, name)


def test_a_known_place_is_never_asked_for(spoken):
    asking = {(topic, name): asks(spoken, answer(spoken, topic, name, "NY")) for topic, name, _ in FOLLOWUPS}
    assert {where: texts for where, texts in asking.items() if texts} == {}


def test_it_is_not_asked_for_where_it_does_not_help(spoken):
    others = [(topic, name) for topic, name, part in FOLLOWUPS if part.place == "no"]
    asking = {(topic, name): asks(spoken, answer(spoken, topic, name)) for topic, name in others}
    assert {where: texts for where, texts in asking.items() if texts} == {}


def test_the_sentence_leaves_the_last_part_one_text_message(spoken):
    for topic, name in HELPED:
        last = gsm(answer(spoken, topic, name).short[-1])
        takes = size(last)
        assert len(last) <= MOST_CHARACTERS and takes.segments <= MOST_SEGMENTS[takes.encoding], (topic, name)
