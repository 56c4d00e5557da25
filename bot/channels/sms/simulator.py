"""A telephone without a telephone company: sends texts to a running server as Twilio would, or to this process."""

import secrets
from collections.abc import Sequence
from typing import Protocol
from xml.etree import ElementTree

import aiohttp
from twilio.request_validator import RequestValidator

from bot.channels.sms.conversation import Inbound, Texts
from bot.channels.sms.twilio import PATH, SIGNATURE

OUR_NUMBER = "+15005550006"  # Twilio's own number for tests
SECONDS = 15  # as long as Twilio waits


class NoAnswer(RuntimeError):
    """The server did not take the text. `str(error)` says why and what would help."""


class Phone(Protocol):
    """Sends a text and gives back the replies."""

    async def send(self, text: str) -> Sequence[str]:
        """Raises `NoAnswer`."""


class OverHttp:
    """Posts to `server` what Twilio would post, signed with the account's token over the public address."""

    def __init__(self, server: str, public_url: str, token: str, number: str) -> None:
        self._address, self._signed = f"{server.rstrip('/')}{PATH}", f"{public_url.rstrip('/')}{PATH}"
        self._validator, self._number = RequestValidator(token), number

    async def send(self, text: str) -> Sequence[str]:
        """One request. Raises `NoAnswer`."""
        fields = {
            "MessageSid": f"SM{secrets.token_hex(16)}",
            "From": self._number,
            "To": OUR_NUMBER,
            "Body": text,
            "NumMedia": "0",
            "SmsStatus": "received",
        }
        headers = {SIGNATURE: self._validator.compute_signature(self._signed, fields)}
        wait = aiohttp.ClientTimeout(total=SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=wait) as client,
                client.post(self._address, data=fields, headers=headers) as response,
            ):
                if response.status != 200:
                    raise NoAnswer(_why(response.status))
                return messages(await response.text())
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NoAnswer(
                f"{self._address} cannot be reached ({type(error).__name__}). Run `lantern serve`."
            ) from error


class InProcess:
    """Talks to `texts` directly."""

    def __init__(self, texts: Texts, number: str) -> None:
        self._texts, self._number = texts, number

    async def send(self, text: str) -> Sequence[str]:
        """One text."""
        reply = await self._texts.reply(Inbound(self._number, secrets.token_hex(16), text))
        return () if reply is None else (reply,)


def messages(xml: str) -> list[str]:
    """The messages in a response to a webhook."""
    root = ElementTree.fromstring(xml)  # noqa: S314  our own server's
    return [message.text or "" for message in root.iter("Message")]


def _why(status: int) -> str:
    known = {
        403: "the signature was refused: LANTERN_TWILIO_TOKEN or LANTERN_PUBLIC_URL differ from the server's",
        404: "the server takes no texts: LANTERN_TWILIO_TOKEN, LANTERN_PUBLIC_URL and LANTERN_SECRET must be set",
        503: "the server cannot tell who opted out: see its log",
    }
    return f"HTTP {status}: {known.get(status, 'see the log of the server')}. `lantern sms doctor` checks the settings."
