"""Twilio: https://www.twilio.com/docs/usage/webhooks/webhooks-security and /messaging/twiml.

The reply is TwiML in the response, so nothing is ever sent from here. With Advanced Opt-Out, Twilio answers STOP, START
and HELP itself and says so in `OptOutType`; then we only take note.
"""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from multidict import CIMultiDictProxy, MultiDict
from twilio.request_validator import RequestValidator  # comes with Rasa

from bot.channels.sms.webhook import Delivered

PATH = "/sms/twilio"
SIGNATURE = "X-Twilio-Signature"
OPT_OUT_TYPES: dict[str, Literal["stop", "start", "help"]] = {"STOP": "stop", "START": "start", "HELP": "help"}


class Twilio:
    """The webhook for incoming messages of a Twilio number or Messaging Service.

    Args:
        token: the account's Auth Token.
    """

    path = PATH
    signatures: tuple[str, ...] = (SIGNATURE,)

    def __init__(self, token: str) -> None:
        self._validator: Any = RequestValidator(token)

    def is_genuine(self, url: str, headers: CIMultiDictProxy[str], fields: MultiDict[str], body: bytes | None) -> bool:
        """True where Twilio signed this. A JSON body is covered only by `bodySHA256` in the address; without it, no."""
        if body is not None and "bodySHA256" not in parse_qs(urlsplit(url).query):
            return False
        signed = fields if body is None else body.decode()
        return bool(self._validator.validate(url, signed, headers.get(SIGNATURE, "")))

    def delivered(self, fields: Mapping[str, str]) -> Delivered:
        """What the fields mean. Raises KeyError where one is missing."""
        keyword = OPT_OUT_TYPES.get(fields.get("OptOutType", "").upper())
        return Delivered(
            sender=fields["From"],
            receiver=fields.get("To", ""),
            id=fields["MessageSid"],
            text=fields.get("Body", ""),
            pictures=int(fields.get("NumMedia") or 0),
            keyword=keyword,
            is_answered=keyword is not None,
            is_text=fields.get("SmsStatus", "received") == "received",
        )

    def xml(self, delivered: Delivered, reply: str | None) -> str:
        """TwiML."""
        message = "" if reply is None else f"<Message>{escape(reply)}</Message>"
        return f'<?xml version="1.0" encoding="UTF-8"?><Response>{message}</Response>'
