"""Makes docs/screenshots/: the main states at three widths. `python -m tests.browser.screenshots`"""

import datetime as dt
import io
from collections.abc import Iterator, Mapping

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from actions.answer import Answer
from actions.answering import reply
from actions.compose.asking import ask_place
from actions.conversation import Conversation
from actions.knowledge.library import library
from bot.settings import ROOT
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.served import Served, served
from tests.browser.talk import ask, pick

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {320: 640, 768: 1024, 1280: 800}
COLOURS = 64


def answers() -> Mapping[str, Answer]:
    """What Lantern really says, without a model that understands."""

    def about(topic: str) -> Answer:
        talk = Conversation(heard=topic, topic=topic, jurisdiction="CA", picked=True)
        return reply(library(), talk, dt.date.today()).answer

    asking = Conversation(heard="immunity_reporting", topic="immunity_reporting")
    return {
        "california": about("immunity_reporting"),
        "/need_legal_help": about("need_legal_help"),
        "die": about("crisis_suicide"),
        "": ask_place(library(), asking),
    }


def states(page: Page, site: Served) -> Iterator[str]:
    """The chat in its main states, by name."""
    page.goto(site.url)
    yield "first"
    pick(page, "Yes, maybe")
    page.wait_for_selector(".answer")
    yield "could-be-seen"
    ask(page, "will they arrest me for working if i report a rape")
    ask(page, "california")
    yield "law"
    pick(page, "A free lawyer")
    page.locator(".police").first.wait_for()
    yield "service"
    ask(page, "i want to die")
    yield "crisis"
    page.context.set_offline(True)
    page.get_by_label("Your message").fill("is there a line that does not call police")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice")
    yield "offline"
    page.context.set_offline(False)
    page.goto(site.url + "/safety")
    yield "safety"
    page.goto(site.host_allowed)
    page.frame_locator("iframe").locator(".first").wait_for()
    yield "embedded"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with served(answers()) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for width, height in SIZES.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
                )
                for name in states(context.new_page(), site):
                    if scheme == "light" or name in ("first", "law"):
                        keep(context.pages[0].screenshot(), f"{name}-{width}{'-dark' * (scheme == 'dark')}.png")
                context.close()
        browser.close()


def keep(png: bytes, name: str) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
