"""How every page is made: one set of templates, filled with sentences of `data/`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import phonenumbers
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.knowledge.library import library

HERE = Path(__file__).parent
FOLDERS = (HERE / "channels" / "templates", HERE / "pages" / "templates")


class Piece(NamedTuple):
    """A piece of a line; `call` is the number to dial where it is a telephone number."""

    text: str
    call: str | None = None


def pieces(line: str) -> Iterator[Piece]:
    """`line` cut into text and telephone numbers."""
    at = 0
    for match in phonenumbers.PhoneNumberMatcher(line, "US"):
        yield Piece(line[at : match.start])
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        yield Piece(match.raw_string, number)
        at = match.end
    yield Piece(line[at:])


templates = Environment(
    loader=FileSystemLoader(FOLDERS), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
templates.globals.update(say=library().say, pieces=pieces)


def html_response(template: str, values: Mapping[str, Any], status: int = 200) -> web.Response:
    """The page made from `template`."""
    html = templates.get_template(template).render(values)
    return web.Response(text=html, content_type="text/html", status=status)
