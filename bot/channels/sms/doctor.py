"""Is everything set for text messages? What can be checked from here is checked; what cannot is said."""

import ipaddress
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from actions.answer import Answer
from actions.knowledge.control import shown
from bot.channels.sms import routes
from bot.channels.sms.lasting import doubt
from bot.channels.sms.numbers import Keyed
from bot.channels.sms.optouts import FolderOptOuts, MemoryOptOuts, OptOutsUnusable
from bot.channels.sms.segments import size
from bot.channels.sms.simulator import NoAnswer, OverHttp
from bot.channels.sms.twilio import PATH
from bot.channels.sms.writing import MOST_CHARACTERS, text_pages
from bot.settings import Settings
from bot.store import Store
from bot.store.memory import MemoryStore
from bot.turn import Exchange, Turn, Understanding

LONG_SECRET = 32
TWILIO_API = "https://api.twilio.com/2010-04-01"
SAID_BY_US = ("sms.opening", "sms.stopped", "sms.picture", "sms.failed")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: it is `ok`, `wrong`, or for a person to `look` at. `what` says what to do."""

    level: Literal["ok", "wrong", "look"]
    what: str


async def examine(settings: Settings, account: str = "", api: str = TWILIO_API) -> AsyncIterator[Finding]:
    """Everything, in the order in which it is set up.

    Args:
        account: Account SID; with it, Twilio is asked how its numbers are set. Nothing else leaves this machine.
    """
    for finding in (
        *_secret(settings),
        *_address(settings),
        *_tokens(settings),
        *_optouts(settings),
        *_texts(settings),
    ):
        yield finding
    if settings.twilio_token and not routes.missing(settings):
        async for finding in _route(settings):
            yield finding
    if account and settings.twilio_token:
        async for finding in _numbers(settings, account, api):
            yield finding
    if settings.twilio_token:
        yield _opt_out_mode(settings)


def _secret(settings: Settings) -> Iterator[Finding]:
    if not settings.secret:
        made = secrets.token_hex(LONG_SECRET)
        yield Finding("wrong", f"LANTERN_SECRET is not set. Numbers are hashed with it. A new one: {made}")
    elif len(settings.secret) < LONG_SECRET:
        yield Finding("look", f"LANTERN_SECRET is short. {LONG_SECRET} random characters or more cannot be guessed.")
    else:
        yield Finding("ok", "LANTERN_SECRET is set. Keep it: with another one, nobody who opted out is known any more.")


def _address(settings: Settings) -> Iterator[Finding]:
    if not settings.public_url:
        yield Finding("wrong", "LANTERN_PUBLIC_URL is not set. Signatures are made over it.")
    elif _is_private(urlsplit(settings.public_url).hostname or ""):
        yield Finding("wrong", f"LANTERN_PUBLIC_URL is {settings.public_url}, which no provider can reach.")
    else:
        yield Finding("ok", f"LANTERN_PUBLIC_URL is {settings.public_url}.")


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))


def _tokens(settings: Settings) -> Iterator[Finding]:
    given = routes.providers(settings)
    if not given:
        yield Finding("wrong", "Neither LANTERN_TWILIO_TOKEN nor LANTERN_PLIVO_TOKEN is set: no texts are taken.")
    for provider in given:
        name = type(provider).__name__
        yield Finding(
            "ok", f"{name}: set its webhook to {settings.public_url.rstrip('/')}{provider.path}, method POST."
        )
    token = settings.twilio_token
    if token and not (len(token) == 32 and all(c in "0123456789abcdef" for c in token)):
        yield Finding(
            "look", "LANTERN_TWILIO_TOKEN is not 32 hex digits, as Auth Tokens are. An API key does not sign."
        )


def _optouts(settings: Settings) -> Iterator[Finding]:
    if not settings.secret:
        return
    if settings.redis_url:
        said = doubt(settings)
        yield Finding("look" if said else "ok", said or "Opt-outs are kept in Redis.")
        return
    try:
        FolderOptOuts(settings.optouts, Keyed(settings.secret).fingerprint)
    except OptOutsUnusable as error:
        yield Finding("wrong", f"LANTERN_OPTOUTS: {error}.")
    else:
        yield Finding("ok", f"Opt-outs are kept in {settings.optouts}. Back it up with everything else.")


def _texts(settings: Settings) -> Iterator[Finding]:
    """The sentences every installation sends, and the one it fills in itself."""
    helped = shown().say("sms.help", operator=settings.operator)
    if settings.operator == Settings.operator:
        yield Finding("look", "LANTERN_OPERATOR is not set. The answer to HELP has to say who runs this.")
    if len(text_pages(helped)) > 1:
        yield Finding("wrong", "The answer to HELP is longer than one reply. Shorten LANTERN_OPERATOR.")
    said = [*map(shown().say, SAID_BY_US), *text_pages(helped)]
    wrong = [text for text in said if size(text).encoding != "GSM-7" or len(text) > MOST_CHARACTERS]
    yield from (Finding("wrong", f"Not GSM-7, or too long: {text}") for text in wrong)
    if not wrong:
        yield Finding("ok", "Our own sentences are GSM-7 and short.")


async def _route(settings: Settings) -> AsyncIterator[Finding]:
    """The webhook in this process, with a stand-in for the bot: signed, unsigned, and fetched."""
    app = web.Application()
    routes.add_to(app, _Echo(), settings, MemoryOptOuts())
    async with TestServer(app) as server, aiohttp.ClientSession() as client:
        at = str(server.make_url("")).rstrip("/")
        phone = OverHttp(at, settings.public_url, settings.twilio_token, "+15005550009")
        try:
            signed = bool(await phone.send("hello"))
            stopped = len(await phone.send("STOP")) == 1 and not await phone.send("hello")
        except NoAnswer:
            signed = stopped = False
        async with client.post(at + PATH, data={"From": "+15005550009"}) as unsigned, client.get(at + PATH) as fetched:
            refused = (unsigned.status, fetched.status) == (403, 405)
    for fine, what in (
        (signed, "A text with a proper signature is answered in the response."),
        (refused, "A text without a signature, and a GET, are refused."),
        (stopped, "STOP is confirmed once and then there is silence."),
    ):
        yield Finding("ok", what) if fine else Finding("wrong", f"Not true here: {what}")


async def _numbers(settings: Settings, account: str, api: str) -> AsyncIterator[Finding]:
    """How the account's numbers are set, as Twilio says."""
    wanted = f"{settings.public_url.rstrip('/')}{PATH}"
    address = f"{api}/Accounts/{account}/IncomingPhoneNumbers.json"
    auth = aiohttp.BasicAuth(account, settings.twilio_token)
    try:
        async with aiohttp.ClientSession(auth=auth) as client, client.get(address) as response:
            if response.status != 200:
                yield Finding("wrong", f"Twilio says {response.status}: the token or the account is not the right one.")
                return
            numbers = (await response.json()).get("incoming_phone_numbers", [])
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        yield Finding("look", f"Twilio cannot be asked ({type(error).__name__}).")
        return
    for number in numbers:
        url, method = (number.get("sms_url") or "").partition("#")[0], number.get("sms_method")
        if url == wanted and method == "POST":
            yield Finding("ok", f"{number['phone_number']} sends texts here.")
        else:
            now = f"{method} {url}" if url else "nowhere, or to its Messaging Service"
            yield Finding("look", f"{number['phone_number']} sends texts to {now}, not POST {wanted}.")
        if number.get("sms_fallback_url"):
            yield Finding("look", f"{number['phone_number']} has a fallback address, which gets people's words too.")


