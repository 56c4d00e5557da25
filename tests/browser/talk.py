"""What a person does on the page."""

from playwright.sync_api import Page, expect

from tests.browser.served import Served


def ask(page: Page, text: str) -> None:
    """Types and sends, and waits for the answer."""
    rounds = page.locator(".round").count()
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send").click()
    if page.locator("form").count():
        expect(page.locator(".round")).to_have_count(rounds + 1)
        expect(page.locator(".round").last.locator(".answer")).to_be_visible()


def pick(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def said(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".said").all_inner_texts()]


def all_forgotten(page: Page, site: Served) -> bool:
    """True as soon as the server has forgotten every talk; what a page says as it goes can take a moment to arrive."""
    for _ in range(50):
        if not site.lantern.sessions:
            return True
        page.wait_for_timeout(100)
    return False
