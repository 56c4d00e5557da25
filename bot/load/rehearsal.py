"""What each conversation hears when nobody else talks: under load it must hear the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from aiohttp import ClientSession

from bot.load.cast import Conversation
from bot.load.channels import CHANNELS
from bot.load.client import Heard, Keys
from bot.load.wrong import CannotLoad, Crossed, Refused, TurnFailed

HELD_ON = {"page": "page", "widget": "page", "phone": "phone"}  # the widget says what the page says
CRISIS = ("safety.", "rights.minor_disclosure")  # answered where nothing can be remembered too: texts then without MORE
SURE = 40  # characters by which such an answer is known
BY_THE_HOUR = "services."  # who is open comes first, so these answers are compared by their id only
Key = tuple[int, str]


@dataclass
class Rehearsal:
    """What was heard, by conversation and channel, a step each."""

    heard: dict[Key, list[Sequence[Heard]]] = field(default_factory=dict)

    def compare(self, conversation: Conversation, channel: str, step: int, heard: Sequence[Heard]) -> None:
        """Raises `Crossed` where `heard` is another answer than this conversation gets alone, and `Refused` where it is
        a crisis that was answered without being remembered."""
        alone = self.heard[conversation.number, HELD_ON[channel]][step]
        if [one.id for one in heard] != [one.id for one in alone]:
            raise Crossed("another answer")
        if self._is(BY_THE_HOUR, conversation, step) or [one.text for one in heard] == [one.text for one in alone]:
            return
        if channel == "phone" and self._is(CRISIS, conversation, step) and heard[0].text[:SURE] in alone[0].text:
            raise Refused("a crisis, answered at once and not remembered")
        raise Crossed("other words")

    def _is(self, ids: str | tuple[str, ...], conversation: Conversation, step: int) -> bool:
        return any(one.id.startswith(ids) for one in self.heard[conversation.number, "page"][step])

    def own_places(self, cast: Iterable[Conversation]) -> tuple[int, int]:
        """How many answers on the page are the law of the conversation's own place, and of how many."""
        ids = [(c.place, one.id) for c in cast for step in self.heard[c.number, "page"] for one in step]
        return sum(answer.startswith(f"law.{place}.") for place, answer in ids), len(ids)


async def rehearse(http: ClientSession, keys: Keys, cast: Iterable[Conversation]) -> Rehearsal:
    """Holds every conversation of the cast by itself, on the page and by phone. Raises `CannotLoad`."""
    rehearsal = Rehearsal()
    for conversation in cast:
        for channel in dict.fromkeys(HELD_ON.values()):
            client = CHANNELS[channel](http, keys)
            try:
                heard = [await client.step(step) for step in conversation.steps]
                await client.leave()
            except TurnFailed as error:
                raise CannotLoad(
                    f"Conversation {conversation.number} on the {channel} failed without load: {error}"
                ) from error
            rehearsal.heard[conversation.number, channel] = heard
    return rehearsal
