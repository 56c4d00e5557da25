"""A sheet as a PDF for paper. reportlab makes it, with the fonts it brings (Bitstream Vera: Latin letters)."""

# mypy: disable-error-code="import-untyped"

import datetime as dt
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import CondPageBreak, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from actions.review.numbering import NumberedItem, NumberedRow, Sheet
from actions.review.page import about, described
from actions.review.words import BOXES, DECIDED_BY, INITIALS, INTRODUCTION

FONT, BOLD, ITALIC = "Vera", "VeraBd", "VeraIt"
INK, GREY = HexColor("#1d2126"), HexColor("#4a4f57")
MARGIN = 16 * mm
WIDTH = LETTER[0] - 2 * MARGIN - 12  # a frame keeps 6 points free on each side
NUMBER, BOX, WRITE = 13 * mm, 3.5 * mm, 9 * mm  # widths; the last is the height of a line to write on
LABELS = (15 * mm, 14 * mm, 20 * mm)
GAP, INITIALS_LABEL, INITIALS_LINE = 4 * mm, 12 * mm, 18 * mm
TALL = 60 * mm  # a section starts on a new page where there is less room


def write_pdf(file: Path, sheet: Sheet) -> None:
    """Writes the PDF. Raises OSError."""
    for name in (FONT, BOLD, ITALIC):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    document = SimpleDocTemplate(
        str(file),
        pagesize=LETTER,
        title=f"To review: {sheet.title}",
        author="Lantern",
        invariant=1,  # the same sheet is the same file
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
    )

    def foot(canvas: Any, page: Any) -> None:
        canvas.setFont(FONT, 7.5)
        canvas.setFillColor(GREY)
        canvas.drawString(MARGIN, MARGIN / 2, printable(f"{sheet.title}, printed {sheet.printed}"))
        canvas.drawRightString(LETTER[0] - MARGIN, MARGIN / 2, f"page {page.page}")

    document.build(list(_story(sheet)), onFirstPage=foot, onLaterPages=foot)


def printable(text: str) -> str:
    """`text` in letters that the font has: without an accent, or as "?", where it has no such letter."""
    return "".join(map(_letter, text))


@cache
def _letter(letter: str) -> str:
    has = pdfmetrics.getFont(FONT).face.charToGlyph
    if ord(letter) in has:
        return letter
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in has)
    return plain or "?"


def _story(sheet: Sheet) -> Iterator[Any]:
    yield Paragraph(escape(printable(f"To review: {sheet.title}")), _style(15, bold=True))
    yield Spacer(0, 3 * mm)
    for paragraph in INTRODUCTION:
        yield Paragraph(escape(paragraph), _style(9, after=2 * mm))
    for item in sheet.items:
        yield CondPageBreak(TALL)
        yield from _item(item, sheet.printed)
    yield Spacer(0, 18 * mm)
    yield KeepTogether([_signature()])


def _item(numbered: NumberedItem, today: dt.date) -> Iterator[Any]:
    title = f"{numbered.number}. {numbered.item.title}"
    yield Spacer(0, 6 * mm)
    yield Paragraph(escape(printable(title)), _style(12, bold=True))
    yield Paragraph(escape(printable(about(numbered.item, today))), _style(7, grey=True, after=2 * mm))
    yield from map(_row, numbered.rows)


def _row(numbered: NumberedRow) -> Table:
    """A number, what is said, what it rests on, and the boxes."""
    row = numbered.row
    said = [Paragraph(row.kind, _style(7.5, italic=True, grey=True))]
    said += [Paragraph(escape(printable(line)), _style(9.5, after=1 * mm)) for line in row.lines]
    said += [Paragraph(escape(printable(described(source))), _style(7, grey=True)) for source in row.sources]
    cells = [[Paragraph(numbered.number, _style(9)), said], ["", _boxes()]]
    lines = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, GREY),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("NOSPLIT", (0, 0), (1, 1)),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 2 * mm),
    ]
    return Table(cells, colWidths=[NUMBER, WIDTH - NUMBER], style=TableStyle([*lines, *_NO_PADDING]))


def _boxes() -> Table:
    labels = [Paragraph(label, _style(8)) for label in (*BOXES, INITIALS)]
    cells: list[Any] = []
    widths: list[float] = []
    for label, width in zip(labels[:-1], LABELS, strict=True):
        cells += [_box(), label]
        widths += [BOX + 2 * mm, width]
    rest = WIDTH - NUMBER - sum(widths) - INITIALS_LABEL - INITIALS_LINE
    cells += ["", "", labels[-1], ""]
    widths += [rest - GAP, GAP, INITIALS_LABEL, INITIALS_LINE]
    written = [("LINEBELOW", (at, 0), (at, 0), 0.5, INK) for at in (6, 9)]
    style = TableStyle([*written, ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), *_NO_PADDING])
    return Table([cells], colWidths=widths, rowHeights=[WRITE], style=style)


def _box() -> Table:
    return Table([[""]], colWidths=[BOX], rowHeights=[BOX], style=TableStyle([("BOX", (0, 0), (0, 0), 0.8, INK)]))


def _signature() -> Table:
    half = len(DECIDED_BY) // 2
    rows = [[Paragraph(escape(line), _style(8)) for line in DECIDED_BY[at : at + half]] for at in (0, half)]
    style = TableStyle([("LINEABOVE", (0, 0), (-1, -1), 0.5, INK), ("BOTTOMPADDING", (0, 0), (-1, -1), 14 * mm)])
    return Table(rows, colWidths=[WIDTH / 2] * half, style=style)


_NO_PADDING = (("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0))


def _style(
    size: float, *, bold: bool = False, italic: bool = False, grey: bool = False, after: float = 0
) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}",
        fontName=BOLD if bold else ITALIC if italic else FONT,
        fontSize=size,
        leading=size * 1.35,
        textColor=GREY if grey else INK,
        spaceAfter=after,
        splitLongWords=True,
    )
