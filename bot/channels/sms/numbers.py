"""Telephone numbers become keyed hashes here, before anything else sees them.

A plain hash of a number can be undone by trying every number; one with a secret key cannot, as long as the key is kept
apart from what was hashed. No key, no hash: without `LANTERN_SECRET` there are no text messages.
"""

import hmac
import re
import unicodedata
from hashlib import sha256

KEY_LABEL = b"lantern: numbers of text messages, 1"
SHORT_CODE = 6  # the longest in the United States; whoever writes from one is a machine
LONGEST_NUMBER = 15  # ITU-T E.164
US_NUMBER = 10


def normal(sender: str) -> str:
    """One spelling of a sender: "+15552019988" for a number however written, capitals for a name.

    Ten digits are a number of the United States; more are one with its country's code, as some providers write it.
    """
    plain = unicodedata.normalize("NFKC", sender).strip()
    if any(c.isalpha() for c in plain):
        return " ".join(plain.upper().split())
    digits = re.sub(r"[^0-9]", "", plain)
    if plain.startswith("+") or len(digits) > US_NUMBER:
        return f"+{digits}"
    return f"+1{digits}" if len(digits) == US_NUMBER else digits


def is_person(sender: str) -> bool:
    """True for a number a person can have: no short code, no name, nothing empty. Machines are not answered: two
    machines that answer each other never end."""
    number = normal(sender)
    return number.startswith("+") and SHORT_CODE < len(number) - 1 <= LONGEST_NUMBER


class Keyed:
    """Makes keyed hashes of senders and of the ids of their messages.

    Args:
        secret: `LANTERN_SECRET`, at least 16 characters.
    """

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("hashing telephone numbers needs a secret")
        self._key = hmac.digest(secret.encode(), KEY_LABEL, sha256)

    def sender(self, number: str) -> str:
        """32 hex digits that stand for `number`."""
        return self._hash("sender", normal(number))

    def message(self, message_id: str) -> str:
        """32 hex digits that stand for a provider's id of a message."""
        return self._hash("message", message_id)

    @property
    def fingerprint(self) -> str:
        """Tells one key from another, and nothing about the key."""
        return self._hash("key", "")[:16]

    def _hash(self, kind: str, value: str) -> str:
        return hmac.new(self._key, f"{kind}\0{value}".encode(), sha256).hexdigest()[:32]
