"""The JSON of the widget: the plain page's turns, nothing more. Canned answers; the page's own tests use the model."""

import gzip
import html
import re

import pytest

from bot.app import MOST_BYTES, make_app
from bot.channels.web import STATIC
from bot.settings import Settings
from tests.browser.served import CannedLantern


@pytest.fixture
def canned() -> CannedLantern:
    return CannedLantern()


@pytest.fixture
async def client(aiohttp_client, canned):
    return await aiohttp_client(make_app(canned, Settings(operator="A clinic")))


async def say(client, **fields: str) -> dict:
    response = await client.post("/talk", json=fields)
    assert response.status == 200
    return await response.json()


async def test_the_server_issues_the_session(client, canned):
    first = await say(client, text="will they arrest me")
    await say(client, talk=first["talk"], text="oregon")
    assert [len(words) for words in canned.sessions.values()] == [2]
    for forged in ("me", first["talk"] + "x"):
        assert (await say(client, talk=forged, text="oregon"))["notice"]
    assert len(canned.sessions) == 3


async def test_an_answer_is_plain_values(client):
    answer = (await say(client, text="a lawyer"))["answer"]
    kinds = [line["kind"] for line in answer["lines"]]
    assert kinds.count("police") == 1 and kinds[kinds.index("police") - 1] == "group"
    assert ["1-800-799-7233", "+18007997233"] in [piece for line in answer["lines"] for piece in line["pieces"]]
    assert answer["checked"] is None
    law = (await say(client, text="oregon"))["answer"]
    assert law["sources"][0]["url"].startswith("https://") and "2026-11-20" in law["checked"]


async def test_only_what_was_offered_can_be_picked(client, canned):
    first = await say(client, text="will they arrest me")
    await say(client, talk=first["talk"], choice="/oregon")
    await say(client, talk=first["talk"], choice="/never_offered", text="")
    assert [text for words in canned.sessions.values() for text in words] == ["will they arrest me", "/oregon", ""]


async def test_what_it_carries_is_small_and_holds_no_words(client):
    reply = await say(client, text="Featherstone oregon")
    assert len(reply["talk"]) < 1000 and "Featherstone" not in str(reply)


async def test_an_old_talk_is_no_longer_read(aiohttp_client, canned, monkeypatch):
    client = await aiohttp_client(make_app(canned, Settings(idle_minutes=1)))
    reply = await say(client, text="oregon")
    from itsdangerous import timed

    now = timed.time.time()
    monkeypatch.setattr(timed.time, "time", lambda: now + 62)
    assert (await client.post("/talk/keep", json={"talk": reply["talk"]})).status == 410
    assert "Some time has passed" in (await say(client, talk=reply["talk"], text="lawyer"))["notice"]


async def test_what_stands_around_the_talk_comes_where_it_changes_its_language(client):
    page = await (await client.get("/?lang=en")).text()
    assert (await say(client, text="oregon"))["around"] is None
    switch = html.unescape(re.search(r'value="([^"]*)">한국어</button>', page)[1])
    around = (await say(client, choice=switch))["around"]
    korean = html.unescape(await (await client.get("/?lang=ko")).text())
    for name in re.findall(r'data-say="([^"]*)"', page):
        assert f'data-say="{name}">{around["say"][name]}<' in korean, name
    for name in re.findall(r'data-label="([^"]*)"', page):
        assert f'aria-label="{around["say"][name]}"' in korean, name
    for tool in around["tools"]:
        assert f'<button name="choice" value="{tool["value"]}">{tool["label"]}</button>' in korean
    assert f"<title>{around['say']['page.title']}</title>" in korean


async def test_keeping(client, canned):
    reply = await say(client, text="oregon")
    response = await client.post("/talk/keep", json={"talk": reply["talk"]})
    assert response.status == 200 and canned.kept == list(canned.sessions)
    assert (await response.json())["talk"]


async def test_leaving_by_script_goes_nowhere(client, canned):
    reply = await say(client, text="oregon")
    response = await client.post("/leave", data={"talk": reply["talk"], "stay": ""}, allow_redirects=False)
    assert response.status == 204 and not canned.sessions


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"[]", {}, 400),
        (b"\xff", {}, 400),
        (b"[" * 100_000, {}, 400),
        (b"text=hi", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Sec-Fetch-Site": "cross-site"}, 403),
        (b"x" * (MOST_BYTES + 1), {}, 413),
    ],
)
async def test_what_is_refused(client, canned, body, headers, status):
    response = await client.post("/talk", data=body, headers={"Content-Type": "application/json"} | headers)
    assert response.status == status and not canned.sessions


async def test_odd_values_are_passed_over(client):
    for odd in ({"text": 1}, {"text": None, "talk": []}, {"text": "\ud800"}, {"choice": {"a": 1}}):
        response = await client.post("/talk", json=odd)
        assert response.status == 200


def test_the_size_of_what_a_phone_loads():
    sizes = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in STATIC.iterdir()}
    assert sizes["widget.js"] <= 8 * 1024 and sizes["style.css"] <= 3 * 1024


def test_the_widget_makes_no_html_and_keeps_nothing():
    source = (STATIC / "widget.js").read_text()
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "localStorage", "console."):
        assert word not in source
    for word in ("sessionStorage", "indexedDB", "cookie", "serviceWorker", "caches"):
        assert word not in source
    assert not re.findall(r'"[A-Z][^"\n]* [^"\n]*"', source)  # sentences are in data/


async def test_files_come_compressed(client):
    for path in ("/", "/widget.js", "/style.css"):
        response = await client.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip" and await response.text()
