"""One person's end of a conversation, whatever the channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.channels.transcript import Signer


@dataclass(frozen=True)
class Heard:
    """One answer: its words, its id where the channel tells it, and the seconds until it was there."""

    text: str
    id: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Keys:
    """What the clients share with the service.

    Attributes:
        signer: reads what the page carries.
        token: of the account that text messages come from.
        public_url: the address that providers sign.
        picks: labels of the choices to go on with.
        failed: the text that says that something went wrong, in each language.
    """

    signer: Signer
    token: str
    public_url: str
    picks: frozenset[str]
    failed: frozenset[str]


class Client(Protocol):
    """One conversation of one person."""

    async def step(self, step: str) -> Sequence[Heard]:
        """Writes `step`, or picks a choice; every answer on the way. Raises `TurnFailed`."""

    async def leave(self) -> None:
        """Ends it, where the channel has an end. Raises `Lost`."""
