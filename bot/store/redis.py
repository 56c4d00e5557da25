"""The store that several processes and hosts share. Waits are bounded, and nothing is kept here when Redis is away.

Addresses are Redis's own: `redis://host:6379/0`, `rediss://` with TLS, `redis://:password@host`, `unix://path`.
"""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import redis.asyncio as redis
from redis.exceptions import LockError, RedisError

from bot.store import InOrder, StoreBusy, StoreUnavailable

PREFIX = "lantern:"
CALL_SECONDS = 1.0  # one call may take
WAIT_SECONDS = 5.0  # for another turn of the same conversation, in another process
HOLD_SECONDS = 30.0  # then a lock is gone by itself: its holder died. Turns take less (bot/app.py)
POLL_SECONDS = 0.02
CONNECTIONS = 16  # calls at once. With more, a busy process comes back too late to an answer that was there in time
QUEUE_SECONDS = 4.0  # for one of these connections, while others of this process have them
COUNT = "local n = redis.call('INCR', KEYS[1]) if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end return n"


class RedisStore:
    """A pool of connections to one Redis.

    Args:
        url: Redis's address, password included where it needs one.
    """

    def __init__(self, url: str) -> None:
        self._pool = redis.BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=QUEUE_SECONDS,
            socket_timeout=CALL_SECONDS,
            socket_connect_timeout=CALL_SECONDS,
        )
        self._redis: redis.Redis[bytes] = redis.Redis(connection_pool=self._pool)
        self._count = self._redis.register_script(COUNT)
        self._locks = InOrder()

    async def get(self, key: str) -> bytes | None:
        """See `Store`."""
        async with _reached():
            return await self._redis.get(PREFIX + key)

    async def put(self, key: str, value: bytes, seconds: float) -> None:
        """See `Store`."""
        async with _reached():
            await self._redis.set(PREFIX + key, value, px=_milliseconds(seconds))

    async def put_new(self, key: str, seconds: float) -> bool:
        """See `Store`."""
        async with _reached():
            return bool(await self._redis.set(PREFIX + key, b"", px=_milliseconds(seconds), nx=True))

    async def count(self, key: str, seconds: float) -> int:
        """See `Store`."""
        async with _reached():
            return int(await self._count(keys=[PREFIX + key], args=[_milliseconds(seconds)]))

    async def delete(self, key: str) -> None:
        """See `Store`."""
        async with _reached():
            await self._redis.delete(PREFIX + key)

    @asynccontextmanager
    async def lock(self, key: str) -> AsyncIterator[None]:
        """See `Store`. In order within this process; between processes, whoever asks first after it is free."""
        async with self._locks.hold(key, WAIT_SECONDS):
            lock = self._redis.lock(
                f"{PREFIX}lock:{key}", timeout=HOLD_SECONDS, sleep=POLL_SECONDS, blocking_timeout=WAIT_SECONDS
            )
            async with _reached():
                if not await lock.acquire(token=secrets.token_hex(16)):
                    raise StoreBusy("another turn of the conversation takes too long")
            try:
                yield
            finally:
                try:
                    async with _reached():
                        await lock.release()
                except (LockError, StoreUnavailable):
                    pass  # it goes by itself

    async def ping(self) -> None:
        """See `Store`. Writes, because a full Redis still answers a ping."""
        await self.put("ping:", b"", CALL_SECONDS)

    async def forget_the_idle(self) -> None:
        """Redis does that itself."""

    async def close(self) -> None:
        """See `Store`."""
        await self._redis.close()
        await self._pool.disconnect()


@asynccontextmanager
async def _reached() -> AsyncIterator[None]:
    """Turns whatever went wrong between us and Redis into one error without details of the request."""
    try:
        yield
    except LockError:
        raise
    except (RedisError, OSError, TimeoutError) as error:
        raise StoreUnavailable(f"Redis cannot be used now ({type(error).__name__})") from None


def _milliseconds(seconds: float) -> int:
    return max(1, round(1000 * seconds))
