"""What conversations cost by text message: segments, which is what carriers bill by."""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.knowledge.library import library
from bot.channels.sms.segments import size
from bot.channels.sms.writing import pages
from bot.turn import Exchange


@dataclass(frozen=True)
class Sent:
    """One answer by text message.

    Attributes:
        answer: its id.
        pages: segments of each page; the first is sent at once, each other one after MORE.
    """

    answer: str
    pages: tuple[int, ...]

    @property
    def segments(self) -> int:
        """Of what is sent at once."""
        return self.pages[0]


def segments_of(exchanges: Iterable[Exchange]) -> list[Sent]:
    """What the answers of one conversation take, in order; the first also says what every conversation opens with."""
    sent, opened = [], False
    for exchange in exchanges:
        answer = exchange.answer
        opens = not (opened or exchange.forgotten or answer.id.startswith("safety."))
        made = pages(answer, library().say("sms.opening") if opens else None)
        sent.append(Sent(answer.id, tuple(size(page).segments for page in made)))
        opened = (opened or opens) and not exchange.forgotten
    return sent
