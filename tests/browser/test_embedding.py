"""The chat inside the page of another site: where the operator allows it, and nowhere else."""

import re

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.served import EXIT
from tests.browser.talk import all_forgotten


def opened(context, url: str, **options) -> tuple[Page, FrameLocator]:
    page = context(**options).new_page()
    page.goto(url)
    return page, page.frame_locator("lantern-chat iframe")


def ask(frame: FrameLocator, text: str) -> None:
    frame.get_by_label("Your message").fill(text)
    frame.get_by_role("button", name="Send").click()
    expect(frame.locator(".answer").last).to_be_visible()


def test_allowed(context, site):
    page, frame = opened(context, site.host_allowed)
    ask(frame, "oregon")
    expect(frame.get_by_text("Canned Code § 1").first).to_be_visible()
    expect(page.locator("iframe")).to_have_attribute("title", "Chat")
    assert page.context.cookies() == []


def test_what_the_site_may_change(context, site):
    _, frame = opened(context, site.host_allowed)
    expect(frame.get_by_text("Our own words.")).to_be_visible()
    style = frame.locator("html").get_attribute("style") or ""
    assert "--exit: #7a1f3d" in style and "nonsense" not in style


def test_the_site_cannot_read_along(context, site):
    page, frame = opened(context, site.host_allowed)
    ask(frame, "oregon")
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None
    assert "oregon" not in page.content()


def test_the_exit_takes_the_whole_page(context, site):
    for leave in (
        lambda page, frame: frame.locator("button.leave").last.click(),
        lambda page, frame: [page.keyboard.press("Shift") for _ in range(3)],
    ):
        page, frame = opened(context, site.host_allowed)
        ask(frame, "oregon")
        leave(page, frame)
        page.wait_for_url(EXIT + "/**")
        assert all_forgotten(page, site)


def test_shift_on_the_site_around_it(context, site):
    page, frame = opened(context, site.host_allowed)
    ask(frame, "oregon")
    page.locator("h1").click()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(EXIT + "/**")
    assert all_forgotten(page, site)


NO_EXIT = """new MutationObserver(() => document.querySelectorAll("[data-exit]").forEach((it) => delete it.dataset.exit)
    ).observe(document, {childList: true, subtree: true})"""


def test_shift_where_nobody_says_where_to(context, site):
    """The site names no exit, and the frame, which would, is refused."""
    page = context().new_page()
    page.add_init_script(NO_EXIT)
    page.goto(site.host_refused)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("about:blank")


def test_refused(context, site):
    page, frame = opened(context, site.host_refused)
    expect(frame.locator("form")).to_have_count(0)
    expect(page.locator("lantern-chat a").last).to_have_attribute("href", "tel:988")  # what is left in its place
    expect(page.locator("lantern-chat a").first).to_have_attribute("href", re.compile(re.escape(site.url)))


def test_other_sites_cannot_talk_to_it_by_script(context, site):
    page, _ = opened(context, site.host_allowed)
    refused = page.evaluate(
        """(url) => fetch(url + "/talk", {method: "POST", headers: {"Content-Type": "application/json"}, body: "{}"})
                      .then(() => false, () => true)""",
        site.url,
    )
    page.wait_for_timeout(200)
    assert refused and not site.lantern.sessions
