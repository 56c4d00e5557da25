"""The exit: always there, fast, and it leaves nothing to come back to."""

import pytest
from playwright.sync_api import expect

from tests.browser.served import EXIT
from tests.browser.talk import all_forgotten, ask


def by_button(page):
    page.locator("button.leave").last.click()


def by_shift(page):
    for _ in range(3):
        page.keyboard.press("Shift")


def by_first_stop(page):
    page.locator(".first-stop").focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("way", [by_button, by_shift, by_first_stop])
def test_leaving_forgets_and_cannot_be_gone_back_on(open_page, site, way):
    page = open_page("/about")
    page.goto(site.url + "/")
    ask(page, "oregon")
    (session,) = site.lantern.sessions
    way(page)
    page.wait_for_url(EXIT + "/**")
    assert all_forgotten(page, site) and session in site.lantern.forgot  # the page of an earlier test may be late
    page.go_back()
    assert page.url.endswith("/about")  # the chat's place in the history was taken
    assert "oregon" not in page.content().lower()


def test_the_page_is_covered_before_anything_else_happens(open_page):
    page = open_page()
    ask(page, "oregon")
    page.get_by_label("Your message").fill("half a thought")
    left = page.evaluate(
        """() => { document.querySelectorAll(".leave")[1].click();
                   return [document.body.innerText.trim(), document.querySelectorAll("textarea, input").length]; }"""
    )
    assert left == ["", 0]


def test_leaving_while_an_answer_is_under_way(open_page, site):
    page = open_page()
    site.lantern.delay = 0.5
    page.get_by_label("Your message").fill("oregon")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    by_button(page)
    page.wait_for_url(EXIT + "/**")
    page.wait_for_timeout(700)
    assert site.lantern.forgot


def test_capitals_and_slow_presses_do_not_leave(open_page, site):
    page = open_page()
    page.get_by_label("Your message").focus()
    for letter in "USA":
        page.keyboard.press(f"Shift+{letter}")
    page.keyboard.press("Escape")
    for wait in (2600, 2600, 0):
        page.keyboard.press("Shift")
        page.wait_for_timeout(wait)
    expect(page.get_by_label("Your message")).to_have_value("USA")


def test_other_tabs_of_the_chat_leave_too(open_page, site):
    one = open_page()
    other = one.context.new_page()
    other.goto(site.url + "/privacy")
    by_button(one)
    other.wait_for_url(EXIT + "/**")


@pytest.mark.parametrize("path", ["/", "/privacy", "/safety", "/crisis", "/about", "/law", "/no-such-page"])
@pytest.mark.parametrize("javascript", [True, False])
def test_every_page_has_the_exit_first(open_page, path, javascript):
    page = open_page(path, java_script_enabled=javascript)
    page.keyboard.press("Tab")
    first = page.locator(".leave").first
    expect(first).to_be_focused()
    assert first.bounding_box()["height"] >= 44 and page.locator(".leave").last.bounding_box()["height"] >= 44
    with page.expect_request(EXIT + "/**"):
        page.keyboard.press("Enter")


def test_without_javascript(open_page, site):
    page = open_page(java_script_enabled=False)
    ask(page, "oregon")
    with page.expect_request(EXIT + "/**"):
        by_button(page)
    assert not site.lantern.sessions
