"""A closed page and an idle one are forgotten, here and on the server."""

import pytest
from playwright.sync_api import expect

from tests.browser.talk import all_forgotten, ask, said


def test_closing_the_tab(open_page, site):
    page = open_page()
    other = page.context.new_page()  # so that the browser stays
    ask(page, "oregon")
    page.close(run_before_unload=True)
    assert all_forgotten(other, site) and site.lantern.forgot


def test_going_elsewhere_and_back(open_page, site):
    page = open_page()
    ask(page, "oregon")
    page.goto(site.url + "/about")
    assert all_forgotten(page, site)
    page.go_back()
    page.wait_for_selector(".first")
    assert said(page) == []


def test_coming_back_out_of_the_browsers_memory(open_page, site):
    """Playwright turns that memory off, and Chromium keeps no page out of it that talked to a server and is `no-store`;
    other browsers may. So: the events that such a browser sends."""
    page = open_page()
    ask(page, "oregon")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert page.evaluate("document.body.childNodes.length") == 0
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.wait_for_selector(".first")
    assert said(page) == [] and not site.lantern.sessions


@pytest.fixture
def idle(open_page, site):
    """A page with a talk, whose clock the test moves."""
    page = open_page("/about")
    page.clock.install()
    page.goto(site.url)
    ask(page, "oregon")
    page.get_by_label("Your message").fill("half a thought")
    return page


def test_an_idle_talk_is_warned_of_and_then_deleted(idle, site):
    idle.clock.fast_forward("13:10")
    idle.clock.run_for(6000)
    expect(idle.locator(".notice")).to_contain_text("Are you still there?")
    idle.clock.fast_forward("02:00")
    idle.clock.run_for(6000)
    expect(idle.locator(".notice")).to_contain_text("this talk was deleted")
    assert said(idle) == []
    expect(idle.get_by_label("Your message")).to_have_value("")
    expect(idle.locator(".first li")).to_have_count(5)
    for _ in range(50):  # what the page tells the server as it deletes takes a moment to arrive
        if site.lantern.sessions:
            idle.wait_for_timeout(100)
    assert not site.lantern.sessions


def test_the_warning_can_be_dismissed(idle, site):
    idle.clock.fast_forward("13:10")
    idle.clock.run_for(6000)
    idle.get_by_role("button", name="Keep this talk").click()
    expect(idle.locator(".notice")).to_have_count(0)
    assert len(site.lantern.kept) == 1
    idle.clock.fast_forward("05:00")
    idle.clock.run_for(6000)
    assert len(said(idle)) == 1
    ask(idle, "lawyer")


def test_the_plain_page_clears_itself_where_there_is_no_javascript(open_page):
    page = open_page(java_script_enabled=False)
    ask(page, "oregon")
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "900;url=/"


def test_after_three_hours_it_says_again_that_it_is_a_program(idle):
    idle.evaluate("document.querySelector('lantern-chat').reminded -= 3 * 60 * 60000")
    idle.clock.run_for(6000)
    expect(idle.locator(".notice")).to_contain_text("computer program, not a person")
