"""An answer as pages and the widget show it."""

from actions.answer import Answer
from bot.html import shown_lines
from tests.browser.served import CRISIS, LAWYER


def kinds(answer: Answer) -> list[str]:
    return [line.kind for line in shown_lines(answer)]


def text(*lines: str) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in shown_lines(Answer("x", lines, ()))]


def test_a_service_begins_with_a_line_of_its_own():
    assert kinds(LAWYER) == ["", "group", "police", ""]
    assert kinds(CRISIS) == ["", "group", "police", "", ""]


def test_the_number_of_a_law_is_not_torn_apart():
    assert text("Law: Cal. Penal Code § 647.3.") == ["Law: Cal. Penal Code §\u00a0647.3."]


def test_chinese_stops_bring_their_own_gap():
    assert text("核对日期：2026年11月25日。 还没有律师核对过。", "Checked. Not yet.") == [
        "核对日期：2026年11月25日。还没有律师核对过。",
        "Checked. Not yet.",
    ]


def test_telephone_numbers_can_be_dialled_and_911_not():
    calls = [piece.call for line in shown_lines(CRISIS) for piece in line.pieces if piece.call]
    assert calls == ["988"]
