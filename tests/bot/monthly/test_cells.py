"""What one turn adds: names of ours, one thing at a time."""

import pytest

from actions.knowledge.control import shown
from bot.agent import SAID_NOTHING
from bot.monthly.cells import (
    ASKED,
    MESSAGES,
    NOT_KNOWN,
    OUT_OF_SCOPE,
    TALKS,
    WRONG_NUMBERS,
    is_cell,
    of_message,
    of_talk,
)
from bot.turn import Exchange
from tests.bot.monthly.given import exchange, turn


def test_a_talk_counts_for_each_thing_by_itself():
    said = exchange("crisis_danger", "safety.crisis_danger", place="OR", gate="danger", language="es")
    assert of_talk(turn("sms"), said) == {
        TALKS, "channel:sms", "language:es", "place:OR", "gate:danger", "topic:crisis_danger",
    }  # fmt: skip


def test_what_is_not_understood_counts_for_no_topic():
    assert of_talk(turn(), exchange("need_shelter", "ask.which", sure=False)) == {TALKS, "channel:web", "language:en"}


@pytest.mark.parametrize("topic", ["out_of_scope", "content_feedback"])
def test_what_is_about_lantern_is_counted_in_messages_only(topic):
    assert not [cell for cell in of_talk(turn(), exchange(topic, f"phrases.{topic}")) if cell.startswith("topic:")]


def test_deleting_counts_as_a_message_only():
    said = exchange("privacy", "forgotten", forgotten=True)
    assert not of_talk(turn(), said) and of_message(said) == (MESSAGES,)


def test_an_empty_message_counts_for_nothing():
    said = exchange("out_of_scope", "empty")
    assert not of_talk(turn(), said) and not of_message(said)


@pytest.mark.parametrize("answer", ["ask.which", "ask.again", "ask.person"])
def test_having_to_ask_what_was_meant(answer):
    assert of_message(exchange(answer=answer, sure=False)) == (MESSAGES, ASKED)


def test_asking_for_the_place_is_an_answer():
    assert of_message(exchange("immunity_reporting", "ask.place")) == (MESSAGES,)


def test_out_of_scope():
    assert of_message(exchange("out_of_scope", "phrases.out_of_scope")) == (MESSAGES, OUT_OF_SCOPE)


def test_a_wrong_number():
    assert of_message(exchange("content_feedback", "wrong_number.some_service")) == (MESSAGES, WRONG_NUMBERS)


def test_what_lantern_does_not_know():
    laws = shown("en").laws
    known = next(code for code, law in laws.items() if law.immunity and law.immunity.status == "immunity")
    unknown = [
        f"law.{code}.{path}"
        for code, law in laws.items()
        for path, section in law.sections().items()
        if getattr(section, "status", None) == "unknown"
    ]
    assert unknown
    for answer in (*unknown, "law.OR.no_such_section", "law.XX.immunity", "hidden.need_shelter"):
        assert of_message(exchange(answer=answer)) == (MESSAGES, NOT_KNOWN), answer
    assert of_message(exchange(answer=f"law.{known}.immunity")) == (MESSAGES,)


def test_only_names_of_ours_are_cells():
    for name in ("topic:need_shelter", "place:OR", TALKS, ASKED):
        assert is_cell(name)
    for name in ("topic:my name is", "place:", "person:a", "topic:a:b", "talks ", f"topic:{'x' * 41}", 7, "topic:ñ"):
        assert not is_cell(name), name
    assert not [cell for cell in of_talk(turn(), exchange("my name is")) if "name" in cell]


def test_nothing_said_at_all():
    assert of_message(Exchange(SAID_NOTHING, exchange(answer="ask.which").answer)) == (MESSAGES, ASKED)
