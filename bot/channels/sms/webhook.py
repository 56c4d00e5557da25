"""What every provider's webhook has in common: nobody is believed without a signature, and nothing leaks.

The raw number and the provider's ids live in `receive` only, hashed before anything else is called. What strangers get
is a bare status: 403 for a signature that is missing or wrong, 413 for a body no text message has.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import parse_qsl

from aiohttp import web
from multidict import CIMultiDictProxy, MultiDict

from bot.channels.sms import unremembered, words
from bot.channels.sms.conversation import Inbound, Texts
from bot.channels.sms.numbers import Keyed, is_person
from bot.channels.sms.optouts import OptOutsUnusable
from bot.store import StoreUnavailable

logger = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024  # a text has at most some thousand characters
MOST_FIELDS = 200
READ_SECONDS = 15  # for the whole body: anybody can begin one
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class Delivered:
    """What a provider says of one text; `is_text` is False for reports about texts, which need no reply."""

    sender: str
    receiver: str
    id: str
    text: str
    pictures: int = 0
    keyword: Literal["stop", "start", "help"] | None = None
    is_answered: bool = False
    is_text: bool = True


class Provider(Protocol):
    """One provider of text messages.

    Attributes:
        path: where its webhook is.
        signatures: names of the headers of which one at least holds a signature.
    """

    path: str
    signatures: tuple[str, ...]

    def is_genuine(self, url: str, headers: CIMultiDictProxy[str], fields: MultiDict[str], body: bytes | None) -> bool:
        """True where the signature is the provider's. `body` is given where it is JSON, `fields` where it is a form."""

    def delivered(self, fields: Mapping[str, str]) -> Delivered:
        """What the fields of the body mean. Raises KeyError where one is missing."""

    def xml(self, delivered: Delivered, reply: str | None) -> str:
        """The response that makes the provider send `reply`, or nothing."""


class Webhook:
    """The handler of one provider's webhook.

    Args:
        public_url: as the provider knows us, without a slash at its end: signatures are made over it, and behind a
            proxy we would not know it.
    """

    def __init__(self, provider: Provider, texts: Texts, keyed: Keyed, public_url: str) -> None:
        self._provider, self._texts, self._keyed, self._public_url = provider, texts, keyed, public_url

    async def receive(self, request: web.Request) -> web.Response:
        """One delivery."""
        if not any(name in request.headers for name in self._provider.signatures):
            return web.Response(status=403)
        if (request.content_length or 0) > MOST_BYTES:
            return web.Response(status=413)
        try:
            async with asyncio.timeout(READ_SECONDS):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408)
        if len(body) > MOST_BYTES:
            return web.Response(status=413)
        try:
            fields = _fields(request.content_type, body)
            whole = body if request.content_type == JSON else None
            url = self._public_url + request.raw_path
            genuine = self._provider.is_genuine(url, request.headers, fields, whole)
        except ValueError:  # no form, no JSON, no text: nothing a provider sends
            genuine = False
        if not genuine:
            return web.Response(status=403)
        try:
            delivered = self._provider.delivered(fields)
        except (KeyError, ValueError):
            return web.Response(status=400)
        try:
            reply = await self._texts.reply(self._inbound(delivered)) if delivered.is_text else None
        except OptOutsUnusable as error:
            logger.error("No text is answered: %s", error)
            return web.Response(status=503)
        except StoreUnavailable as error:
            logger.error("A text was not answered: %s", error)
            if _wants_none(delivered):  # a STOP must not be lost: the provider is told that it failed
                return web.Response(status=503)
            reply = await unremembered.reply(self._texts.lantern, delivered.text)
        return web.Response(text=self._provider.xml(delivered, reply), content_type="application/xml")

    def _inbound(self, delivered: Delivered) -> Inbound:
        return Inbound(
            sender=self._keyed.sender(delivered.sender) if is_person(delivered.sender) else None,
            id=self._keyed.message(delivered.id),
            text=delivered.text,
            pictures=delivered.pictures,
            keyword=delivered.keyword,
            is_answered=delivered.is_answered,
        )


def _wants_none(delivered: Delivered) -> bool:
    """True where somebody wants no more texts, and for senders that are no person."""
    word = words.word(delivered.text)
    return bool(delivered.keyword == "stop" or word and word.meaning == "stop" or not is_person(delivered.sender))


def _fields(content_type: str, body: bytes) -> MultiDict[str]:
    """The fields of a form, or of a JSON object. Raises ValueError where it is neither."""
    if content_type == FORM:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
        return MultiDict(pairs)
    if content_type != JSON:
        raise ValueError(content_type)
    read = json.loads(body)
    if not isinstance(read, dict):
        raise ValueError("not an object")
    return MultiDict((name, str(value)) for name, value in read.items() if isinstance(value, str | int))
