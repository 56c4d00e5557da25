"""Segments per conversation, for `make evaluate`."""

from bot.channels.sms.costs import segments_of
from bot.turn import Exchange, Understanding
from tests.bot.channels.sms.conftest import CRISIS, FORGOTTEN, LONG, SHORT


def exchange(answer) -> Exchange:
    return Exchange(Understanding(answer.id, 1.0), answer, forgotten=answer is FORGOTTEN)


def test_the_first_answer_also_opens():
    first, second, third = segments_of(map(exchange, (SHORT, SHORT, LONG)))
    assert (first.segments, second.segments) == (2, 1)
    assert third.pages == (2, 2) and third.answer == "law.OR.immunity"


def test_a_crisis_does_not_open_and_the_next_answer_does():
    crisis, then = segments_of(map(exchange, (CRISIS, SHORT)))
    assert (crisis.segments, then.segments) == (2, 2)


def test_after_deleting_a_conversation_opens_anew():
    assert [sent.segments for sent in segments_of(map(exchange, (SHORT, FORGOTTEN, SHORT)))] == [2, 1, 2]
