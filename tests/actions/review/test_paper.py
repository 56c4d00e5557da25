"""A sheet says all that is to be decided, with its number, as a page and as a PDF, and takes nothing from elsewhere."""

import html
import re
import zlib

import pytest

from actions.review.numbering import numbered
from actions.review.page import as_html, standing
from actions.review.pdf import printable, write_pdf
from actions.review.words import BOXES
from tests.actions.review.conftest import ANA, TODAY


@pytest.fixture(scope="module")
def sheet(item):
    return numbered("Oregon", TODAY, [item("law.OR.immunity"), item("safety.crisis_danger"), item("or-new-day")])


def test_the_page_has_every_line_and_source_and_its_boxes(sheet):
    page = html.unescape(as_html(sheet))
    rows = [row for one in sheet.items for row in one.rows]
    for numbered_row in rows:
        assert f"<div>{numbered_row.number}</div>" in page
        assert all(line in page for line in numbered_row.row.lines)
        assert all(source.url in page for source in numbered_row.row.sources)
    assert page.count('<span class="box">') == len(rows) * len(BOXES)
    assert all(one.item.revision in page and one.item.name in page for one in sheet.items)


def test_the_page_needs_nothing_else(sheet):
    page = as_html(sheet)
    assert "<script" not in page and "<a " not in page and re.findall(r'(?:src|href)="([^"]*)"', page) == ["data:,"]


def test_what_is_said_cannot_be_markup(item):
    sheet = numbered("<b>Oregon</b>", TODAY, [item("law.OR.condoms")])
    assert "<b>" not in as_html(sheet)


def test_how_a_review_stands_is_said(item):
    one = item("law.OR.condoms")
    signed = one.__class__(**{**one.__dict__, "signed": ANA.sign(one)})
    changed = one.__class__(**{**one.__dict__, "lapsed": ANA.sign(one)})
    assert standing(one, TODAY) == "not reviewed"
    assert standing(signed, TODAY) == "checked by Ana Ejemplo, attorney, Oregon, on 2026-11-27"
    assert "counts as not reviewed" in standing(changed, TODAY)
    assert standing(signed, one.holds_until.replace(year=2030)).endswith("older than it holds")


def test_the_pdf(sheet, tmp_path):
    for name in ("one.pdf", "two.pdf"):
        write_pdf(tmp_path / name, sheet)
    made = (tmp_path / "one.pdf").read_bytes()
    assert made.startswith(b"%PDF-") and made == (tmp_path / "two.pdf").read_bytes()
    assert len(re.findall(rb"/Type /Page\b", made)) >= 3 and b"Vera" in made and len(zlib.compress(made)) > 20_000


@pytest.mark.parametrize(
    ("text", "printed"), [("“§ 18–7’ Peñasco", "“§ 18–7’ Peñasco"), ("Hawaiʻi nā", "Hawai?i na"), ("한", "?")]
)
def test_letters_the_font_does_not_have(sheet, tmp_path, text, printed):
    write_pdf(tmp_path / "any.pdf", sheet)  # registers the font
    assert re.fullmatch(re.escape(printed).replace(r"\?", r"\?+"), printable(text))
