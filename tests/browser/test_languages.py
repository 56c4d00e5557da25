"""The talk changes its language: everything around it follows, with JavaScript and without."""

import pytest
from playwright.sync_api import Page, expect

from actions.knowledge.control import shown
from tests.browser.talk import said
from tests.browser.test_accessibility import violations

AROUND = """() => {
  const words = [document.title, document.documentElement.lang];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const inside = (node, where) => node.parentElement.closest(where);
  while (walk.nextNode()) {
    const said = walk.currentNode.data.trim();
    if (said && !inside(walk.currentNode, ".answer, textarea")) words.push(said);
  }
  for (const it of document.querySelectorAll("[aria-label]")) words.push(it.getAttribute("aria-label"));
  for (const it of document.querySelectorAll("footer a")) words.push(it.pathname + it.search);
  return words;
}"""
NAMES = {"en": "English", "es": "Español", "zh": "中文", "ko": "한국어"}


def send(page: Page, text: str) -> None:
    """As `tests.browser.talk.ask`, whatever language the page is in."""
    rounds = page.locator(".round").count()
    page.locator("textarea").fill(text)
    page.locator(".send").click()
    expect(page.locator(".round")).to_have_count(rounds + 1)
    expect(page.locator(".round").last.locator(".answer")).to_be_visible()


def switch(page: Page, language: str) -> None:
    page.get_by_role("button", name=NAMES[language], exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", ["es", "zh", "ko"])
def test_both_ways_say_the_same_in_the_new_language(open_page, language):
    around = []
    for javascript in (True, False):
        page = open_page(java_script_enabled=javascript)
        send(page, "oregon")
        switch(page, language)
        send(page, "oregon")
        around.append(page.evaluate(AROUND))
        answers = page.locator(".answer")
        assert [one.get_attribute("lang") for one in answers.all()] == ["en", language, language]
        sources = [shown(code).say("widget.sources") for code in ("en", language)]
        assert page.locator("summary").all_inner_texts() == sources
    assert around[0] == around[1]
    assert shown(language).say("page.send") in around[0] and shown("en").say("page.send") not in around[0]
    assert f"/safety?lang={language}" in around[0]


def test_what_the_widget_says_by_itself_follows(open_page):
    page = open_page()
    send(page, "oregon")
    switch(page, "es")
    page.route("**/talk?*", lambda route: route.abort())
    page.locator("textarea").fill("mis palabras")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_have_text(shown("es").say("widget.unreachable"))
    assert page.locator("textarea").input_value() == "mis palabras"
    page.unroute("**/talk?*")
    switch_back = page.get_by_role("button", name="English", exact=True)
    switch_back.click()
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    assert violations(page) == []


def test_the_first_screen_follows_too_where_it_comes_back(open_page, site):
    page = open_page("/about")
    page.clock.install()
    page.goto(site.url)
    send(page, "oregon")
    switch(page, "ko")
    page.clock.fast_forward("16:00")
    page.clock.run_for(6000)
    expect(page.locator(".notice")).to_have_text(shown("ko").say("widget.idle_done"))
    assert said(page) == []
    korean = page.evaluate(AROUND)
    page.goto(site.url + "/?lang=ko")
    fresh = page.evaluate(AROUND)
    without_notice = [words for words in korean if words != shown("ko").say("widget.idle_done")]
    assert without_notice == fresh
    send(page, "oregon")
