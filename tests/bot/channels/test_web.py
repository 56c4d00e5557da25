"""The plain page, as a browser without JavaScript uses it."""

import html
import re

import pytest
from aiohttp import FormData

from bot.app import MOST_BYTES, make_app
from bot.settings import ROOT, Settings


@pytest.fixture
async def client(aiohttp_client, lantern):
    return await aiohttp_client(make_app(lantern, Settings(operator="A clinic")))


class Page:
    """One open page: submits its form the way a browser would."""

    def __init__(self, client) -> None:
        self.client = client
        self.text = ""

    async def open(self) -> "Page":
        self.text = await (await self.client.get("/")).text()
        return self

    async def submit(self, path: str = "/", **fields: str):
        talk = html.unescape(re.search(r'name="talk" value="([^"]*)"', self.text)[1])
        response = await self.client.post(path, data={"talk": talk, **fields}, allow_redirects=False)
        self.text = await response.text()
        return response

    def choice(self, label: str) -> str:
        found = re.search(rf'<button name="choice" value="([^"]*)">{re.escape(html.escape(label))}</button>', self.text)
        return html.unescape(found[1])


@pytest.fixture
async def page(client) -> Page:
    return await Page(client).open()


async def test_the_first_screen(page):
    for words in (
        "computer program",
        "A clinic",
        "keep nothing",
        "not protected like talk with a lawyer",
        "browser history",
    ):
        assert words in page.text
    assert page.text.count("<script") == 1 and "<title>Chat</title>" in page.text  # and that one is a file


async def test_the_conversation(page):
    await page.submit(text="if i report a rape will they arrest me for working")
    assert "Which state is this about?" in page.text
    await page.submit(text="oregon")
    assert "ORS 167.007" in page.text and "if i report a rape" in page.text
    await page.submit(choice=page.choice("A free lawyer"))
    assert "Police: " in page.text and 'href="tel:+1' in page.text
    await page.submit(text="delete everything")
    assert "deleted here" in page.text and "oregon" not in page.text.lower()


async def test_a_suggested_question(page):
    await page.submit(choice=page.choice("Police stop or question me"))
    assert "Am I free to go?" in page.text


async def test_what_was_typed_is_shown_as_text(page):
    await page.submit(text="<script>alert(1)</script><b>hi")
    assert "<script>" not in page.text and "&lt;script&gt;" in page.text


async def test_a_choice_that_was_not_offered_is_not_taken(page):
    await page.submit(choice='/state_statement{"jurisdiction": "OR"}', text="")
    assert "I did not see any words" in page.text


@pytest.mark.parametrize("talk", ["", "nonsense", "WyJhIixbXV0.forged", "\x00"])
async def test_a_forged_talk_is_a_new_one(client, talk):
    response = await client.post("/", data={"talk": talk, "text": "oregon"})
    assert response.status == 200
    assert "Okay, Oregon" in await response.text()


async def test_headers_and_no_cookie(client, page):
    for response in (await client.get("/"), await page.submit(text="hi"), await client.get("/no/such/page")):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; ")
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in response.headers
        assert "aiohttp" not in response.headers["Server"].lower()


async def test_a_talk_from_before_a_restart_is_told(client):
    response = await client.post("/", data={"talk": "WyJhIixbXV0.old", "text": "oregon"})
    assert "Some time has passed" in await response.text()


async def test_leaving_works_whatever_is_sent(client):
    for data in ({"talk": "x" * (MOST_BYTES + 1)}, b"no form", None):
        response = await client.post("/leave", data=data, allow_redirects=False)
        assert response.status == 303 and response.headers["Location"] == Settings().exit_url


async def test_leaving_forgets_and_goes_elsewhere(page, lantern):
    await page.submit(text="oregon")
    before = set(lantern.store.kept())
    response = await page.submit("/leave")
    assert response.status == 303 and response.headers["Location"] == Settings().exit_url
    assert len(before - set(lantern.store.kept())) == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("get", "/nothing", None, 404),
        ("put", "/", None, 405),
        ("post", "/", {"text": "x" * (MOST_BYTES + 1)}, 413),
    ],
)
async def test_errors_are_calm_and_say_nothing_of_us(client, method, path, body, status):
    response = await client.request(method, path, data=body)
    text = await response.text()
    assert response.status == status
    assert "988" in text and "Start again" in text
    for word in ("Traceback", "aiohttp", "python", str(ROOT), "site-packages"):
        assert word.lower() not in text.lower()


async def test_bodies_that_are_no_form(client):
    odd = FormData()
    odd.add_field("text", b"\xff\xfe", content_type="application/octet-stream", filename="x")
    for data in (odd, b"\xff\xfe\x00", b"text=%ff%fe&talk=%"):
        response = await client.post("/", data=data)
        assert response.status in (400, 415)


async def test_a_failure_inside_is_a_calm_page(client, lantern, monkeypatch, caplog):
    async def fail(_):
        raise RuntimeError("Canary Featherstone")

    monkeypatch.setattr(lantern, "converse", fail)
    response = await client.post("/", data={"text": "hello"})
    assert response.status == 500
    assert "Something went wrong on our side" in await response.text()
    assert "Canary" not in caplog.text
