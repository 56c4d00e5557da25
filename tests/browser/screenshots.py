"""Makes docs/screenshots/: the main states at three widths, in every language. `python -m tests.browser.screenshots`"""

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from actions.answer import Answer
from actions.answering import reply
from actions.compose.asking import ask_place
from actions.conversation import Conversation
from actions.knowledge.control import shown
from bot.settings import ROOT
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.served import CannedLantern, Served, served

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {320: 640, 768: 1024, 1280: 800}
COLOURS = 64


class Typed(NamedTuple):
    """What a person types: a question, the place when asked for it, and a crisis."""

    question: str
    place: str
    crisis: str


TYPED = {
    "en": Typed("will they arrest me for working if i report a rape", "california", "i want to die"),
    "es": Typed("si denuncio una violación ¿me arrestan por mi trabajo?", "california", "quiero morirme"),
    "zh": Typed("我报强奸案，会因为做这行被抓吗", "加州", "我想死"),
    "ko": Typed("강간을 신고하면 일 때문에 체포되나요", "캘리포니아요", "죽고 싶어요"),
}
EVERYWHERE = ("first", "law", "service", "crisis")  # states kept in every language; the others in English
DARK = ("first", "law")  # kept in dark too, in English


def answers(language: str) -> Mapping[str, Answer]:
    """What Lantern really says, without a model that understands."""
    library = shown(language)

    def about(topic: str) -> Answer:
        talk = Conversation(heard=topic, topic=topic, jurisdiction="CA", picked=True, spoken=language)
        return reply(library, talk, dt.date.today()).answer

    asking = Conversation(heard="immunity_reporting", topic="immunity_reporting", spoken=language)
    return {
        TYPED[language].place: about("immunity_reporting"),
        "/need_legal_help": about("need_legal_help"),
        TYPED[language].crisis: about("crisis_suicide"),
        "": ask_place(library, asking),
    }


def say(page: Page, text: str) -> None:
    """Types and sends, and waits for the answer."""
    rounds = page.locator(".round").count()
    page.locator("textarea").fill(text)
    page.locator(".send").click()
    expect(page.locator(".round")).to_have_count(rounds + 1)
    page.locator(".round").last.locator(".answer").wait_for()


def states(page: Page, site: Served, language: str) -> Iterator[str]:
    """The chat in its main states, by name."""
    page.goto(f"{site.url}/?lang={language}")
    yield "first"
    page.locator("[value='seen:yes']").click()
    page.wait_for_selector(".answer")
    yield "could-be-seen"
    say(page, TYPED[language].question)
    say(page, TYPED[language].place)
    yield "law"
    page.locator(".offered [value^='/need_legal_help']").click()
    page.locator(".police").first.wait_for()
    yield "service"
    say(page, TYPED[language].crisis)
    yield "crisis"
    page.context.set_offline(True)
    page.locator("textarea").fill(TYPED[language].question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice")
    yield "offline"
    page.context.set_offline(False)
    page.goto(f"{site.url}/safety?lang={language}")
    yield "safety"
    page.goto(site.host_allowed)
    page.frame_locator("iframe").locator(".first").wait_for()
    yield "embedded"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for language in TYPED:
            with served(CannedLantern(answers(language), language)) as site:
                for width in SIZES:
                    take(browser, site, language, width, "light")
                    if language == "en":
                        take(browser, site, language, width, "dark")
        browser.close()


def take(browser: Browser, site: Served, language: str, width: int, scheme: str) -> None:
    """Every state that is kept, at one width and in one language."""
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    for name in states(page, site, language):
        if name in (DARK if scheme == "dark" else EVERYWHERE) or (language, scheme) == ("en", "light"):
            marks = [
                name,
                str(width),
                *([language] if language != "en" else []),
                *(["dark"] if scheme == "dark" else []),
            ]
            keep(page.screenshot(), f"{'-'.join(marks)}.png")
    context.close()


def keep(png: bytes, name: str) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
