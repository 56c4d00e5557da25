"""`/privacy`, `/safety`, `/crisis` and `/about`: what Lantern is and keeps, from `data/phrases/pages.yml`."""

from collections.abc import Mapping

from aiohttp import web

from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.control import shown
from actions.knowledge.records import Record
from bot.channels.web import SETTINGS, common
from bot.html import html_response, language_of

routes = web.RouteTableDef()


class Item(Record):
    """A sentence or two; `test` is the file that proves it, `source` the address it comes from."""

    say: str
    test: str | None = None
    source: str | None = None


class Part(Record):
    """Items under a heading."""

    items: tuple[Item, ...]
    heading: str | None = None


class Text(Record):
    """One page; `names_tests` prints the proofs too."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    names_tests: bool = False


class Texts(Record):
    """Every page by its path."""

    __root__: Mapping[str, Text]


def texts(language: str = ENGLISH) -> Mapping[str, Text]:
    """The pages in `language`."""
    return Texts.parse_obj(shown(language).pages).__root__


@routes.get(r"/{name:privacy|safety|crisis|about}")
async def text(request: web.Request) -> web.Response:
    """One page."""
    settings, language = request.app[SETTINGS], language_of(request)
    filled = {"operator": settings.operator, "minutes": settings.idle_minutes}
    values = {"text": texts(language)[request.match_info["name"]], "filled": filled}
    return html_response("text.html", values | common(request), language=language)
