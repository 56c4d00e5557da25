"""How every page is made: one set of templates, filled with sentences of `data/`."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import phonenumbers
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.answer import Answer
from actions.knowledge.library import library

HERE = Path(__file__).parent
FOLDERS = (HERE / "channels" / "templates", HERE / "pages" / "templates")


class Piece(NamedTuple):
    """A piece of a line; `call` is the number to dial where it is a telephone number."""

    text: str
    call: str | None = None


class Line(NamedTuple):
    """A line of an answer, ready to be shown. `kind`: "limit", "police" (what a service does with police) or ""."""

    kind: str
    pieces: tuple[Piece, ...]


# 911 is no link: a thumb that slips must not call the police. Nor is 988 as the start of its own name: what it does
# about the police is said before its number.
_CRISIS_LINE = re.compile(r"(?<=.)(?<![\d.-])988(?![\d.-]*\d)")


def pieces(line: str) -> Iterator[Piece]:
    """`line` cut into text and telephone numbers."""
    at = 0
    for start, end, number in sorted((*_numbers(line), *_crisis_lines(line))):
        if start < at:  # a part of the number before
            continue
        yield Piece(line[at:start])
        yield Piece(line[start:end], number)
        at = end
    yield Piece(line[at:])


def shown_lines(answer: Answer) -> Iterator[Line]:
    """The lines of `answer` as a page or the widget shows them."""
    police = library().say("services.police").partition("{")[0]
    for line in answer.lines:
        kind = "limit" if line.startswith("- ") else "police" if line.startswith(police) else ""
        yield Line(kind, tuple(piece for piece in pieces(line) if piece.text))


def _numbers(line: str) -> Iterator[tuple[int, int, str]]:
    for match in phonenumbers.PhoneNumberMatcher(line, "US"):
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        yield match.start, match.end, number


def _crisis_lines(line: str) -> Iterator[tuple[int, int, str]]:
    return ((match.start(), match.end(), match.group()) for match in _CRISIS_LINE.finditer(line))


templates = Environment(
    loader=FileSystemLoader(FOLDERS), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
templates.globals.update(say=library().say, pieces=pieces, shown_lines=shown_lines)


def html_response(template: str, values: Mapping[str, Any], status: int = 200) -> web.Response:
    """The page made from `template`."""
    html = templates.get_template(template).render(values)
    return web.Response(text=html, content_type="text/html", status=status)