def _opt_out_mode(settings: Settings) -> Finding:
    """Twilio tells nobody how opt-out is set; what to paste there is ours."""
    say = shown().say
    paste = {
        "STOP": say("sms.stopped"),
        "START": say("sms.opening"),
        "HELP": say("sms.help", operator=settings.operator),
    }
    return Finding(
        "look",
        "Opt-out mode: Twilio shows it nowhere but in its Console, and keeps the numbers of all who stop unless its "
        "Support turns its keyword handling off; Lantern handles every keyword then. That is the way to want, and the "
        "only one that goes with redacted numbers. Until then turn Advanced Opt-Out on, or people who text HELP get "
        "Twilio's stock reply, too. Paste there:"
        + "".join(f"\n  for {word:<6} {text}" for word, text in paste.items()),
    )


class _Echo:
    """Stands in for the bot."""

    def __init__(self) -> None:
        self.store: Store = MemoryStore()

    async def converse(self, turn: Turn) -> Exchange:
        """A short answer."""
        return Exchange(await self.parse(turn.text), Answer("phrases.greet", ("Hi.",), ("Hi.",)))

    async def parse(self, text: str) -> Understanding:
        """A greeting, whatever it is."""
        return Understanding("greet", 1.0)

    async def forget(self, session: str) -> None:
        """Nothing is held."""
