"""Answers as text messages."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answer import Answer, Choice
from actions.knowledge.library import library
from bot.channels.sms.segments import size
from bot.channels.sms.writing import MOST_CHARACTERS, gsm, pages, text_pages
from tests.bot.channels.sms.conftest import CRISIS, LONG, SHORT

OPENING = library().say("sms.opening")
MORE = library().say("sms.more")


def answer(*short: str, choices: int = 0) -> Answer:
    offered = tuple(Choice(f"Choice {n}", f"/{n}") for n in range(choices))
    return Answer("phrases.x", short, short, offered)


def test_a_short_answer_is_one_reply_with_numbered_choices():
    assert pages(SHORT) == ("Hi. What would you like to know?\n1 A free lawyer\n2 A place to sleep",)


def test_the_opening_comes_first():
    (page,) = pages(SHORT, OPENING)
    assert page.startswith(f"{OPENING}\nHi.")


def test_a_long_answer_says_at_once_that_nobody_checked_it():
    first, second = pages(LONG)
    assert first.startswith("Part one.") and second.startswith("Part two.")
    assert first.endswith("Not checked by a lawyer. Text MORE for the rest.")
    assert second.endswith("1 A free lawyer")
    reviewed = pages(replace(LONG, review="reviewed"))
    assert "Not checked" not in reviewed[0] and reviewed[0].endswith(MORE)


def test_parts_are_not_cut():
    parts = ["One sentence. " + "x" * 180, "Two sentences. Here. " + "y" * 150]
    made = pages(answer(*parts))
    assert [page.split("\n")[0] for page in made] == parts


def test_after_the_opening_a_part_ends_with_a_sentence():
    first, second = pages(answer("You can say no. " + "z" * 200), OPENING)
    assert first == f"{OPENING}\nYou can say no.\n{MORE}" and second == "z" * 200


def test_where_no_sentence_fits_the_opening_stands_alone():
    first, second = pages(answer("z" * 220), OPENING)
    assert first == f"{OPENING}\n{library().say('sms.more_answer')}" and second == "z" * 220


def test_a_service_is_never_without_its_number():
    card = "A long name of a clinic. Police: we do not know, ask first. Web: https://example.org/" + "a" * 90
    first, second = pages(replace(answer(card), id="services.need_health.OR"), OPENING)
    assert "clinic" not in first and second == card


def test_the_first_service_that_fits_comes_first():
    long, short = "A clinic. Police: we do not know, ask first. Call " + "1" * 120, "A line. Police: never. Call 1"
    first, second = pages(replace(answer(long, short), id="services.need_health.OR"), OPENING)
    assert first.split("\n")[1:] == [short, MORE] and second == long


def test_choices_stay_together():
    first, second = pages(answer("One. " + "x" * 240, choices=9))
    assert first.endswith(MORE) and second == "\n".join(f"{n} Choice {n - 1}" for n in range(1, 10))


@pytest.mark.parametrize(
    ("part", "begins"),
    [
        ('Talk alone. You can say: "I care. This is not your fault."', "Talk alone."),
        ("Ohio, R.C. 2953.36: you can ask. That is all.", "Ohio, R.C. 2953.36: you can ask."),
        ("It is in 42 Pa.C.S. § 9730. Ask there.", "It is in 42 Pa.C.S. § 9730."),
        (
            "See Pub. L. 115-99, Wis. Stat. 973 and ch. 7 of it. Ask there.",
            "See Pub. L. 115-99, Wis. Stat. 973 and ch. 7 of it.",
        ),
    ],
)
def test_a_sentence_ends_neither_in_a_citation_nor_in_a_quotation(part, begins):
    padded = f"{part} " + "z" * 200
    assert pages(answer(padded), OPENING)[0].split("\n")[1].startswith(begins)
    only = f"{begins.removesuffix('.')}" + "z" * 200
    assert pages(answer(only), OPENING)[0] == f"{OPENING}\n{library().say('sms.more_answer')}"


def test_a_sentence_may_end_with_a_quotation():
    first, _ = pages(answer('You can ask: "Am I free to go?" ' + "z" * 200), OPENING)
    assert first == f'{OPENING}\nYou can ask: "Am I free to go?"\n{MORE}'


def test_signs_that_phones_have():
    assert gsm("“It’s” – a test… • ok — fine") == '"It\'s" - a test... - ok - fine'
    assert gsm("más información, ¿sí? mañana él") == "mas información, ¿si? mañana él".replace("ó", "o")
    assert gsm("中文 한국어") == "中文 한국어"


@given(
    st.lists(st.text(min_size=1, max_size=400), min_size=1, max_size=4),
    st.integers(0, 9),
    st.sampled_from([None, OPENING]),
)
def test_no_page_is_too_long_and_nothing_is_lost(parts, choices, opening):
    made = pages(answer(*parts, choices=choices), opening)
    for page in made:
        takes = size(page)
        assert len(page) <= MOST_CHARACTERS and takes.segments <= (2 if takes.encoding == "GSM-7" else 3)
    said = re.sub(rf"{re.escape(MORE)}|{re.escape(library().say('sms.more_answer'))}|\s", "", "".join(made))
    meant = "".join([opening or "", *map(gsm, parts), *(f"{n + 1} Choice {n}" for n in range(choices))])
    assert said == re.sub(r"\s", "", meant)


@pytest.mark.parametrize("key", ["opening", "more", "more_answer", "more_unreviewed", "stopped", "picture", "failed"])
def test_our_own_sentences_are_gsm7_and_one_page(key):
    text = library().say(f"sms.{key}")
    assert size(text).encoding == "GSM-7" and text == gsm(text) and len(text_pages(text)) == 1


def test_help_says_who_how_to_reach_a_person_and_how_to_stop():
    (page,) = text_pages(library().say("sms.help", operator="A clinic"))
    for words in ("Lantern", "computer program", "A clinic", "988", "STOP"):
        assert words in page


def test_the_opening_says_what_it_must():
    for words in ("program, not a person", "stay on your phone", "may see this number", "STOP", "HELP"):
        assert words in OPENING


def test_a_crisis_is_one_page():
    assert len(pages(CRISIS)) == 1


def test_every_short_form_is_gsm7():
    parts = [p for section in _sections() for p in section.short]
    parts += [p for phrase in library().phrases.values() for p in phrase.short]
    parts += [library().label(topic) for topic in library().topics]
    assert [part for part in parts if size(gsm(part)).encoding != "GSM-7"] == []


def _sections():
    for file in (*library().sections.values(), *library().laws.values()):
        yield from file.sections().values()
