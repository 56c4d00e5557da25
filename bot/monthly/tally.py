"""Counts each thing once a talk. What a talk was counted for is forgotten with the talk."""

import logging
from collections.abc import Callable, Iterable

from bot.monthly.cells import Cell, of_message, of_talk
from bot.store import Store, StoreUnavailable
from bot.turn import Exchange, Turn

logger = logging.getLogger(__name__)


def key_of(session: str) -> str:
    """Where the store keeps what a talk was counted for."""
    return f"counted:{session}"


class Tally:
    """Hands each cell of a turn to `add`.

    Args:
        add: counts one more for each cell.
        store: where talks are kept, too.
        idle_seconds: after which a talk is forgotten.
    """

    def __init__(self, add: Callable[[Iterable[Cell]], None], store: Store, idle_seconds: float) -> None:
        self._add, self._store, self._idle_seconds = add, store, idle_seconds

    async def noted(self, turn: Turn, exchange: Exchange) -> None:
        """Counts one turn; call while the talk is locked. Where nothing can be remembered, nothing is counted."""
        key, cells = key_of(turn.session), of_talk(turn, exchange)
        try:
            had = frozenset(((await self._store.get(key)) or b"").decode().split())
            if exchange.forgotten:
                await self._store.delete(key)
            elif cells:
                await self._store.put(key, " ".join(sorted(had | cells)).encode(), self._idle_seconds)
        except StoreUnavailable as error:
            logger.error("A turn was not counted: %s", error)
            return
        self._add(cells - had)
        self._add(of_message(exchange))
