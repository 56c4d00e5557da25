"""No overlay takes away what keeps people safe: tried with an overlay that wants to change everything it can name."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from actions.compose.topic import crisis_answer
from actions.conversation import ALARM_TOPICS, Conversation
from actions.knowledge.catalogs import languages
from actions.knowledge.control import shown
from actions.knowledge.library import library
from actions.knowledge.translations import Words, messages
from actions.knowledge.yaml_file import DataError
from actions.overlay import floor
from actions.overlay.applying import overlaid
from bot.channels.opening import answer_to_seen
from tests.actions.overlay.given import answer, read, service

HERS = "Mine now"
KEPT = (  # small sentences that people rely on
    *("page.program", "page.operator", "page.kept", "page.not_privileged", "page.exit_limits"),
    *("page.leave", "page.leave_first", "choices.delete", "seen.ask"),
    *("answer.checked", "answer.unreviewed", "answer.limits", "answer.low_confidence", "answer.stale"),
    *("answer.short_tail", "answer.machine_translated", "answer.not_translated", "hidden.say", "place.no_law"),
    *("services.police", "services.short", "services.ask_first", "services.assured", "services.police_short.unknown"),
    *("errors.crisis", "errors.away", "widget.program", "sms.opening", "sms.help", "sms.stopped", "sms.failed"),
    *("forget.done", "forget.rest", "here.not_covered"),
)


def sentences(tree: Mapping[str, Any], at: str = "") -> Iterator[str]:
    for key, value in tree.items():
        name = f"{at}{key}"
        if isinstance(value, Mapping):
            yield from sentences(value, f"{name}.")
        elif isinstance(value, str):
            yield name


def nested(names: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in names:
        inside = made
        *steps, last = name.split(".")
        for step in steps:
            inside = inside.setdefault(step, {})
        inside[last] = HERS
    return made


def everything() -> dict[str, str]:
    """Files that replace every phrase, sentence, answer and service there is, with a service that hides nothing."""
    ours = library()
    fixed = sorted(floor.fixed_services(ours))
    answers = {f"{ours.folder(t)}/{t}.yml": answer(t) for t, e in ours.topics.items() if e.source != "safety"}
    answers |= {f"rights/{t}.yml": answer(t) for t in ALARM_TOPICS}
    return {
        "site.yml": "name: Our Chat\nopening: {en: Call us.}\nopening_sms: {en: Call us.}\nfirst: [a-day-center]",
        "phrases/conversation.yml": yaml.safe_dump({t: {"lead": HERS, "short": [HERS]} for t in ours.phrases}),
        "phrases/interface.yml": yaml.safe_dump(nested(list(sentences(ours.interface)))),
        **{name: text for name, text in answers.items() if name.startswith(("rights/", "guidance/"))},
        **{f"services/{n}.yml": service(name).replace("status: active", "status: defunct\n  status_note: gone")
           for n, name in enumerate(fixed)},
        "services/own.yml": service("a-day-center"),
        "translations/es.po": "\n".join(
            f'{context(words)}msgid {json.dumps(words.text, ensure_ascii=False)}\nmsgstr "{HERS}"\n' for words in said()
        ),
    }  # fmt: skip


def said() -> list[Words]:
    """What Lantern says about itself and in a crisis, as a translator has it."""
    crises = {fact.say for topic in ALARM_TOPICS for fact in library().sections[topic].all_facts()}
    return [words for words in messages(library()) if words.area == "interface" or words.text in crises]


def context(words: Words) -> str:
    return f"msgctxt {json.dumps(words.context, ensure_ascii=False)}\n" if words.context else ""


@pytest.fixture
def views(overlay):
    """Everything as it is said under such an overlay, by language."""
    before = {language: shown(language) for language in languages()}
    overlay(everything())
    return [(before[language], shown(language)) for language in languages()]


def test_crises_are_answered_word_for_word(views):
    for before, after in views:
        for topic in ("crisis_suicide", "crisis_danger", "crisis_medical"):
            for talk in (Conversation(topic, topic), Conversation(topic, topic, last_alarm=topic)):
                assert crisis_answer(after, talk, topic) == crisis_answer(before, talk, topic)
        for topic in ALARM_TOPICS:
            assert after.sections[topic] == before.sections[topic]


def test_the_services_of_a_crisis_stay(views):
    fixed = floor.fixed_services(library())
    assert {"988-lifeline", "trans-lifeline", "lawhelp-org"} <= fixed
    for before, after in views:
        assert [s for s in after.services if s.id in fixed] == [s for s in before.services if s.id in fixed]


def test_what_it_is_and_what_it_keeps_is_still_said(views):
    for before, after in views:
        for key in KEPT:
            assert after.say(key).replace("Our Chat", "Lantern").startswith(before.say(key)), key
        assert after.phrases["greet"].lead == before.phrases["greet"].lead
        for topic in ("bot_identity", "privacy", "ask_source", "language_switch"):
            assert after.phrases[topic] == before.phrases[topic]
        assert answer_to_seen(after, "seen:yes").lines == answer_to_seen(before, "seen:yes").lines
        for page in ("privacy", "safety", "crisis"):
            assert after.pages[page] == before.pages[page]


def test_the_texts_that_carriers_ask_for_still_name_stop_and_help(views):
    for _, after in views:
        assert "STOP" in after.say("sms.opening") and "HELP" in after.say("sms.opening")


def test_some_of_it_is_theirs(views):
    _, after = views[0]
    assert after.phrases["thanks"].lead == HERS and after.say("place.ask") == HERS
    assert after.sections["passport_taken"].lead.say == "Our own words about this."


def test_every_name_of_the_floor_is_there():
    ours = library()
    assert set(ours.phrases) >= floor.PHRASES
    assert set(sentences(ours.interface)) >= floor.SENTENCES
    assert not floor.SENTENCES & set(KEPT)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("phrases/conversation.yml", "thanks: {lead: 'Call 503-555-0100.', short: [Thanks.]}"),
        ("phrases/conversation.yml", "thanks: {lead: Thanks., short: ['Text 503-555-0100']}"),
        ("phrases/interface.yml", "place: {ask: 'Call 503.555.0100'}"),
        ("site.yml", "opening: {en: Call 503-555-0100.}"),
        ("site.yml", "opening_sms: {en: Call 555-0100.}"),
        ("services/a.yml", service().replace("Food and a place to sit.", "'Food. Call 503-555-0100.'")),
    ],
)
def test_no_number_stands_before_what_is_done_about_the_police(name, text, tmp_path):
    made, left = overlaid(library(), read(tmp_path, {name: text}))
    assert [one.is_error for one in left] in ([True], [True, True]), left
    assert "number" in left[0].why
    assert made.phrases == library().phrases and made.interface == library().interface
    assert made.services == library().services and not made.site.opening and not made.site.opening_sms


@pytest.mark.parametrize(
    ("text", "why"),
    [("Gracias 503-555-0100", "telephone number"), ("Gracias 911", "telephone number"), ("Gracias {plaza}", "plaza")],
)
def test_a_translation_of_your_own_adds_nothing(text, why, tmp_path):
    files = {
        "phrases/conversation.yml": "thanks: {lead: Thank you from us., short: [Thank you from us.]}",
        "translations/es.po": f'msgid "Thank you from us."\nmsgstr "{text}"\n',
    }
    made, left = overlaid(library(), read(tmp_path, files))
    assert [why in one.why for one in left] == [True] and "es.po" in left[0].where
    assert made.phrases["thanks"].lead == "Thank you from us." and not made.translations["es"]


@pytest.mark.parametrize("opening", ["In danger? Call 911 first.", "Text 741741.", "Call 5035550147.", "Call 988."])
def test_an_opening_holds_no_number_at_all(opening, tmp_path):
    made, left = overlaid(library(), read(tmp_path, {"site.yml": f"opening: {{en: '{opening}'}}"}))
    assert not made.site.opening and "number" in left[0].why


@pytest.mark.parametrize("field", ["name", "operator"])
def test_a_name_holds_no_number(field, tmp_path):
    with pytest.raises(DataError, match="holds a number"):
        read(tmp_path, {"site.yml": f"{field}: Harbor 503-555-0147"})
