"""From typed text to parse data, and what is left of it afterwards."""

import json

import pytest

from bot import understanding

CHOICES = [["A free lawyer", "/need_legal_help"], ["Who can see this?", "/privacy"], ["Oregon", '/x{"a": "b"}']]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", "/need_legal_help"),
        ("2.", "/privacy"),
        ("option 3", '/x{"a": "b"}'),
        ("the second one", "/privacy"),
        ("last", '/x{"a": "b"}'),
        ("a free LAWYER", "/need_legal_help"),
        ("who can see this", "/privacy"),
        ("Who can see this?", "/privacy"),
        ('/x{"a": "b"}', '/x{"a": "b"}'),
        ("4", None),
        ("0", None),
        ("lawyer", None),
        ("", None),
    ],
)
def test_picking(text, value):
    assert understanding.picked_choice(text, CHOICES) == value


def test_a_number_without_choices_is_a_message():
    assert understanding.picked_choice("1", []) is None
    assert understanding.picked_choice("last", []) is None


def test_words_are_dropped_before_the_tracker():
    secret = "my name is Canary Featherstone"
    parsed = {
        "text": secret,
        "text_tokens": [(0, 2)],
        "intent": {"name": "greet", "confidence": 0.5},
        "intent_ranking": [{"name": "greet", "confidence": 0.5}],
        "entities": [{"entity": "need", "value": "food", "start": 3, "end": 7, "extractor": "x", "text": secret}],
        "gate_because": "canary",
    }
    kept = json.dumps(understanding.without_words(parsed)).lower()
    assert "canary" not in kept and "featherstone" not in kept
    assert "greet" in kept and "food" in kept


def test_the_best_guess_stands_for_what_was_not_understood():
    parsed = {
        "intent": {"name": "nlu_fallback", "confidence": 0.35},
        "intent_ranking": [
            {"name": "nlu_fallback", "confidence": 0.35},
            {"name": "privacy", "confidence": 0.3},
            {"name": "greet", "confidence": 0.2},
        ],
        "entities": [],
    }
    understood = understanding.understanding(parsed)
    assert (understood.topic, understood.confidence, understood.sure) == ("privacy", 0.3, False)


KOREAN = {"intent": {"name": "need_shelter"}, "entities": [], "heard_in": {"ko": 0.99, "en": 0.01}}


def test_a_language_that_is_not_offered_is_answered_in_english_but_a_crisis_as_it_was_written(overlay):
    assert understanding.language_of(KOREAN, None, "en") == "ko"
    assert understanding.not_offered(KOREAN, "ko") is None
    overlay({"site.yml": "languages: [es]"})
    assert understanding.language_of(KOREAN, None, "es") == "es"
    assert understanding.language_of(KOREAN, "ko", "ko") == "en"
    assert understanding.not_offered(KOREAN, "en") == "ko"
    crisis = {**KOREAN, "gate": "suicide"}
    assert understanding.language_of(crisis, None, "en") == "ko" and understanding.not_offered(crisis, "ko") is None
    asked = {"intent": {"name": "language_switch"}, "entities": [{"entity": "language", "value": "ko"}]}
    assert understanding.language_of(asked, None, "en") == "en"
    assert understanding.not_offered({**KOREAN, "heard_in": {"ko": 0.6, "en": 0.4}}, "en") is None


def test_a_place_or_a_command_does_not_change_the_language_of_a_talk():
    texas = {"intent": dict(understanding.ONLY_A_PLACE), "entities": [], "heard_in": {"en": 0.98, "es": 0.02}}
    stop = {
        "intent": {"name": "how_to_use"},
        "entities": [{"entity": "command", "value": "stop"}],
        "heard_in": {"en": 0.98},
    }
    for said in (texas, stop):
        assert understanding.language_of(said, "es", "en") == understanding.language_of(said, None, "es") == "es"
        assert understanding.language_of({**said, "heard_in": {"zh": 1.0}}, "es", "en") == "zh"
    tennessee, vivo_en_texas = ({**texas, "heard_in": {"es": share, "en": 1 - share}} for share in (0.5, 0.95))
    assert understanding.language_of(tennessee, None, "en") == "en"
    assert understanding.language_of(vivo_en_texas, None, "en") == "es"
    asked = {**texas, "intent": {"name": "immunity_reporting", "confidence": 0.9}}
    assert understanding.language_of(asked, "es", "en") == "en"


@pytest.mark.parametrize(("confidence", "also"), [(0.65, ["need_health"]), (0.5, [])])
def test_a_second_question_is_offered_where_its_likeliest_topic_is_a_good_guess(confidence, also):
    def part(name: str, *ranking: tuple[str, float]):
        return {
            "intent": {"name": name, "confidence": 0.7},
            "intent_ranking": [{"name": n, "confidence": c} for n, c in ranking],
            "entities": [],
        }

    whole = part("expunge_process", ("expunge_process", 0.7))
    unsure = part("nlu_fallback", ("nlu_fallback", 0.7), ("need_health", confidence))
    both = understanding.with_second_question(whole, [part("expunge_process", ("expunge_process", 0.9)), unsure])
    assert [e["value"] for e in both["entities"] if e["entity"] == "also"] == also


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("my boss took my passport thank you so much", "my boss took my passport"),
        ("Hi there! thanks, is anyone there? ty", "is anyone there"),
        ("buenas tardes, no me pagan. muchas gracias por su ayuda", "no me pagan"),
        ("你好 今晚没地方睡 谢谢", "今晚没地方睡"),
        ("안녕하세요 사장이 여권을 안줘요 감사합니다", "사장이 여권을 안줘요"),
        ("no thanks", "no thanks"),
        ("Thank you, god bless", "Thank you, god bless"),
        ("this is a dirty hideout", "this is a dirty hideout"),
    ],
)
def test_what_is_only_polite_is_taken_from_the_ends(typed, bare):
    assert understanding.without_courtesy(typed) == bare


def test_what_a_message_says_counts_where_it_was_heard_as_polite_or_not_for_sure():
    def heard(topic: str, *ranking: tuple[str, float]) -> dict:
        guesses = [{"name": name, "confidence": confidence} for name, confidence in ranking]
        intent = {"name": topic, "confidence": ranking[0][1]}
        return {"intent": intent, "intent_ranking": guesses, "entities": []}

    passport = heard("passport_taken", ("passport_taken", 0.9))
    unsure = heard("nlu_fallback", ("nlu_fallback", 0.7), ("need_health", 0.6))
    vague = heard("nlu_fallback", ("nlu_fallback", 0.7), ("out_of_scope", 0.6))
    thanks, nothing = heard("thanks", ("thanks", 0.8)), heard("nlu_fallback", ("nlu_fallback", 0.7), ("thanks", 0.4))
    assert understanding.with_bare(thanks, passport)["intent"]["name"] == "passport_taken"
    assert understanding.with_bare(thanks, unsure)["intent_ranking"] == unsure["intent_ranking"]
    assert understanding.with_bare(thanks, vague)["intent"]["name"] == "thanks"
    assert understanding.with_bare(nothing, vague)["intent_ranking"] == vague["intent_ranking"]
    assert understanding.with_bare(passport, unsure)["intent"]["name"] == "passport_taken"
