"""The two stores, side by side."""

import pytest

from bot.store.memory import MemoryStore
from bot.store.redis import RedisStore


@pytest.fixture(params=["memory", "redis"])
async def store(request):
    """Each test runs with both."""
    if request.param == "memory":
        yield MemoryStore()
        return
    store = RedisStore(request.getfixturevalue("redis_server").url)
    yield store
    await store.close()
