"""WCAG 2.2 AA, as far as a machine can see: axe, sizes, reflow, direction, focus. Zero exceptions."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.talk import ask, pick

PAGES = ("/privacy", "/safety", "/crisis", "/about", "/law", "/law/OR", "/rights", "/guidance", "/help", "/nothing")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 200}  # 1280 by 800 at 400 %

COVERED = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  if (it === document.body) return null;
  const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 30) / 2);
  return at && (it.contains(at) || at.contains(it)) ? null : it.outerHTML;
}"""
WATCH = """() => {
  window.added = [];
  const note = (changes) => changes.forEach((one) => added.push(...[...one.addedNodes].map((n) => n.textContent)));
  new MutationObserver(note).observe(document.querySelector("[role=log]"), {childList: true, subtree: true});
}"""


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]]


def states(page: Page):
    """The chat in each of its states, by name."""
    yield "first screen"
    pick(page, "Yes, maybe")
    expect(page.locator(".answer")).to_have_count(1)
    yield "the early question answered"
    ask(page, "oregon")
    page.locator("summary").click()
    yield "an answer with its sources"
    ask(page, "i want to die")
    yield "a crisis"
    page.context.set_offline(True)
    page.get_by_label("Your message").fill("my words")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_be_visible()
    yield "offline"
    page.context.set_offline(False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_chat(open_page, scheme):
    page = open_page(color_scheme=scheme, viewport=PHONE)
    found = {state: violations(page) for state in states(page)}
    assert not any(found.values()), found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_other_pages(open_page, site, scheme):
    page = open_page("/about", color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(site.url + path)
        found[path] = violations(page)
    assert not any(found.values()), found


def test_axe_finds_nothing_in_the_plain_page(context, site):
    page = context(viewport=PHONE).new_page()
    page.route("**/widget.js", lambda route: route.abort())  # axe itself needs JavaScript
    page.goto(site.url)
    assert violations(page) == []
    ask(page, "oregon")
    page.locator("summary").scroll_into_view_if_needed()
    assert violations(page) == []


@pytest.mark.parametrize("viewport", [PHONE, ZOOMED])
def test_nothing_is_cut_off_or_covered(open_page, viewport):
    page = open_page(viewport=viewport)
    for state in states(page):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, state
    page.locator(".first-stop").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        covered = page.evaluate(COVERED)
        assert covered is None


@pytest.mark.parametrize("path", [*PAGES, "/"])
def test_small_screens_do_not_scroll_sideways(open_page, path):
    page = open_page(path, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_targets_are_large_enough(open_page):
    page = open_page(viewport=PHONE)
    ask(page, "oregon")
    for control in page.locator("button:visible:not(.first-stop), summary, .crisis a").all():
        box = control.bounding_box()
        assert box["height"] >= (24 if control.evaluate("it => it.tagName") == "SUMMARY" else 44), control.inner_text()
        assert box["width"] >= 24


def test_one_live_region_and_each_answer_added_once(open_page):
    page = open_page()
    assert page.locator("[aria-live], [role=log], [role=status], [role=alert]").count() == 1
    page.evaluate(WATCH)
    ask(page, "oregon")
    assert sum("A canned sentence about police." in text for text in page.evaluate("added")) == 1
    assert page.evaluate("document.activeElement.id") == "text"


def test_right_to_left(open_page):
    page = open_page(viewport=PHONE)
    page.evaluate("document.documentElement.dir = 'rtl'")
    ask(page, "oregon")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".leave").last.bounding_box()["x"] < 30
    assert page.locator(".said").bounding_box()["x"] < 30


def test_forced_colours_and_no_motion(open_page):
    page = open_page(forced_colors="active", viewport=PHONE)
    ask(page, "oregon")
    assert page.locator(".answer").evaluate("it => getComputedStyle(it).borderTopWidth") == "1px"
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
