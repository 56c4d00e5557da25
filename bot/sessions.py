"""Conversations in memory that die by themselves: after a short idle time, or when there are too many."""

from collections.abc import Iterable
from typing import Any

from cachetools import TTLCache
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain

import bot.in_process  # noqa: F401  endpoints.yml names both; Rasa's own commands learn of it here

IDLE_SECONDS = 15 * 60
MOST_SESSIONS = 20_000


class ForgettingTrackerStore(InMemoryTrackerStore):
    """Rasa's in-memory store, except that a conversation idle for `idle_seconds` is gone.

    Args:
        idle_seconds: since the last turn of a conversation.
        most_sessions: beyond it the conversation idle the longest goes first.
    """

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        idle_seconds: float = IDLE_SECONDS,
        most_sessions: int = MOST_SESSIONS,
        **kwargs: Any,
    ) -> None:
        kwargs.pop("host", None)
        super().__init__(domain, event_broker, **kwargs)
        self.store: TTLCache[str, str] = TTLCache(most_sessions, idle_seconds)

    async def delete(self, sender_id: str) -> None:
        """Forgets one conversation, now."""
        self.store.pop(sender_id, None)

    async def keys(self) -> Iterable[str]:
        """The ids of the conversations still remembered."""
        self.store.expire()
        return list(self.store.keys())
