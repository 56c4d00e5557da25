"""What the page shows of the talk so far, carried by the page itself, signed by the server.

The server keeps no words, so a page without JavaScript brings its own transcript back with each message, in a hidden
field. Signed, because only our own rendering may be shown as ours, and only ids we issued are sessions; and only for
as long as the server remembers a conversation. The widget remembers its own words, and carries only what comes next.
"""

import secrets
from dataclasses import dataclass, replace
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from actions.answer import Answer
from actions.knowledge.catalogs import ENGLISH

MOST_ROUNDS = 20  # of a longer talk, the page shows the end


@dataclass(frozen=True)
class Round:
    """One message, as the person saw it, and its answer, in `language`."""

    said: str
    answer: Answer
    language: str = ENGLISH


@dataclass(frozen=True)
class Transcript:
    """The conversation's id, its rounds, oldest first, and its language."""

    session: str
    rounds: tuple[Round, ...] = ()
    language: str = ENGLISH

    @classmethod
    def new(cls, language: str = ENGLISH) -> "Transcript":
        """An empty one, with a fresh session id of 128 bits."""
        return cls(secrets.token_hex(16), language=language)

    def plus(self, said: str, answer: Answer, language: str) -> "Transcript":
        """With one more round, answered in `language`."""
        return Transcript(self.session, (*self.rounds, Round(said, answer, language))[-MOST_ROUNDS:], language)

    def without_words(self) -> "Transcript":
        """With nothing but the choices of the last answer."""
        last = [replace(r.answer, lines=(), short=(), sources=()) for r in self.rounds[-1:]]
        return replace(self, rounds=tuple(Round("", answer) for answer in last))

    def label_of(self, value: str) -> str | None:
        """What the choice `value` of the last answer is called; None where it was not offered."""
        last = self.rounds[-1].answer.choices if self.rounds else ()
        return next((choice.label for choice in last if choice.value == value), None)


class Signer:
    """Turns a transcript into text that only we can have made, and back.

    Args:
        secret: the key; every worker of one installation needs the same.
        idle_seconds: how long a signed transcript can be read.
    """

    def __init__(self, secret: str, idle_seconds: int) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt="transcript")
        self._idle_seconds = idle_seconds

    def sign(self, transcript: Transcript) -> str:
        """Text fit for a form field."""
        rounds = [[r.said, r.answer.as_dict(), r.language] for r in transcript.rounds]
        signed = self._serializer.dumps([transcript.session, rounds, transcript.language])
        return signed if isinstance(signed, str) else signed.decode()

    def read(self, signed: str) -> Transcript | None:
        """The transcript in `signed`; None where we did not make it, or made it with another key, in another version of
        Lantern, or too long ago."""
        try:
            session, signed_rounds, language = self._load(signed)
            rounds = [Round(said, Answer.from_dict(answer), spoken) for said, answer, spoken in signed_rounds]
        except (BadData, ValueError):
            return None
        return Transcript(session, tuple(rounds), language)

    def _load(self, signed: str) -> Any:
        return self._serializer.loads(signed, max_age=self._idle_seconds)
