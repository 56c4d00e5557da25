"""Segments of conversations and of answers, as the page of figures shows them."""

import datetime as dt
from dataclasses import replace
from itertools import islice

import pytest

from actions.knowledge.library import library
from bot.channels.sms.costs import Sent
from bot.evaluation.by_text import Talk, begins_at_once, middle_and_high, section, useful_answers
from bot.evaluation.report import Page
from bot.turn import Exchange, Understanding
from tests.bot.channels.sms.conftest import LONG, SHORT


def test_a_conversation():
    exchanges = [Exchange(Understanding(answer.id, 1.0), answer) for answer in (SHORT, LONG)]
    talk = Talk.of(["hello", "long " * 40], exchanges)
    assert (talk.texted, talk.at_once, talk.in_full) == (3, 4, 6)


@pytest.mark.parametrize(
    ("values", "said"),
    [([], ("", "")), ([3], ("3", "3")), ([1, 2], ("1.5", "2")), (range(1, 11), ("5.5", "9")), ([9, 1, 1], ("1", "9"))],
)
def test_the_middle_and_the_high(values, said):
    assert middle_and_high(list(values)) == said


def test_useful_answers_are_of_every_place():
    some = list(islice(useful_answers(library(), dt.date(2026, 1, 2)), 40))
    assert {answer.id.split(".")[0] for answer in some} == {"law", "services"}
    assert len({answer.id for answer in some}) == 40


def test_what_begins_in_a_first_reply():
    assert begins_at_once(SHORT) and begins_at_once(LONG)
    assert not begins_at_once(replace(LONG, short=("z" * 220,)))


def test_the_section():
    page = Page()
    talks = [
        Talk(2, (Sent("law.OR.immunity", (2, 2)), Sent("phrases.greet", (1,)))),
        Talk(1, (Sent("services.x", (2,)),)),
    ]
    section(page, talks, [LONG, replace(LONG, id="services.x", short=("One.",), choices=())])
    text = page.text()
    for row in (
        "| its replies | 2.5 | 3 |",
        "| its replies, with every MORE asked for | 3.5 | 5 |",
        "| what the person texts | 1.5 | 2 |",
        "| law, in the conversations | 1 | 100.0 | 4 | 0.0 |",
        "| services, in the conversations | 1 | 100.0 | 2 | 100.0 |",
        "| law, all there are | 1 | 100.0 | 4 | 0.0 |",
        "| services, all there are | 1 | 100.0 | 1 | 100.0 |",
        "100.0 % of all these answers begin",
    ):
        assert row in text, text
