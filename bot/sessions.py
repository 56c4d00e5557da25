"""Rasa's trackers in our store: a conversation dies by itself after a short idle time, wherever it is kept."""

from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

import bot.in_process  # noqa: F401  endpoints.yml names both; Rasa's own commands learn of it here
from bot.monthly.tally import key_of
from bot.store import Store
from bot.store.memory import MemoryStore

IDLE_SECONDS = 15 * 60
TURNS_KEPT = 2  # of a talk, as far as policies look back; of what came before them, the slots


class ForgettingTrackerStore(TrackerStore, SerializedTrackerAsText):
    """A conversation idle for `idle_seconds` is gone.

    Args:
        store: where trackers are kept; default: this process.
        idle_seconds: since the last turn of a conversation.
    """

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        store: Store | None = None,
        idle_seconds: float = IDLE_SECONDS,
        **kwargs: Any,
    ) -> None:
        kwargs.pop("host", None)
        super().__init__(domain, event_broker, **kwargs)
        self.store: Store = store or MemoryStore()
        self.idle_seconds = idle_seconds

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps `tracker`; its time starts again."""
        await self.stream_events(tracker)
        kept = DialogueStateTracker.from_events(tracker.sender_id, _recent(tracker), slots=self.domain.slots)
        await self.store.put(_key(tracker.sender_id), self.serialise_tracker(kept).encode(), self.idle_seconds)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, or None where it is unknown or forgotten."""
        kept = await self.store.get(_key(sender_id))
        return self.deserialise_tracker(sender_id, kept.decode()) if kept else None

    async def keep(self, sender_id: str) -> None:
        """Starts the time of a conversation again, and of what it was counted for. One that is gone stays gone."""
        if await self.store.get(_key(sender_id)):
            for key in (_key(sender_id), key_of(sender_id)):
                if kept := await self.store.get(key):
                    await self.store.put(key, kept, self.idle_seconds)

    async def begin_anew(self, sender_id: str) -> None:
        """Forgets what was said in a conversation that goes on."""
        await self.store.delete(_key(sender_id))

    async def delete(self, sender_id: str) -> None:
        """Forgets one conversation, now, and what it was counted for."""
        await self.begin_anew(sender_id)
        await self.store.delete(key_of(sender_id))

    async def keys(self) -> Iterable[str]:
        """None: nobody has a reason to list conversations."""
        return []


def _recent(tracker: DialogueStateTracker) -> list[Event]:
    """The events of the last turns, after what the earlier ones left behind: Rasa replays all it is given each turn."""
    events = list(tracker.events)
    waits = [at for at, e in enumerate(events) if isinstance(e, ActionExecuted) and e.action_name == ACTION_LISTEN_NAME]
    if len(waits) <= TURNS_KEPT:
        return events
    left = [SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.has_been_set]
    loop = [ActiveLoop(tracker.active_loop_name)] if tracker.active_loop_name else []
    return [*left, *loop, *events[waits[-TURNS_KEPT - 1] :]]


def _key(sender_id: str) -> str:
    return f"talk:{sender_id}"
