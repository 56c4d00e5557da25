"""Plivo: https://plivo.com/docs/messaging/concepts/signature-validation and /messaging/xml.

Its documentation gives V2 for messages, which signs the address and a nonce but not the text; V3, which signs both, is
seen on messages too. Where V3 is there it must be right, whatever V2 says. Where only V2 is there, a nonce counts for
one message only, so that a request that leaked cannot be used to say something else.
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Literal
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape, quoteattr

from cachetools import TTLCache
from multidict import CIMultiDictProxy, MultiDict

from bot.channels.sms.numbers import SHORT_CODE
from bot.channels.sms.webhook import Delivered

PATH = "/sms/plivo"
V3, V3_MAIN, V3_NONCE = "X-Plivo-Signature-V3", "X-Plivo-Signature-Ma-V3", "X-Plivo-Signature-V3-Nonce"
V2, V2_MAIN, V2_NONCE = "X-Plivo-Signature-V2", "X-Plivo-Signature-Ma-V2", "X-Plivo-Signature-V2-Nonce"
INTENTS: dict[str, Literal["stop", "start", "help"]] = {"optout": "stop", "optin": "start", "help": "help"}
NONCES, NONCE_SECONDS = 100_000, 24 * 3600


class Plivo:
    """The message URL of a Plivo application.

    Args:
        token: the account's Auth Token.
    """

    path = PATH
    signatures: tuple[str, ...] = (V3, V3_MAIN, V2, V2_MAIN)

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._nonces: TTLCache[str, str] = TTLCache(NONCES, NONCE_SECONDS)  # nonce -> hash of the message it came with

    def is_genuine(self, url: str, headers: CIMultiDictProxy[str], fields: MultiDict[str], body: bytes | None) -> bool:
        """True where Plivo signed this."""
        if body is not None:  # Plivo sends forms
            return False
        if V3 in headers or V3_MAIN in headers:
            nonce = headers.get(V3_NONCE, "")
            return bool(nonce) and _among(self.v3(url, fields, nonce), headers.get(V3), headers.get(V3_MAIN))
        nonce = headers.get(V2_NONCE, "")
        if not nonce or not _among(self.v2(url, nonce), headers.get(V2), headers.get(V2_MAIN)):
            return False
        said = sha256(repr(sorted(fields.items())).encode()).hexdigest()
        return self._nonces.setdefault(nonce, said) == said

    def v3(self, url: str, fields: MultiDict[str], nonce: str) -> str:
        """The V3 signature of a POST: address, its query sorted, the fields sorted, the nonce."""
        query = "&".join(f"{k}={v}" for k, v in sorted(parse_qsl(urlsplit(url).query, keep_blank_values=True)))
        said = "".join(f"{k}{v}" for k, v in sorted(fields.items()))
        asked = f"?{query}" if query or said else ""
        dot = "." if query and said else ""
        return self._sign(f"{_base(url)}{asked}{dot}{said}.{nonce}")

    def v2(self, url: str, nonce: str) -> str:
        """The V2 signature: address without its query, the nonce."""
        return self._sign(_base(url) + nonce)

    def delivered(self, fields: Mapping[str, str]) -> Delivered:
        """What the fields mean. Raises KeyError where one is missing."""
        return Delivered(
            sender=_with_plus(fields["From"]),
            receiver=fields["To"],
            id=fields["MessageUUID"],
            text=fields.get("Text") or fields.get("Body", ""),
            pictures=int(fields.get("MediaCount") or 0),
            keyword=INTENTS.get(fields.get("MessageIntent", "").lower()),
        )

    def xml(self, delivered: Delivered, reply: str | None) -> str:
        """Plivo's XML, which wants both numbers named."""
        if reply is None:
            return "<Response></Response>"
        numbers = f"src={quoteattr(delivered.receiver)} dst={quoteattr(delivered.sender.lstrip('+'))}"
        return f'<Response><Message {numbers} type="sms">{escape(reply)}</Message></Response>'

    def _sign(self, text: str) -> str:
        return b64encode(hmac.digest(self._token, text.encode(), sha256)).decode()


def _with_plus(sender: str) -> str:
    """Plivo writes numbers with their country's code and without a plus; ten digits are not always American."""
    return f"+{sender}" if sender.isdecimal() and len(sender) > SHORT_CODE else sender


def _base(url: str) -> str:
    return url.partition("?")[0]


def _among(signature: str, *headers: str | None) -> bool:
    """True where `signature` stands in one of `headers`; each may hold several, with commas between."""
    given = [one.strip() for header in headers if header for one in header.split(",")]
    return any(hmac.compare_digest(signature.encode(), one.encode("utf-8", "replace")) for one in given)
