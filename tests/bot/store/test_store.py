"""What both stores promise."""

import asyncio

import pytest

from bot.store import StoreBusy


async def test_a_value_is_kept_for_its_time(store):
    await store.put("talk:a", b"one", 60)
    await store.put("talk:a", b"two", 0.05)
    assert await store.get("talk:a") == b"two"
    await asyncio.sleep(0.08)
    assert await store.get("talk:a") is None


async def test_a_value_is_forgotten_on_demand(store):
    await store.put("talk:a", b"one", 60)
    await store.delete("talk:a")
    await store.delete("talk:never there")
    assert await store.get("talk:a") is None


async def test_a_mark_is_made_once(store):
    assert await store.put_new("seen:a", 0.05)
    assert not await store.put_new("seen:a", 60)
    await asyncio.sleep(0.08)
    assert await store.put_new("seen:a", 60)


async def test_counting_starts_anew_after_its_time(store):
    assert [await store.count("turns:a", 0.1) for _ in range(3)] == [1, 2, 3]
    assert await store.count("turns:b", 0.1) == 1
    await asyncio.sleep(0.15)
    assert await store.count("turns:a", 0.1) == 1


async def test_turns_that_hold_a_lock_do_not_overlap_and_go_in_order(store):
    log: list[str] = []

    async def turn(name: str) -> None:
        async with store.lock("a"):
            log.append(f"{name} in")
            await asyncio.sleep(0.01)
            log.append(f"{name} out")

    await asyncio.gather(*(turn(str(number)) for number in range(5)))
    assert log == [f"{number} {what}" for number in range(5) for what in ("in", "out")]


async def test_another_lock_is_free(store):
    async with store.lock("a"):
        async with asyncio.timeout(1):
            async with store.lock("b"):
                pass


async def test_waiting_for_a_lock_ends(store, monkeypatch):
    monkeypatch.setattr(f"{type(store).__module__}.WAIT_SECONDS", 0.05)
    async with store.lock("a"):
        with pytest.raises(StoreBusy):
            async with store.lock("a"):
                pass


async def test_an_error_inside_a_lock_frees_it(store):
    with pytest.raises(KeyError):
        async with store.lock("a"):
            raise KeyError
    async with store.lock("a"):
        pass


async def test_it_says_that_it_can_be_used(store):
    await store.ping()
    await store.forget_the_idle()
