"""Redis when it is slow, full, killed, and back."""

import asyncio
import time

import pytest

from bot.store import StoreUnavailable
from bot.store.redis import PREFIX, RedisStore


@pytest.fixture
async def store(redis_server):
    store = RedisStore(redis_server.url)
    yield store
    await store.close()


async def test_every_key_has_our_prefix_and_a_time_to_live(store, redis_server):
    await store.put("talk:a", b"1", 900)
    await store.put_new("seen:a", 900)
    await store.count("turns:a", 900)
    async with store.lock("a"):
        keys = list(redis_server.client().scan_iter())
        assert len(keys) == 4
        for key in keys:
            assert key.startswith(PREFIX.encode())
            assert redis_server.client().ttl(key) > 0
    assert len(redis_server.everything()) == 3


async def test_killed_it_is_unavailable_at_once_and_back_it_works_without_a_restart(store, redis_server):
    await store.put("talk:a", b"1", 60)
    redis_server.kill()
    before = time.monotonic()
    for act in (store.get("talk:a"), store.put("talk:a", b"", 1), store.count("a:b", 1), store.ping()):
        with pytest.raises(StoreUnavailable):
            await act
    with pytest.raises(StoreUnavailable):
        async with store.lock("a"):
            pass
    assert time.monotonic() - before < 8
    redis_server.start()
    await store.put("talk:a", b"2", 60)
    assert await store.get("talk:a") == b"2"


async def test_a_lock_whose_holder_lost_redis_does_not_fail_the_turn(store, redis_server):
    async with store.lock("a"):
        redis_server.kill()
    redis_server.start()
    async with store.lock("a"):
        pass


async def test_full_it_is_unavailable(store, redis_server):
    redis_server.client().config_set("maxmemory", "1")
    with pytest.raises(StoreUnavailable):
        await store.put("talk:a", b"1", 60)
    with pytest.raises(StoreUnavailable):
        await store.ping()


async def test_one_that_hangs_is_not_waited_for(store, redis_server):
    await store.ping()
    redis_server.client().execute_command("CLIENT", "PAUSE", "3000")
    before = time.monotonic()
    with pytest.raises(StoreUnavailable):
        await store.get("talk:a")
    assert time.monotonic() - before < 2.5


def stand_still(seconds: float) -> None:
    """What a turn does to the loop while it is worked out."""
    time.sleep(seconds)


async def test_a_busy_process_waits_for_its_turn_and_not_for_redis(redis_server, monkeypatch):
    monkeypatch.setattr("bot.store.redis.CALL_SECONDS", 0.5)
    monkeypatch.setattr("bot.store.redis.QUEUE_SECONDS", 60.0)  # on a machine that does much else besides
    store = RedisStore(redis_server.url)

    async def turn(number: int) -> bytes | None:
        for _ in range(2):
            await store.put(f"talk:{number}", b"%d" % number, 60)
            stand_still(0.005)  # 256 of these take longer than Redis may
        return await store.get(f"talk:{number}")

    assert await asyncio.gather(*map(turn, range(256))) == [b"%d" % number for number in range(256)]
    await store.close()


async def test_two_processes_do_not_interleave_turns(redis_server):
    one, other = RedisStore(redis_server.url), RedisStore(redis_server.url)
    inside = 0

    async def turn(store: RedisStore) -> None:
        nonlocal inside
        async with store.lock("a"):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(turn(store) for store in (one, other) for _ in range(4)))
    await one.close()
    await other.close()


async def test_an_error_says_nothing_of_the_key(store, redis_server):
    redis_server.kill()
    with pytest.raises(StoreUnavailable) as error:
        await store.get("talk:CANARY")
    assert "CANARY" not in str(error.value)
