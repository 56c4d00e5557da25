"""A report says what was counted, and what it means."""

import json
import re
from html.parser import HTMLParser

import pytest

from actions.knowledge.library import library
from bot.monthly.report import Report, make_report, rule
from bot.monthly.showing import as_html, as_text
from tests.bot.monthly.given import month

NEEDED = {"br", "hr", "img", "input", "link", "meta", "rect"}  # without an end


@pytest.fixture(scope="module")
def report() -> Report:
    now = month(
        runs=2, hours=740, talks=230, channel__web=180, channel__sms=50, language__en=190, language__es=30,
        topic__immunity_reporting=90, topic__need_shelter=40, topic__greet=120, topic__abuse_insult=10,
        place__CA=70, place__OR=20, gate__danger=10, messages=900, unanswered__asked=60, wrong_numbers=10,
    )  # fmt: skip
    before = month("2026-09", talks=150, channel__web=150, language__en=150, topic__immunity_reporting=100)
    return make_report(now, before, library())


def rows(report: Report, table: str) -> list[tuple[str, int, int | None]]:
    (found,) = (t for t in report.tables if t.id == table)
    return [(row.label, row.at_least, row.before) for row in found.rows]


def test_tables(report):
    assert (report.talks, report.talks_before, report.before) == (230, 150, "2026-09")
    label = library().label
    assert rows(report, "topics") == [(label("immunity_reporting"), 90, 100), (label("need_shelter"), 40, None)]
    assert rows(report, "about_lantern") == [("Say hello", 120, None), ("Abuse insult", 10, None)]
    assert rows(report, "places") == [("California", 70, None), ("Oregon", 20, None)]
    assert rows(report, "channels") == [("On the page", 180, 150), ("By text message", 50, None)]
    assert rows(report, "gates") == [("Danger from somebody", 10, None)]
    assert [row[1] for row in rows(report, "messages")] == [900, 60, 10]


def test_no_two_rows_of_a_table_have_the_same_name():
    everything = {f"topic__{topic}": 10 for topic in library().topics} | {"talks": 10}
    for table in make_report(month(**everything), None, library()).tables:
        labels = [row.label for row in table.rows]
        assert len(labels) == len(set(labels)), table.id


def test_as_text(report):
    text = as_text(report)
    assert "Lantern in October 2026" in text and "At least 230 talks; in September 2026 at least 150." in text
    assert re.search(r"California +70 +– +▇+\n", text)
    assert "was started 2 times" in text and "for 740 hours; the month has 744" in text
    assert "up to 18 more" in text


def test_without_a_month_before_there_is_nothing_to_compare():
    text = as_text(make_report(month(talks=20, channel__web=20), None, library()))
    assert "before" not in text and "At least 20 talks.\n" in text


def test_with_hardly_any_talks_it_says_so_and_shows_nothing():
    report = make_report(month(runs=1), month("2026-09", talks=30), library())
    assert report.talks is None and report.tables == ()
    for shown in (as_text(report), as_html(report, "A clinic")):
        assert "no number of talks came to ten" in shown
    assert json.loads(json.dumps(report.as_dict()))["tables"] == {}


class Page(HTMLParser):
    """Every tag, and what is still open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in NEEDED:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_needs_nothing_else(report):
    html = as_html(report, "A clinic")
    page = Page(html)
    assert page.open == []
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "iframe", "object", "form", "input", "video", "audio"}
    for _, attributes in page.tags:
        assert not {name for name in attributes if name.startswith("on") or name in ("src", "action")}
        assert (attributes.get("href") or "data:,") == "data:,"
    assert not re.search(r"https?:|url\(|@import", html)
    assert any("default-src 'none'" in (attributes.get("content") or "") for _, attributes in page.tags)


def test_the_page_says_the_same_as_the_text(report):
    html = as_html(report, "A clinic")
    for table in report.tables:
        for row in table.rows:
            assert f'{row.label}</th><td class="number">{row.at_least:,}</td>' in html
    for line in rule(report):
        assert line in html
    assert "At least <strong>230</strong> talks; in September 2026 at least 150." in html


def test_bars_are_as_long_as_their_numbers(report):
    html = as_html(report, "A clinic")
    assert 'class="now" y="12%" height="42%" width="100.0%"' in html  # 70 of 70, California
    assert 'width="28.6%"' in html  # 20 of 70, Oregon


def test_who_runs_it_is_shown_as_text(report):
    assert "<b>" not in as_html(report, "<b>A clinic</b>")


def test_json_has_every_row_and_nothing_else(report):
    data = report.as_dict()
    cells = {row["cell"] for rows in data["tables"].values() for row in rows}
    assert len(cells) == 14 and "topic:need_shelter" in cells
    assert (data["talks_at_least"], data["hours"], data["hours_of_month"], data["runs"]) == (230, 740, 744, 2)
