"""Talking, with JavaScript and without: the same words, the same marks, and nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.talk import ask, pick, said


def marks(page: Page) -> str:
    """The log as HTML, without what a reader cannot tell."""
    html = page.locator("[role=log]").inner_html()
    html = re.sub(r' (?:id|class)=""| id="latest"', "", html)
    return re.sub(r"\s+(?=<)|(?<=>)\s+", "", re.sub(r"\s+", " ", html))


def test_both_ways_show_the_same(open_page):
    shown = []
    for javascript in (True, False):
        page = open_page(java_script_enabled=javascript)
        ask(page, "can they arrest me <b>for</b> reporting")
        pick(page, "Oregon")
        expect(page.get_by_text("Canned Code § 1").first).to_be_visible()
        ask(page, "a lawyer please")
        shown.append((marks(page), page.locator(".offered").inner_text().split("\n")))
    assert shown[0] == shown[1]
    assert "&lt;b&gt;" in shown[0][0] and 'href="tel:+18007997233"' in shown[0][0]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_early_question(open_page, javascript):
    page = open_page(java_script_enabled=javascript)
    assert page.locator(".first li").count() == 5
    pick(page, "Yes, maybe")
    expect(page.get_by_text("A safer device")).to_be_visible()
    expect(page.get_by_text("Could someone else see this phone")).to_have_count(0)
    assert said(page)[-1].endswith("Yes, maybe")


@pytest.mark.parametrize("javascript", [True, False])
def test_deleting(open_page, site, javascript):
    page = open_page(java_script_enabled=javascript)
    ask(page, "oregon")
    assert site.lantern.sessions
    pick(page, "Delete this talk")
    expect(page.get_by_text("This talk is deleted here")).to_be_visible()
    assert "oregon" not in page.content().lower() and not site.lantern.sessions


def test_by_keyboard_alone(open_page):
    page = open_page()
    page.get_by_label("Your message").focus()
    page.keyboard.type("will they arrest me")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_have_count(1)
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Shift+Tab")  # the choices come right before
    page.keyboard.press("Enter")
    expect(page.get_by_text("Canned Code § 1").first).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    expect(page.get_by_label("Your message")).to_have_value("one\ntwo")


def test_a_talk_begun_without_javascript_goes_on_with_it(open_page, site):
    page = open_page()
    page.evaluate("customElements.get('lantern-chat').prototype.submit = () => {}")
    page.get_by_label("Your message").fill("oregon")
    page.evaluate("document.querySelector('form').append(Object.assign(document.createElement('input'),"
                  "{name: 'talk', type: 'hidden', value: document.querySelector('lantern-chat').talk}))")  # fmt: skip
    page.evaluate("document.querySelector('form').submit()")
    expect(page.locator(".answer")).to_have_count(1)
    ask(page, "lawyer")
    assert [len(words) for words in site.lantern.sessions.values()] == [2]


def test_a_long_answer_starts_at_its_beginning(open_page):
    page = open_page(viewport={"width": 320, "height": 500})
    ask(page, "will they arrest me")
    ask(page, "oregon")
    top = page.locator(".round").last.bounding_box()["y"]
    assert page.locator("header").bounding_box()["height"] - 2 <= top < 120


def test_a_quiet_sign_while_it_takes_long(open_page, site):
    page = open_page()
    site.lantern.delay = 1.0
    page.get_by_label("Your message").fill("oregon")
    page.keyboard.press("Enter")
    sign = page.locator(".typing")
    expect(sign).to_be_visible()
    assert sign.get_attribute("aria-hidden") == "true"
    expect(page.locator(".answer")).to_be_visible()
    expect(sign).to_have_count(0)


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (429, "wait a minute"),
        (413, "too much to send"),
        (500, "Something went wrong on our side"),
        (503, "cannot be reached"),
        ("abort", "cannot be reached"),
        ("offline", "seem to be offline"),
        ("cut", "cannot be reached"),
    ],
)
def test_trouble_is_one_calm_sentence_and_nothing_typed_is_lost(open_page, trouble, sentence):
    page = open_page()
    if trouble == "offline":
        page.context.set_offline(True)
    elif trouble == "abort":
        page.route("**/talk?*", lambda route: route.abort())
    elif trouble == "cut":
        page.route("**/talk?*", lambda route: route.fulfill(body="{", content_type="application/json"))
    else:
        page.route("**/talk?*", lambda route: route.fulfill(status=trouble, body="<h1>proxy</h1>"))
    page.get_by_label("Your message").fill("my words")
    page.keyboard.press("Enter")
    notice = page.locator(".notice")
    expect(notice).to_contain_text(sentence)
    expect(notice).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("Your message")).to_have_value("my words")
    expect(page.locator(".crisis a")).to_have_attribute("href", "tel:988")
    assert said(page) == []
    page.context.set_offline(False)
    page.unroute("**/talk?*")
    ask(page, "oregon")
    expect(notice).to_have_count(0)


def test_a_restart_is_told_and_the_question_still_answered(open_page, site):
    page = open_page()
    ask(page, "will they arrest me")
    page.evaluate("document.querySelector('lantern-chat').talk += 'x'")  # as if signed with another key
    ask(page, "oregon")
    expect(page.locator(".notice")).to_contain_text("Some time has passed")
    expect(page.get_by_text("Canned Code § 1").first).to_be_visible()


def test_on_a_slow_network(open_page):
    page = open_page()
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
    )
    page.reload()
    ask(page, "oregon")
    expect(page.get_by_text("Canned Code § 1").first).to_be_visible()


def test_two_tabs_are_two_talks(open_page, site):
    one = open_page()
    other = one.context.new_page()
    other.goto(site.url)
    ask(one, "oregon")
    ask(other, "lawyer")
    assert len(site.lantern.sessions) == 2
    one.reload()
    assert said(one) == [] and said(other)
