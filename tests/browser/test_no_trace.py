"""No cookie, nothing stored, nothing loaded from elsewhere, nothing that the policy forbids."""

import re

import pytest

from tests.browser.talk import ask, pick
from tests.browser.test_accessibility import PAGES


def test_a_whole_talk_touches_nothing(context, site):
    used = context()
    page, asked, said = used.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site.url)
    ask(page, "oregon")
    pick(page, "A free lawyer")
    ask(page, "i want to die")
    assert {url.removeprefix(site.url) for url in asked} <= {"/", "/style.css", "/widget.js", "/talk?lang=en", "data:,"}
    assert said == []
    assert used.cookies() == []
    assert page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
                        (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"""
    ) == [0, 0, 0, 0, 0]
    assert page.url == site.url + "/"
    assert page.title() == "Chat"


@pytest.mark.parametrize("path", ["/", *PAGES])
def test_no_page_breaks_its_own_policy(context, site, path):
    page, wrong = context().new_page(), []
    page.on("request", lambda request: wrong.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    response = page.goto(site.url + path)
    assert response.status == (404 if path == "/nothing" else 200)
    wrong = [what for what in wrong if not what.startswith((site.url, "data:")) and "status of 404" not in what]
    assert wrong == [] and page.title() == "Chat"
    assert not re.search(r"<style|style=|\son[a-z]+=", response.text())


def test_a_script_that_got_in_would_not_run(open_page):
    page = open_page()
    ran = page.evaluate(
        """() => { const script = document.createElement("script");
                   try { script.text = "window.ran = 1"; document.body.append(script); } catch (refused) {}
                   return window.ran === 1; }"""
    )
    assert not ran
