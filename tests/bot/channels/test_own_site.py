"""What an organization makes its own is there on every channel (page, widget, texts), and nothing is loosened by it."""

import asyncio
import json
import re
from html import unescape

import pytest

from actions.knowledge.control import offered, shown
from bot.channels.sms import words
from bot.channels.sms.conversation import Inbound, Talk, Texts
from bot.channels.sms.optouts import MemoryOptOuts
from bot.channels.surroundings import surroundings
from bot.settings import Settings
from tests.actions.overlay.given import EXAMPLE
from tests.browser.served import CannedLantern

COLOURS = "colours: {light: {paper: '#ffffff'}, dark: {link: '#8fd6bd'}}"


async def text_of(client, path: str, **more) -> str:
    return await (await client.get(path, **more)).text()


async def test_the_first_screen_is_theirs(new_client, overlay):
    overlay(EXAMPLE)
    client = await new_client(operator="A clinic")
    page = await text_of(client, "/")
    assert '<h1 data-say="page.heading">Harbor Chat</h1>' in page and "Lantern" not in re.sub(
        r"</?lantern-chat", "", page
    )
    assert '<p data-say="here.opening">Harbor Drop-In runs this chat.' in page
    police, call = page.index("Police: They call no one"), page.index('<a href="tel:+15035550142">')
    assert page.index("Harbor Line: ") < police < call < page.index('data-say="page.try"')
    for kept in ("page.program", "page.kept", "page.not_privileged", "page.exit_limits"):
        assert shown().say(kept, minutes=15) in unescape(page)
    assert page.count('class="leave') == 2 and "988" in page
    spanish = await text_of(client, "/?lang=es")
    assert "Harbor Drop-In ofrece este chat." in spanish and "Policía: " in spanish


async def test_only_the_languages_chosen_are_offered(new_client, overlay):
    overlay(EXAMPLE)
    client = await new_client()
    page = await text_of(client, "/?lang=ko", headers={"Accept-Language": "zh, es;q=0.5"})
    assert '<html lang="es">' in page and "lang=ko" not in page and "/language_switch" in page
    assert '"language": "ko"' not in unescape(page)
    assert list(offered()) == ["en", "es"]


async def test_the_words_are_named_for_the_widget_too(new_client, overlay):
    overlay(EXAMPLE)
    page = await text_of(await new_client(), "/")
    said = json.loads(unescape(re.search(r'data-words="([^"]*)"', page)[1]))
    assert said["me"] == "Harbor Chat" and said["program"].startswith("I am still a computer program, not a person.")


def test_the_opening_changes_with_the_language_of_the_talk(overlay):
    overlay(EXAMPLE)
    said = surroundings(shown("es"), Settings())["say"]
    assert said["here.opening"].startswith("Harbor Drop-In ofrece") and said["page.heading"] == "Harbor Chat"
    overlay({"site.yml": "name: Our Chat"})
    assert "here.opening" not in surroundings(shown("es"), Settings())["say"]


async def test_colours_are_a_stylesheet_of_our_own(new_client, overlay):
    client = await new_client()
    before = await client.get("/style.css")
    plain, policy = await before.text(), before.headers["Content-Security-Policy"]
    overlay({"site.yml": COLOURS})
    after = await client.get("/style.css")
    added = (await after.text()).removeprefix(plain)
    assert "{ :root { --paper: #ffffff; } }" in added and "{ :root { --link: #8fd6bd; } }" in added
    assert after.headers["Content-Security-Policy"] == policy and "unsafe" not in policy
    assert "style=" not in await text_of(client, "/")


async def test_colours_that_cannot_be_read_are_not_used(new_client, overlay):
    overlay({"site.yml": "colours: {light: {ink: '#eeeeee'}}"})
    assert "#eeeeee" not in await text_of(await new_client(), "/style.css")


async def test_their_name_is_on_the_pages_beside_the_chat(new_client, overlay):
    client = await new_client()
    assert "Lantern is a computer program" in await text_of(client, "/about")
    overlay(EXAMPLE)
    assert "Harbor Chat is a computer program" in await text_of(client, "/about")
    assert (await client.get("/law/OR")).status == 200 and (await client.get("/law/TX")).status == 404
    assert "Our lawyer" not in await text_of(client, "/law/OR") and "on Mondays" in await text_of(client, "/law/OR")


@pytest.fixture
def text():
    """Sends a text and returns the reply."""
    texts = Texts(CannedLantern(), MemoryOptOuts(), "Harbor Drop-In", 600)
    sent: list[int] = []

    def send(words: str) -> str:
        sent.append(1)
        return asyncio.run(texts.reply(Inbound("someone", f"id{len(sent)}", words))) or ""

    return send


def test_the_first_text_is_theirs_and_says_what_it_has_to(overlay, text):
    overlay(EXAMPLE)
    opening = text("oregon")
    assert opening.startswith("Harbor Chat: a program, not a person.") and "STOP ends, HELP helps." in opening
    assert "This is the chat of Harbor Drop-In in Salem." in opening
    assert text("help").startswith("Harbor Chat, a computer program") and "Run by Harbor Drop-In." in text("help")
    assert text("stop").startswith("Harbor Chat: you get no more texts")


def test_a_crisis_by_text_has_no_opening_before_it(overlay, text):
    overlay(EXAMPLE)
    assert "Harbor" not in text("i want to die")


def test_a_language_that_is_not_offered_cannot_be_picked_by_text(overlay):
    overlay({"site.yml": "languages: [es]"})
    texts, talk = Texts(CannedLantern(), MemoryOptOuts(), "A clinic", 600), Talk("a session")
    assert texts._meant("español", words.word("español"), talk, False) == '/language_switch{"language": "es"}'
    assert texts._meant("한국어", words.word("한국어"), talk, False) == "/language_switch"
