"""How every page is made: one set of templates, filled with sentences of `data/`."""

import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple

import phonenumbers
from aiohttp import web

from actions.answer import Answer
from actions.html import templates
from actions.knowledge.catalogs import ENGLISH, languages
from actions.knowledge.control import offered, shown

HERE = Path(__file__).parent
FOLDERS = (HERE / "channels" / "templates", HERE / "pages" / "templates")


_WIDE_STOP = re.compile(r"(?<=[。！？；：]) ")


class Piece(NamedTuple):
    """A piece of a line; `call` is the number to dial where it is a telephone number."""

    text: str
    call: str | None = None


class Line(NamedTuple):
    """A line of an answer, ready to be shown.

    `kind`: "limit", "group" (with which a service begins), "police" (what it does with police, right after) or "".
    """

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
    police = tuple(shown(language).say("services.police").partition("{")[0] for language in languages())
    for line, following in zip(answer.lines, (*answer.lines[1:], ""), strict=True):
        kind = "limit" if line.startswith("- ") else "police" if line.startswith(police) else ""
        kind = "group" if not kind and following.startswith(police) else kind
        yield Line(kind, tuple(piece for piece in pieces(_typeset(line)) if piece.text))


def _typeset(line: str) -> str:
    """`line` with no break inside the number of a law, and no gap after a full stop that brings its own."""
    return _WIDE_STOP.sub("", line.replace("§ ", "§\N{NO-BREAK SPACE}"))


def _numbers(line: str) -> Iterator[tuple[int, int, str]]:
    for match in phonenumbers.PhoneNumberMatcher(line, "US"):
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        yield match.start, match.end, number


def _crisis_lines(line: str) -> Iterator[tuple[int, int, str]]:
    return ((match.start(), match.end(), match.group()) for match in _CRISIS_LINE.finditer(line))


_language: ContextVar[str] = ContextVar("language", default=ENGLISH)  # of the page that is being made


def _say(key: str, **values: object) -> str:
    return _say_in(_language.get(), key, **values)


def _say_in(language: str, key: str, **values: object) -> str:
    return shown(language).say(key, **values)


def _address(path: str) -> str:
    """`path` in the language of the page."""
    return path if _language.get() == ENGLISH else f"{path}{'&' if '?' in path else '?'}lang={_language.get()}"


pages = templates(*FOLDERS)
pages.globals.update(
    say=_say, say_in=_say_in, address=_address, page_language=_language.get, pieces=pieces, shown_lines=shown_lines
)


def html_response(template: str, values: Mapping[str, Any], status: int = 200, language: str = ENGLISH) -> web.Response:
    """The page made from `template`, with what it says by itself in `language`."""
    _language.set(language)
    spoken = {code: one.name for code, one in offered().items()}
    html = pages.get_template(template).render(values, language=language, languages=spoken)
    return web.Response(text=html, content_type="text/html", status=status)


def language_of(request: web.Request) -> str:
    """The language a page was asked for in; without that, the first of the browser's that is offered here."""
    wanted = request.query.get("lang", "")
    if wanted in offered():
        return wanted
    for range_ in request.headers.get("Accept-Language", "")[:200].split(","):
        code = range_.partition(";")[0].strip().lower().partition("-")[0]
        if code in offered():
            return code
    return ENGLISH
