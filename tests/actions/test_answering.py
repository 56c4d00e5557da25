"""What is decided to say: a place that is named where only some follow-ups differ by place."""

import datetime as dt

import pytest

from actions.answering import reply
from actions.compose.choices import law_choices
from actions.conversation import Conversation
from actions.knowledge.library import library

TODAY = dt.date(2026, 11, 26)
PROMISED = [
    (topic, name)
    for topic, file in library().sections.items()
    for name, part in file.followups.items()
    if part.place == "helps" and library().topics[topic].place == "no"
]


def named(topic: str, place: str = "OR"):
    talk = Conversation("state_statement", topic, previous=topic, jurisdiction=place, here=(place,))
    return reply(library(), talk, TODAY).answer


@pytest.mark.parametrize(("topic", "name"), PROMISED)
def test_what_a_follow_up_promised_for_a_place_is_offered_there(topic, name):
    offered = {choice.value: choice.label for choice in named(topic).choices}
    assert offered[f'/{topic}{{"followup": "{name}"}}'] == library().followups[name].label


def test_a_place_is_answered_where_the_question_differs_by_place():
    assert named("immunity_reporting").id.startswith("law.OR")


def test_nothing_more_is_offered_where_no_law_answers_a_follow_up():
    assert not [*law_choices(library(), "need_shelter")]
    assert [choice.label for choice in named("passport_taken").choices] == [
        library().label(topic) for topic in library().topics["state_statement"].next
    ]
