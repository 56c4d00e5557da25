"""The documentation is built as a site, strictly: every page is in its table of contents, every link and anchor holds,
and nothing on it is fetched from another site."""

import logging
import re
from html.parser import HTMLParser

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from bot.settings import ROOT
from tools.site_hooks import ELSEWHERE, linked


class Fetched(HTMLParser):
    """What a browser would load for a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        loads = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
        if tag in loads and given.get("rel") not in ("canonical", "next", "prev", "search"):
            self.addresses.append(given.get(loads[tag]) or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    to = tmp_path_factory.mktemp("site")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(to), strict=True))  # Abort where anything is wrong
    return to


def test_every_page_is_built(site):
    pages = {page.stem for page in (ROOT / "docs").glob("*.md")} | {page.removesuffix(".md") for page in ELSEWHERE}
    assert pages <= {page.stem for page in site.glob("*.html")}
    assert (site / "search" / "search_index.json").exists()


def test_nothing_comes_from_elsewhere(site):
    for page in site.rglob("*.html"):
        parser = Fetched()
        parser.feed(page.read_text(encoding="utf-8"))
        assert not [a for a in parser.addresses if re.match(r"(https?:)?//", a)], page.name
    for style in site.rglob("*.css"):
        assert not re.search(r"url\([\"']?(https?:)?//|@import [\"']?https?:", style.read_text(encoding="utf-8")), style


def test_links_out_of_the_pages():
    text = "See [the gate](../bot/nlu/gate.py), [deploy](../deploy/README.md#watching-it), [sms](sms.md), [x](https://x.y)."
    without = "See the gate, [deploy](deploy.md#watching-it), [sms](sms.md), [x](https://x.y)."
    assert linked(text, "index.md", "") == without
    assert "[the gate](https://git.example/l/blob/main/bot/nlu/gate.py)" in linked(
        text, "index.md", "https://git.example/l/"
    )
    assert linked("[privacy](../docs/privacy.md)", "deploy.md", "") == "[privacy](privacy.md)"
