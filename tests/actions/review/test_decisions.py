"""What follows from a form: signed where all is correct, off where something is wrong, and what has to be written."""

from dataclasses import replace

import pytest

from actions.review.decisions import by_row, outcome
from actions.review.form import Decided
from tests.actions.review.conftest import ANA


def decide(item, **decisions):
    """Decisions on every row of `item`: "correct", or what is given by the row's place ("r2")."""
    rows = item.rows()
    given = [Decided(row.name, decisions.get(f"r{n}", "correct"), "words") for n, row in enumerate(rows, 1)]
    return outcome([one for one in given if one.decision], by_row([item]))


def test_all_correct_is_signed(item):
    found = decide(item("law.OR.condoms"))
    assert [one.name for one in found.signed] == ["law.OR.condoms"]
    assert not (found.off or found.to_write or found.open or found.taken_off)


def test_what_is_not_decided_leaves_it_unsigned(item):
    found = decide(item("law.OR.condoms"), r2=None, r3=None)
    assert not found.signed and [(one.name, n) for one, n in found.open] == [("law.OR.condoms", 2)]


def test_a_wrong_fact_is_off_by_itself(item):
    rows = item("law.OR.condoms").rows()
    found = decide(item("law.OR.condoms"), r2="wrong")
    assert not found.signed and found.off == ((rows[1].name, "words"),)
    assert found.to_write[0].row == rows[1] and found.to_write[0].off


@pytest.mark.parametrize("row", ["r4", "r5"], ids=["text message", "fields"])
def test_what_cannot_be_off_alone_takes_its_section_along(item, row):
    assert decide(item("law.OR.condoms"), **{row: "wrong"}).off == (("law.OR.condoms", "words"),)


def test_a_wrong_service_is_off(item):
    assert decide(item("or-new-day"), r1="wrong").off == (("or-new-day", "words"),)


def test_what_is_to_be_changed_is_still_said(item):
    found = decide(item("law.OR.condoms"), r1="change")
    assert not found.signed and not found.off and found.to_write[0].decided.words == "words"


def test_of_a_crisis_answer_nothing_is_switched_off(item):
    found = decide(item("safety.crisis_danger"), r1="wrong")
    assert not found.off and not found.signed and not found.to_write[0].off


@pytest.mark.parametrize("decision", ["wrong", "change"])
def test_who_signed_before_stands_for_it_no_longer(item, decision):
    signed = item("law.OR.condoms")
    signed = replace(signed, signed=ANA.sign(signed))
    assert decide(signed, r1=decision).taken_off == (signed,)
    assert not decide(signed).taken_off
