"""`/privacy`, `/safety`, `/crisis` and `/about`: what Lantern is and keeps, from `data/phrases/*/pages.yml`."""

from collections.abc import Mapping
from functools import cache

from aiohttp import web

from actions.knowledge.library import DATA
from actions.knowledge.records import Record
from actions.knowledge.yaml_file import read_record
from bot.channels.web import SETTINGS, common
from bot.html import html_response

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


@cache
def texts(language: str = "en") -> Mapping[str, Text]:
    """The pages in `language`."""
    return read_record(DATA / "phrases" / language / "pages.yml", Texts).__root__


@routes.get(r"/{name:privacy|safety|crisis|about}")
async def text(request: web.Request) -> web.Response:
    """One page."""
    settings = request.app[SETTINGS]
    filled = {"operator": settings.operator, "minutes": settings.idle_minutes}
    values = {"text": texts()[request.match_info["name"]], "filled": filled}
    return html_response("text.html", values | common(request))
