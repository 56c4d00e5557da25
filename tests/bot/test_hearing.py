"""A message and its parts are heard together, each as if it stood alone."""

import pytest

from bot.hearing import READ_WHOLE, alarm_counts
from bot.message_text import sentences
from bot.nlu.safety_gate import FIRM, STRONG

ONE, OTHER = "he took my passport and my visa", "what does it cost to clear my record"


def test_a_text_is_heard_the_same_beside_any_other(lantern):
    alone, together = lantern.hearing.each([ONE]), lantern.hearing.each([OTHER, ONE, ONE])
    assert list(together) == [OTHER, ONE]
    heard, expected = (one[ONE]["intent_ranking"] for one in (together, alone))
    assert [r["name"] for r in heard[:5]] == [r["name"] for r in expected[:5]]
    assert [r["confidence"] for r in heard] == pytest.approx([r["confidence"] for r in expected], abs=1e-4)


@pytest.mark.parametrize("slash", ["/", "//", "/ /", " / / ", "/\u2003/"])
def test_what_follows_a_slash_is_no_command_of_rasa(lantern, slash):
    typed = slash + 'greet{"jurisdiction": "my name is ann"}'
    heard = lantern.hearing.heard(typed)
    assert all(entity["value"] != "my name is ann" for entity in heard["entities"])
    assert heard["intent"]["confidence"] < 1


def test_parts_without_a_word_are_not_heard(lantern):
    heard = lantern.hearing.in_context("/ / / . can i clear my record? - - - / / ", None)
    likeliest = next(r["name"] for r in heard["intent_ranking"] if r["name"] != "nlu_fallback")
    assert likeliest.startswith("expunge")


@pytest.mark.parametrize(
    ("force", "needs", "expected"),
    [(0, FIRM, None), (FIRM, FIRM, "danger"), (FIRM, STRONG, None), (STRONG, STRONG, "danger")],
)
def test_an_alarm_in_one_sentence_of_a_story_has_to_weigh_enough(lantern, monkeypatch, force, needs, expected):
    story = "he had a gun. " + "i went to the court house and they gave me a new date " * 2
    once = lantern.hearing.each((story, *sentences(story)))
    first = sentences(story)[0]
    alarmed = {**once[first], "gate": "danger", "gate_because": "x", "gate_force": force}
    quiet = {**once[story], "gate": None, "gate_over": [], "gate_needs": needs}
    heard = {**once, story: quiet, first: alarmed}
    monkeypatch.setattr(lantern.hearing, "each", lambda _: heard)
    assert lantern.hearing.heard(story).get("gate") == expected


def test_of_a_message_too_long_to_be_read_whole_its_topic_outweighs_nothing():
    part, whole = {"gate": "danger", "gate_force": FIRM}, {"gate": None, "gate_needs": STRONG, "gate_over": []}
    assert not alarm_counts(part, whole, "a short story")
    assert alarm_counts(part, whole, "and then " * READ_WHOLE)
    assert not alarm_counts(part, whole | {"gate_over": ["danger"]}, "and then " * READ_WHOLE)


@pytest.mark.parametrize("typed", ["thanks! my boss took my passport", "my boss took my passport thank you so so much"])
def test_courtesy_does_not_drown_a_question(lantern, typed):
    assert lantern.hearing.heard(typed)["intent"]["name"] == "passport_taken"


def test_a_crisis_is_heard_beside_courtesy(lantern):
    assert (
        lantern.hearing.heard("thank you for being nice, im going to kill myself tonight, god bless")["gate"]
        == "suicide"
    )
