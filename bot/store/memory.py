"""The store of one process: nothing is written anywhere, and all is gone when the process is."""

import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import NamedTuple

from cachetools import TLRUCache

from bot.store import InOrder

WAIT_SECONDS = 20.0
MOST = 20_000  # entries of one kind


class _Entry(NamedTuple):
    value: bytes
    until: float


class MemoryStore:
    """Each kind of entry (the part of a key before ":") is bounded by itself, so that none pushes out another.

    Args:
        most: entries of one kind; beyond it the one unused the longest goes first.
        clock: seconds, for tests.
    """

    def __init__(self, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._kinds: dict[str, TLRUCache[str, _Entry]] = {}
        self._locks = InOrder()

    async def get(self, key: str) -> bytes | None:
        """See `Store`."""
        entry = self._kind(key).get(key)
        return entry.value if entry else None

    async def put(self, key: str, value: bytes, seconds: float) -> None:
        """See `Store`."""
        self._kind(key)[key] = _Entry(value, self._clock() + seconds)

    async def put_new(self, key: str, seconds: float) -> bool:
        """See `Store`."""
        if key in self._kind(key):
            return False
        await self.put(key, b"", seconds)
        return True

    async def count(self, key: str, seconds: float) -> int:
        """See `Store`."""
        kind = self._kind(key)
        entry = kind.get(key) or _Entry(b"0", self._clock() + seconds)
        counted = int(entry.value) + 1
        kind[key] = _Entry(str(counted).encode(), entry.until)
        return counted

    async def delete(self, key: str) -> None:
        """See `Store`."""
        self._kind(key).pop(key, None)

    def lock(self, key: str) -> AbstractAsyncContextManager[None]:
        """See `Store`."""
        return self._locks.hold(key, WAIT_SECONDS)

    async def ping(self) -> None:
        """See `Store`."""

    async def forget_the_idle(self) -> None:
        """See `Store`."""
        for kind in self._kinds.values():
            kind.expire()

    async def close(self) -> None:
        """See `Store`."""

    def kept(self) -> list[str]:
        """Everything still kept, for tests and counts."""
        for kind in self._kinds.values():
            kind.expire()
        return [key for kind in self._kinds.values() for key in kind]

    def _kind(self, key: str) -> TLRUCache[str, _Entry]:
        name = key.partition(":")[0]
        if name not in self._kinds:
            self._kinds[name] = TLRUCache(self._most, lambda _key, entry, _now: entry.until, self._clock)
        return self._kinds[name]
