"""Text messages: a reply must go on with the choices of the replies before it."""

import re
import secrets
from collections.abc import Mapping, Sequence
from itertools import count
from xml.etree import ElementTree

from aiohttp import ClientSession
from twilio.request_validator import RequestValidator

from bot.load.cast import PICK
from bot.load.client import Heard, Keys
from bot.load.connection import ask
from bot.load.wrong import Lost, Refused

SMS_PATH, SMS_SIGNATURE = "/sms/twilio", "X-Twilio-Signature"  # not from their module, which imports Rasa
OUR_NUMBER = "+15005550006"  # Twilio's own number for tests
MOST_MORE = 6  # texts of MORE until the choices must have come
_NUMBERED = re.compile(r"^([1-9]\d?) (.+)$", re.MULTILINE)
_numbers = count()


class Phone:
    """Text messages, signed as Twilio signs them, from a number that nobody has (there is no area code 555)."""

    def __init__(self, http: ClientSession, keys: Keys) -> None:
        self._http, self._keys = http, keys
        self._number = f"+1555{next(_numbers):07d}"
        self._validator = RequestValidator(keys.token)
        self._last = ""

    async def step(self, step: str) -> Sequence[Heard]:
        """See `Client`."""
        if step != PICK:
            return [await self._text(step)]
        heard: list[Heard] = []
        while not (offered := self._offered()) and len(heard) < MOST_MORE:
            heard.append(await self._text("MORE"))
        return [*heard, await self._text(self._picked(offered))]

    async def leave(self) -> None:
        """See `Client`. Nobody says goodbye to a machine that they text with."""

    def _offered(self) -> Mapping[str, str]:
        """Number and label of the choices in the last reply."""
        return dict(_NUMBERED.findall(self._last))

    def _picked(self, offered: Mapping[str, str]) -> str:
        return next((number for number, label in offered.items() if label in self._keys.picks), "1")

    async def _text(self, text: str) -> Heard:
        fields = {
            "MessageSid": f"SM{secrets.token_hex(16)}",
            "From": self._number,
            "To": OUR_NUMBER,
            "Body": text,
            "SmsStatus": "received",
        }
        signature = self._validator.compute_signature(f"{self._keys.public_url}{SMS_PATH}", fields)
        xml, seconds = await ask(self._http, "POST", SMS_PATH, data=fields, headers={SMS_SIGNATURE: signature})
        replies = [message.text or "" for message in ElementTree.fromstring(xml).iter("Message")]  # noqa: S314  our own
        if not replies:
            raise Lost("silence")
        if replies[0] in self._keys.failed:
            raise Refused("a text that says so")
        self._last = replies[0]
        return Heard(replies[0], seconds=seconds)
