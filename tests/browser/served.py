"""The real service with canned answers, and another site that shows it. No model is needed."""

import asyncio
import re
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import web

from actions.answer import Answer, Choice, Link
from actions.compose.asking import forgotten
from actions.knowledge.control import shown
from bot.agent import SAID_NOTHING
from bot.app import make_app
from bot.protocol import Site
from bot.server import listen
from bot.settings import Settings
from bot.store import Store
from bot.store.memory import MemoryStore
from bot.turn import Exchange, Turn

EXIT = "https://plain.example"
STATE = Answer(
    "ask.place",
    ("Which state is this about? The law differs from state to state.", "You can skip this."),
    ("Which state is this about?",),
    (Choice("Skip", '/how_to_use{"command": "skip"}'), Choice("Oregon", "/oregon")),
)
LAW = Answer(
    "law.OR.immunity",
    (
        "Oregon: Being arrested for reporting",
        "A canned sentence about police.",
        "What to know about its limits:",
        "- A canned limit.",
        "Law: Canned Code § 1.",
    ),
    ("A canned sentence.",),
    (Choice("Clearing a record", "/record"), Choice("A free lawyer", "/lawyer")),
    (Link("Canned Code", "https://code.example/1"), Link("Another source", "https://source.example/2")),
    "2026-11-20",
    "unreviewed",
)
LAWYER = Answer(
    "services.need_legal_help",
    (
        "In or for Oregon:",
        "A canned office",
        "Police: We do not know what they do about police.",
        "Call 1-800-799-7233",
    ),
    ("A canned office",),
    (Choice("More of these", '/need_legal_help{"command": "more"}'),),
)
CRISIS = Answer(
    "safety.crisis_suicide",
    (
        "That sounds very hard, and I am glad you wrote it. I am a program. No person is watching this chat.",
        "988 Suicide and Crisis Lifeline",
        "Police: They may, rarely, send help without your OK. They can see your rough area.",
        "Call or text 988",
        "If someone could die right now, 911 is the fastest medical help. Police may come too.",
    ),
    ("988",),
    (Choice("Keep talking about my question", "/resume"),),
)
ASKED_LANGUAGE = re.compile(r'"language": "(\w+)"')
CANNED: Mapping[str, Answer] = {"oregon": LAW, "lawyer": LAWYER, "die": CRISIS, "": STATE}


@dataclass
class CannedLantern:
    """Stands in for `bot.agent.Lantern`: the first of `answers` whose word was said. `delay` is for tests to set.

    `spoken` is the language of a talk that asked for one; the canned words stay as they are.
    """

    answers: Mapping[str, Answer] = field(default_factory=lambda: CANNED)
    language: str = "en"
    delay: float = 0.0
    sessions: dict[str, list[str]] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)
    forgot: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    store: Store = field(default_factory=MemoryStore)
    counted: Callable[[Turn, Exchange], None] | None = None
    noted: Callable[[Turn, Exchange], Awaitable[None]] | None = None

    async def ready(self) -> None:
        await self.store.ping()

    async def converse(self, turn: Turn) -> Exchange:
        exchange = await self._answered(turn)
        if self.noted:
            await self.noted(turn, exchange)
        return exchange

    async def _answered(self, turn: Turn) -> Exchange:
        await asyncio.sleep(self.delay)
        language = self.spoken.get(turn.session, self.language)
        if '"delete"' in turn.text or turn.text == "delete":
            self.sessions.pop(turn.session, None)
            said_nothing = replace(SAID_NOTHING, language=language)
            return Exchange(said_nothing, forgotten(shown(language)), forgotten=True)
        self.sessions.setdefault(turn.session, []).append(turn.text)
        if asked := ASKED_LANGUAGE.search(turn.text):
            self.spoken[turn.session] = asked[1]
            switched = shown(asked[1]).phrases["language_switched"].lead
            return Exchange(replace(SAID_NOTHING, language=asked[1]), Answer("switched", (switched,), (switched,)))
        answer = next(answer for word, answer in self.answers.items() if word in turn.text.lower())
        return Exchange(replace(SAID_NOTHING, language=language), answer)

    async def forget(self, session: str) -> None:
        self.sessions.pop(session, None)
        self.forgot.append(session)

    async def keep(self, session: str) -> None:
        self.kept.append(session)

    async def forget_the_idle(self) -> None:
        pass

    def reset(self) -> None:
        """As new, between tests."""
        self.delay = 0.0
        for held in (self.sessions, self.spoken, self.forgot, self.kept):
            held.clear()


@dataclass(frozen=True)
class Served:
    """Where everything is."""

    lantern: CannedLantern
    url: str
    host_allowed: str
    host_refused: str


HOST_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A clinic</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"></head><body><main><h1>A clinic</h1><p>Open every day.</p>
<script src="{url}/widget.js" data-exit="{exit}" data-language="en" data-opening="Our own words." data-height="30rem"
 data-colours="paper: #ffffff, exit: #7a1f3d, nonsense: url(x)"></script></main></body></html>"""


@contextmanager
def served(lantern: Any = None, **more: Any) -> Iterator[Served]:
    """Both sites, in a thread of their own, with `more` settings; answered by `lantern`, a canned one without it."""
    own, other = free_port(), free_port()
    lantern = lantern or CannedLantern()
    url, allowed = f"http://127.0.0.1:{own}", f"http://127.0.0.1:{other}"
    settings = Settings(operator="A clinic", exit_url=EXIT, origins=(allowed,), secret="only for these tests", **more)

    async def host(_: web.Request) -> web.Response:
        return web.Response(text=HOST_PAGE.format(url=url, exit=EXIT), content_type="text/html")

    other_site = web.Application()
    other_site.add_routes([web.get("/", host)])
    loop, started = asyncio.new_event_loop(), threading.Event()

    async def start() -> None:
        ours, theirs = web.AppRunner(make_app(lantern, settings)), web.AppRunner(other_site, access_log=None)
        await ours.setup()
        await Site(ours, listen("127.0.0.1", own)).start()
        await theirs.setup()
        await web.TCPSite(theirs, port=other).start()
        started.set()

    def run() -> None:
        loop.run_until_complete(start())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    started.wait(20)
    yield Served(lantern, url, allowed, f"http://localhost:{other}")
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":  # for looking at it, and for fuzzers and scanners: python -m tests.browser.served
    with TemporaryDirectory() as folder:
        texts = {"twilio_token": "canned", "plivo_token": "canned", "public_url": "https://chat.example"}
        with served(**texts, optouts=Path(folder) / "optouts") as running:
            print(running.url, running.host_allowed, sep="\n", flush=True)  # noqa: T201
            threading.Event().wait()
