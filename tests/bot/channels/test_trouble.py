"""The plain page when a turn cannot be answered: the talk and what was typed stay on it, and the crisis line."""

import html
import re

import pytest

from actions.knowledge.control import shown
from bot.store import StoreUnavailable
from tests.browser.served import CannedLantern

TYPED = """ they said </textarea><script>alert(1)</script> & "no"\r\nsecond line"""
SAFE = html.escape(TYPED).replace("&quot;", "&#34;")
TROUBLE = {
    StoreUnavailable("Redis cannot be used now"): (503, "widget.unreachable"),
    TimeoutError(): (503, "widget.unreachable"),
    RuntimeError("Canary Featherstone"): (500, "widget.failed"),
}


class Troubled(CannedLantern):
    """Fails where `trouble` is set."""

    trouble: Exception | None = None

    async def converse(self, turn):
        if self.trouble:
            raise self.trouble
        return await super().converse(turn)


@pytest.fixture
def canned() -> Troubled:
    return Troubled()


def field_of(page: str) -> str:
    """What stands in the field, as a browser reads it."""
    return html.unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)[1])


def talk_of(page: str) -> str:
    return html.unescape(re.search(r'name="talk" value="([^"]*)"', page)[1])


@pytest.mark.parametrize("trouble", TROUBLE, ids=lambda trouble: type(trouble).__name__)
async def test_what_was_typed_and_the_talk_stay(new_client, canned, trouble):
    client = await new_client()
    before = await (await client.post("/", data={"text": "oregon"})).text()
    canned.trouble = trouble
    response = await client.post("/", data={"talk": talk_of(before), "text": TYPED})
    page = await response.text()
    status, sentence = TROUBLE[trouble]
    assert response.status == status
    assert field_of(page) == TYPED and SAFE in page and "<script>alert" not in page and "Canary" not in page
    assert "A canned sentence about police." in page, "what was said before"
    said = re.search(r'<p class="notice" id="latest">(.*?)</p>', page)[1]
    assert shown().say(sentence) in said and 'href="tel:988"' in said
    assert page.count('id="latest"') == 1
    canned.trouble = None
    again = await (await client.post("/", data={"talk": talk_of(page), "text": field_of(page)})).text()
    assert field_of(again) == "" and "notice" not in again and "A canned sentence about police." in again


async def test_a_first_message_stays_on_the_first_screen(new_client, canned):
    canned.trouble = StoreUnavailable("Redis cannot be used now")
    response = await (await new_client()).post("/?lang=ko", data={"text": "\n처음 하는 말"})
    page = await response.text()
    assert response.status == 503 and response.headers["Retry-After"] == "60"
    assert html.unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1]) == "\n처음 하는 말"
    assert '<div class="first">' in page and shown("ko").say("widget.unreachable") in page


@pytest.mark.parametrize("limit", [{"session_turns": 1}, {"address_turns": 1}])
async def test_it_stays_where_too_much_was_asked(new_client, limit):
    client = await new_client(proxies=1, **limit)
    from_there = {"X-Forwarded-For": "1.2.3.4"}
    before = await (await client.post("/", data={"text": "oregon"}, headers=from_there)).text()
    response = await client.post("/", data={"talk": talk_of(before), "text": TYPED}, headers=from_there)
    page = await response.text()
    assert response.status == 429 and field_of(page) == TYPED and shown().say("widget.slow_down") in page


async def test_the_page_of_trouble_is_in_the_language_of_the_talk(new_client, canned):
    client = await new_client()
    first = await (await client.get("/")).text()
    switch = html.unescape(re.search(r'<button name="choice" value="([^"]*)">한국어</button>', first)[1])
    korean = await (await client.post("/", data={"talk": talk_of(first), "choice": switch})).text()
    canned.trouble = StoreUnavailable("Redis cannot be used now")
    page = await (await client.post("/", data={"talk": talk_of(korean), "text": "질문"})).text()
    assert '<html lang="ko">' in page and shown("ko").say("errors.crisis") in html.unescape(re.sub("<[^>]*>", "", page))


async def test_what_is_half_typed_stays_when_a_choice_is_picked(new_client):
    client = await new_client()
    first = await (await client.get("/")).text()
    page = await (await client.post("/", data={"talk": talk_of(first), "choice": "seen:no", "text": TYPED})).text()
    assert field_of(page) == TYPED and "<script>alert" not in page


async def test_a_talk_of_another_version_is_told_as_forgotten(new_client):
    from itsdangerous import URLSafeTimedSerializer

    client = await new_client(secret="only for these tests")
    signer = URLSafeTimedSerializer("only for these tests", salt="transcript")
    page = await (await client.post("/", data={"talk": signer.dumps(["id", [["hi"]]]), "text": "oregon"})).text()
    assert shown().say("errors.expired") in page
