"""A message and its parts are heard together, each as if it stood alone."""

import pytest

from bot.message_text import sentences

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
    assert heard["intent"]["name"].startswith("expunge")


def test_a_weak_alarm_in_one_sentence_of_a_story_does_not_count(lantern, monkeypatch):
    story = "he had a gun. " + "i went to the court house and they gave me a new date " * 2
    once = lantern.hearing.each((story, *sentences(story)))
    first = sentences(story)[0]
    for firm, expected in ((False, None), (True, "danger")):
        alarmed = {**once[first], "gate": "danger", "gate_because": "x", "gate_firm": firm}
        quiet = {**once[story], "gate": None, "gate_over": []}
        heard = {**once, story: quiet, first: alarmed}
        monkeypatch.setattr(lantern.hearing, "each", lambda _, heard=heard: heard)
        assert lantern.hearing.heard(story).get("gate") == expected
