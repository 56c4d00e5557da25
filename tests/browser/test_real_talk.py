"""One talk in a real browser with the real model, through four languages. Only where a current model is there."""

import pytest
from playwright.sync_api import Page, expect

from actions.knowledge.control import shown
from bot import model
from bot.settings import Settings
from tests.browser.served import served
from tests.browser.test_languages import send, switch

pytestmark = pytest.mark.skipif(not model.current(Settings().models).exists(), reason="needs the trained model")
TALK = (  # (language, what is typed, what must be said)
    ("en", "if i report a rape in oregon can they arrest me for working", "ORS 167.007"),
    ("es", "¿y cómo limpio mi récord?", "ORS 137.221"),
    ("zh", "我现在没地方住", "503-"),
    ("ko", "죽고 싶어요", "988"),
)


def last(page: Page, language: str) -> str:
    answer = page.locator(".answer").last
    expect(answer).to_have_attribute("lang", language)
    return answer.inner_text()


def test_one_talk_in_four_languages(context, lantern):
    with served(lantern) as site:
        page = context().new_page()
        page.goto(site.url)
        for language, words, says in TALK:
            if language != "en":
                switch(page, language)
            send(page, words)
            said = last(page, language)
            assert says in said, said
            assert page.locator(".send").inner_text() == shown(language).say("page.send")
        assert shown("ko").sections["crisis_suicide"].lead.say in said


def test_a_language_is_heard_without_being_asked_for(context, lantern):
    with served(lantern) as site:
        page = context().new_page()
        page.goto(site.url)
        send(page, "경찰이 나를 막으면 어떻게 해요")
        assert shown("ko").sections["rights_police_stop"].lead.say in last(page, "ko")
        expect(page.locator("html")).to_have_attribute("lang", "ko")
        page.get_by_role("button", name=shown("ko").say("choices.delete"), exact=True).click()
        expect(page.locator(".round")).to_have_count(1)
        expect(page.locator(".answer")).to_contain_text(shown("ko").say("forget.done"))
