"""A stand-in for the bot, and a telephone whose requests Twilio's own library signs."""

import asyncio
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

import pytest
from multidict import MultiDict
from twilio.request_validator import RequestValidator

from actions.answer import Answer, Choice
from bot.channels.sms.conversation import Inbound, Texts
from bot.channels.sms.optouts import MemoryOptOuts
from bot.channels.sms.plivo import Plivo
from bot.channels.sms.simulator import messages
from bot.settings import Settings
from bot.store.memory import MemoryStore
from bot.turn import Exchange, Turn, Understanding

TOKEN = "12345678901234567890123456789012"
PUBLIC = "https://chat.example.org"
NUMBER = "+15552019988"
SHORT = Answer(
    "phrases.greet",
    ("Hi.",),
    ("Hi. What would you like to know?",),
    (Choice("A free lawyer", "/need_legal_help"), Choice("A place to sleep", "/need_shelter")),
)
LONG = Answer(
    "law.OR.immunity",
    ("Long.",),
    ("Part one. " + "a" * 200, "Part two. " + "b" * 200),
    (Choice("A free lawyer", "/need_legal_help"),),
    review="unreviewed",
)
CRISIS = Answer("safety.crisis_danger", ("You may be in danger.",), ("You may be in danger now. " + "c" * 200,))
FORGOTTEN = Answer("forgotten", ("Done.",), ("Done. This talk is deleted here.",))
ANSWERS = {
    "long": LONG,
    "crisis": CRISIS,
    "delete everything": FORGOTTEN,
    '/privacy{"command": "delete"}': FORGOTTEN,
    "im 15": Answer("rights.minor_disclosure", ("Young.",), ("You can get help.",)),
}


@dataclass
class Bot:
    """Answers from `ANSWERS`; keeps the turns it was handed."""

    turns: list[Turn] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    fails_with: Exception | None = None
    seconds: float = 0
    pauses: list[float] = field(default_factory=list)
    store: MemoryStore = field(default_factory=MemoryStore)  # the application's own limits count in it

    async def converse(self, turn: Turn) -> Exchange:
        await asyncio.sleep(self.pauses.pop(0) if self.pauses else self.seconds)
        self.turns.append(turn)
        if self.fails_with:
            raise self.fails_with
        answer = ANSWERS.get(turn.text, SHORT)
        topic = "minor_disclosure" if turn.text == "im 15" else "greet"
        asked = re.fullmatch(r'/language_switch\{"language": "(..)"\}', turn.text)
        understood = Understanding(topic, 1.0, language=asked[1] if asked else turn.language)
        return Exchange(understood, answer, forgotten=answer is FORGOTTEN)

    async def parse(self, text: str) -> Understanding:
        return Understanding("greet", 1.0, language="ko" if text == "안녕하세요" else "en")

    async def forget(self, session: str) -> None:
        self.forgotten.append(session)

    async def forget_the_idle(self) -> None: ...

    @property
    def said(self) -> list[str]:
        return [turn.text for turn in self.turns]


class Clock:
    """Seconds that pass when told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def bot(clock) -> Bot:
    return Bot(store=MemoryStore(clock=clock))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def texts(bot, clock) -> Texts:
    return Texts(bot, MemoryOptOuts(), "A clinic", idle_seconds=30 * 60, clock=clock)


@pytest.fixture
def text(texts) -> Callable[..., object]:
    """Sends a text past any provider."""

    async def send(words: str, sender: str | None = "somebody", **more: object) -> str | None:
        return await texts.reply(Inbound(sender, str(more.pop("id", secrets.token_hex(8))), words, **more))

    return send


@pytest.fixture
def configured(tmp_path) -> Settings:
    return Settings(
        operator="A clinic",
        secret="s" * 32,
        public_url=PUBLIC,
        twilio_token=TOKEN,
        plivo_token=TOKEN,
        optouts=tmp_path / "optouts",
    )


def sign(fields: dict[str, str], path: str = "/sms/twilio", token: str = TOKEN) -> dict[str, str]:
    """The header Twilio would send, made by its own library."""
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(PUBLIC + path, fields)}


def fields(body: str, number: str = NUMBER, **more: str) -> dict[str, str]:
    """What Twilio posts for a text."""
    sid = f"SM{secrets.token_hex(16)}"
    return {"MessageSid": sid, "From": number, "To": "+15005550006", "Body": body, "NumMedia": "0"} | more


class TwilioPhone:
    """Texts to an application as Twilio would."""

    path = "/sms/twilio"
    sign = staticmethod(sign)
    fields = staticmethod(fields)
    picture: ClassVar = {"NumMedia": "2", "MediaUrl0": "https://example.org/canary"}
    id = "MessageSid"

    def __init__(self, client) -> None:
        self.client = client

    async def post(self, posted: dict[str, str], **options):
        options.setdefault("headers", self.sign(posted))
        return await self.client.post(self.path, data=posted, **options)

    async def text(self, body: str, **more: str) -> list[str]:
        response = await self.post(self.fields(body, **more))
        assert response.status == 200, response.status
        return messages(await response.text())


class PlivoPhone(TwilioPhone):
    """The same as Plivo would. Its signature is ours, which `test_plivo.py` compares with what Plivo's library made."""

    path = "/sms/plivo"
    picture: ClassVar = {"Type": "mms", "MediaCount": "2", "Media0": "https://example.org/canary"}
    id = "MessageUUID"

    @staticmethod
    def sign(posted: dict[str, str], token: str = TOKEN) -> dict[str, str]:
        nonce = secrets.token_hex(10)
        made = Plivo(token).v3(f"{PUBLIC}/sms/plivo", MultiDict(posted), nonce)
        return {"X-Plivo-Signature-V3": made, "X-Plivo-Signature-V3-Nonce": nonce}

    @staticmethod
    def fields(body: str, number: str = NUMBER, **more: str) -> dict[str, str]:
        posted = {"MessageUUID": secrets.token_hex(16), "From": number.lstrip("+"), "To": "15005550006", "Text": body}
        return posted | {"Type": "sms"} | more


@pytest.fixture
async def client(aiohttp_client, bot, configured):
    from bot.app import make_app

    return await aiohttp_client(make_app(bot, configured))


@pytest.fixture
def phone(client) -> TwilioPhone:
    return TwilioPhone(client)


@pytest.fixture(params=[TwilioPhone, PlivoPhone])
def any_phone(request, client) -> TwilioPhone:
    """A telephone of each provider in turn."""
    return request.param(client)
