"""A real browser (Debian's Chromium) on the real pages, with canned answers.

Without Chromium these tests are skipped, except in CI, where that is a failure.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest

from tests.browser.served import EXIT, Served, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 30_000  # milliseconds; a busy machine is no reason to fail
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM or os.environ.get("CI"):
        return
    reason = "needs Chromium: apt-get install chromium"
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="package")
def browser():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    assert CHROMIUM, "CI needs Chromium; .ci/run installs it"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def running() -> Iterator[Served]:
    with served() as running:
        yield running


@pytest.fixture
def site(running: Served) -> Served:
    """The service, as new."""
    running.lantern.reset()
    return running


@pytest.fixture
def context(browser) -> Iterator[Callable]:
    """Makes browser contexts (each a fresh browser to the sites) that know the page the exit leads to."""
    made = []

    def make(**options):
        new = browser.new_context(**DESKTOP | options)
        new.set_default_timeout(PATIENCE)
        plain = '<!doctype html><title>Weather</title><link rel="icon" href="data:,"><h1>Weather</h1>'
        new.route(f"{EXIT}/**", lambda route: route.fulfill(body=plain, content_type="text/html"))
        made.append(new)
        return new

    yield make
    for one in made:
        one.close()


@pytest.fixture
def open_page(context, site) -> Callable:
    """Opens the chat; the options are the browser's."""

    def open_it(path: str = "/", **options):
        page = context(**options).new_page()
        page.goto(site.url + path)
        return page

    return open_it
