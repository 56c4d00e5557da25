"""Bounds of the store within this process."""

from bot.store.memory import MemoryStore


async def test_each_kind_has_room_of_its_own():
    store = MemoryStore(most=2)
    await store.put("talk:a", b"", 60)
    for number in range(50):
        await store.count(f"address:{number}", 60)
    assert await store.get("talk:a") is not None
    assert len(store.kept()) == 3


async def test_the_one_unused_the_longest_makes_room():
    store = MemoryStore(most=2)
    for name in "abc":
        await store.put(f"talk:{name}", b"", 60)
    assert store.kept() == ["talk:b", "talk:c"]


async def test_what_is_past_its_time_leaves_memory_by_itself():
    now = 0.0
    store = MemoryStore(clock=lambda: now)
    await store.put("talk:a", b"words", 60)
    now = 61.0
    await store.forget_the_idle()
    assert all(len(kind) == 0 for kind in store._kinds.values())
