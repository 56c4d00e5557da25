"""Pages in other languages: asked for, guessed from the browser, kept for the talk."""

import re

import pytest

from actions.knowledge.control import shown
from bot.channels.transcript import Signer

OTHERS = ["es", "zh", "ko"]


@pytest.mark.parametrize("language", OTHERS)
async def test_the_page_is_in_the_language_that_is_asked_for(new_client, language):
    text = await (await (await new_client()).get(f"/?lang={language}")).text()
    assert f'<html lang="{language}">' in text
    assert shown(language).say("page.send") in text
    assert shown("en").say("page.kept", minutes=15) not in text
    assert f'action="/?lang={language}#latest"' in text and f'href="/privacy?lang={language}"' in text


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("vi, es-MX;q=0.7", "es"),
        ("zh-TW", "zh"),
        ("vi", "en"),
        ("*", "en"),
        (";;,", "en"),
    ],
)
async def test_the_browser_is_a_first_guess(new_client, header, language):
    text = await (await (await new_client()).get("/", headers={"Accept-Language": header})).text()
    assert f'<html lang="{language}">' in text


async def test_what_was_asked_for_counts_before_the_browser(new_client):
    text = await (await (await new_client()).get("/?lang=es", headers={"Accept-Language": "ko"})).text()
    assert '<html lang="es">' in text


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", ["/privacy", "/safety", "/crisis", "/about", "/help", "/law", "/law/OR", "/rights"])
async def test_pages_around_it(new_client, language, path):
    text = await (await (await new_client()).get(f"{path}?lang={language}")).text()
    assert f'<html lang="{language}">' in text
    assert shown(language).say("pages.chat") in text


@pytest.mark.parametrize("language", OTHERS)
async def test_an_error_is_in_the_language_too(new_client, language):
    text = await (await (await new_client()).get(f"/nowhere?lang={language}")).text()
    assert shown(language).say("errors.not_here") in text and "988" in text


async def test_the_other_languages_are_offered_in_their_own_words(new_client):
    text = await (await (await new_client()).get("/")).text()
    for language, name in (("es", "Español"), ("zh", "中文"), ("ko", "한국어")):
        assert f'<a href="?lang={language}" lang="{language}" hreflang="{language}">{name}</a>' in text


async def test_a_talk_keeps_its_language(new_client, canned):
    client = await new_client(secret="only for these tests")
    text = await (await client.post("/?lang=ko", data={"text": "oregon"})).text()
    talk = re.search(r'name="talk" value="([^"]+)"', text)[1]
    read = Signer("only for these tests", 900).read(talk)
    assert read.language == "en", "as the answer was: the canned bot answers in English"
    assert canned.sessions[read.session] == ["oregon"]
