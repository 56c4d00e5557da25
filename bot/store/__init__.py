"""What must outlast a turn: conversations, counts for limits, opt-outs. In this process, or in Redis shared by several.

Everything has a time to live. No value holds a person's words or number; keys are ids of ours and keyed hashes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol
from weakref import WeakValueDictionary


class StoreUnavailable(RuntimeError):
    """The store cannot be reached, is full, or is too slow: nothing was remembered. `str(error)` names no person."""


class StoreBusy(StoreUnavailable):
    """Another turn of the same conversation is taking too long."""


class Store(Protocol):
    """Keys are "<kind>:<id>". Every method may raise `StoreUnavailable`; times are in seconds."""

    async def get(self, key: str) -> bytes | None:
        """The value, or None where there is none or its time is up."""

    async def put(self, key: str, value: bytes, seconds: float) -> None:
        """Keeps `value` for `seconds`, in place of what was there."""

    async def put_new(self, key: str, seconds: float) -> bool:
        """Marks `key` for `seconds`; False, and nothing changes, where it is marked already."""

    async def count(self, key: str, seconds: float) -> int:
        """How often `key` was counted, this time included, since a first time at most `seconds` ago."""

    async def delete(self, key: str) -> None:
        """Forgets `key`, now."""

    def lock(self, key: str) -> AbstractAsyncContextManager[None]:
        """One holder at a time; others wait in order. Raises `StoreBusy` where that takes too long."""

    async def ping(self) -> None:
        """Raises `StoreUnavailable` where nothing could be kept now."""

    async def forget_the_idle(self) -> None:
        """Drops what is past its time."""

    async def close(self) -> None:
        """Lets go of connections."""


class InOrder:
    """Locks within this process, first come, first served; gone when nobody holds or waits for one."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, key: str, wait_seconds: float) -> AsyncIterator[None]:
        """Holds `key`. Raises `StoreBusy` after `wait_seconds` of waiting."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        try:
            await asyncio.wait_for(lock.acquire(), wait_seconds)
        except TimeoutError:
            raise StoreBusy("another turn of the conversation takes too long") from None
        try:
            yield
        finally:
            lock.release()
