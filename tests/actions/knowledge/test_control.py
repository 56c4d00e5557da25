"""Switching something off is felt at once, everywhere, and undone as easily."""

import datetime as dt

import pytest

from actions.answering import reply
from actions.conversation import Conversation
from actions.knowledge import control
from actions.knowledge.catalogs import ENGLISH, languages, localized
from actions.knowledge.control import Control, Switches, allowed, fact_name, names, sections
from actions.knowledge.library import library
from actions.knowledge.records import Reviewed
from actions.knowledge.yaml_file import DataError

TODAY = dt.date(2026, 11, 26)


def answer(view, topic, **talk):
    return reply(view, Conversation(heard=topic, topic=topic, **talk), TODAY).answer


def test_nothing_off_is_the_whole_library():
    assert allowed(library(), Control()) is library()


def test_a_topic_that_is_off_answers_with_people_who_can_help():
    view = allowed(library(), Control(frozenset({"passport_taken"})))
    said = answer(view, "passport_taken")
    assert said.id == "hidden.passport_taken"
    assert any(line.startswith("Police: ") for line in said.lines)
    assert answer(view, "debt_bondage").id == "rights.debt_bondage"


def test_a_place_that_is_off_is_answered_with_the_federal_rule_and_a_lawyer():
    view = allowed(library(), Control(frozenset({"OR"})))
    said = answer(view, "immunity_reporting", jurisdiction="OR")
    assert said.id == "law.OR.immunity"
    assert library().laws["OR"].immunity.lead.say not in said.text
    assert library().laws["US"].immunity.lead.say in said.text
    assert answer(view, "immunity_reporting", jurisdiction="CA").lines[1] == library().laws["CA"].immunity.lead.say


def test_one_section_of_one_place():
    view = allowed(library(), Control(frozenset({"law.OR.immunity"})))
    assert library().laws["OR"].immunity.lead.say not in answer(view, "immunity_reporting", jurisdiction="OR").text
    assert (
        library().laws["OR"].records.eligibility.lead.say in answer(view, "expunge_eligibility", jurisdiction="OR").text
    )


@pytest.mark.parametrize("code", ["OR", "CA", "US"])
def test_one_fact_is_gone_from_the_long_form_and_the_short_one(code):
    section = library().laws[code].immunity
    fact = (*section.facts, *section.limits)[0]
    view = allowed(library(), Control(frozenset({fact_name(f"law.{code}.immunity", fact)})))
    said = answer(view, "immunity_reporting", jurisdiction=code)
    assert fact.say not in said.text and section.lead.say in said.text
    assert section.short[0] not in said.short  # the written short form may hold the same fact
    assert said.short[0].startswith(section.lead.say)


def test_without_its_first_fact_a_section_is_gone():
    lead = library().sections["passport_taken"].lead
    view = allowed(library(), Control(frozenset({fact_name("rights.passport_taken", lead)})))
    assert answer(view, "passport_taken").id == "hidden.passport_taken"


def test_a_corrected_fact_has_another_name():
    lead = library().sections["passport_taken"].lead
    corrected = lead.copy(update={"say": f"{lead.say} Corrected."})
    assert fact_name("rights.passport_taken", lead) != fact_name("rights.passport_taken", corrected)


@pytest.mark.parametrize("language", languages())
def test_without_the_sentence_that_names_them_a_crisis_still_names_people_before_911(language):
    section = library().sections["crisis_suicide"]
    off = {fact_name("safety.crisis_suicide", fact) for fact in section.all_facts() if "988" in fact.say}
    view = localized(allowed(library(), Control(frozenset(off))), language)
    said = answer(view, "crisis_suicide")
    texts = " ".join(said.short)
    assert "988" in texts and texts.index("988") < texts.index("911")
    assert language == ENGLISH or said.lines[0] != section.lead.say


def test_a_service_that_is_off_is_not_shown_in_a_crisis_either():
    view = allowed(library(), Control(frozenset({"988-lifeline"})))
    assert "988 Suicide" not in answer(view, "crisis_suicide", alarm=True).text
    assert "988 Suicide" in answer(library(), "crisis_suicide", alarm=True).text


def test_reviewed_only_hides_what_nobody_reviewed_but_never_a_crisis_answer():
    view = allowed(library(), Control(reviewed_only=True))
    assert answer(view, "passport_taken").id == "hidden.passport_taken"
    assert answer(view, "crisis_suicide", alarm=True).id == "safety.crisis_suicide"
    assert {service.id for service in view.services} == {*library().needs.always}


def test_reviewed_only_shows_what_somebody_reviewed(monkeypatch):
    file = library().sections["passport_taken"]
    signed = file.copy(update={"review": Reviewed(name="A. Lawyer", role="attorney", on=dt.date(2026, 11, 20))})
    monkeypatch.setitem(library().sections, "passport_taken", signed)
    said = answer(allowed(library(), Control(reviewed_only=True)), "passport_taken")
    assert said.id == "rights.passport_taken" and said.review == "reviewed"
    assert "Checked by A. Lawyer, attorney, on 2026-11-20." in said.text


def test_every_name_can_be_switched():
    known = names(library())
    for name, _, section in sections(library()):
        assert name in known and all(fact_name(name, fact) in known for fact in section.all_facts())


def test_a_running_process_sees_a_switch_at_its_next_look(tmp_path, monkeypatch):
    monkeypatch.setattr(control, "LOOK_EVERY_SECONDS", 0.0)
    switches, other = Switches(tmp_path / "switches.yml"), Switches(tmp_path / "switches.yml")
    assert "passport_taken" in switches.library().sections
    other.turn({"passport_taken", "OR"}, off=True, because="a court changed it")
    assert "passport_taken" not in switches.library().sections
    assert switches.read()["OR"]["because"] == "a court changed it"
    other.turn({"passport_taken"}, off=False)
    assert "passport_taken" in switches.library().sections and "OR" not in switches.library().laws


def test_a_broken_file_changes_nothing_and_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(control, "LOOK_EVERY_SECONDS", 0.0)
    switches = Switches(tmp_path / "switches.yml")
    switches.turn({"OR"}, off=True)
    assert "OR" not in switches.library().laws
    (tmp_path / "switches.yml").write_text("- just a list")
    assert "OR" not in switches.library().laws
    with pytest.raises(DataError, match="expected names"):
        switches.read()
