"""Connections that ask for nothing do not use up all places."""

import asyncio

from bot import connections
from bot.connections import CONNECTIONS


async def silent(client, count: int):
    pairs = [await asyncio.open_connection(client.host, client.port) for _ in range(count)]
    await asyncio.sleep(0.05)
    return pairs


async def is_closed(reader: asyncio.StreamReader) -> bool:
    try:
        return await asyncio.wait_for(reader.read(), 0.2) == b""
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False


async def test_half_a_head_is_not_waited_for_forever(new_client):
    client = await new_client()
    watch, server = client.app[CONNECTIONS], client.server.runner.server
    now = 0.0
    watch._clock = lambda: now
    [(reader, writer)] = await silent(client, 1)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n")
    watch.close_the_slow(server)
    assert not await is_closed(reader)
    now = connections.HEAD_SECONDS + 1
    watch.close_the_slow(server)
    assert await is_closed(reader)


async def test_one_that_asked_something_stays(new_client):
    client = await new_client()
    watch, server = client.app[CONNECTIONS], client.server.runner.server
    now = 0.0
    watch._clock = lambda: now
    [(reader, writer)] = await silent(client, 1)
    writer.write(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
    assert b"200 OK" in await reader.readline()
    watch.close_the_slow(server)
    now = connections.HEAD_SECONDS + 1
    watch.close_the_slow(server)
    writer.write(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
    await asyncio.sleep(0.05)
    assert b"200 OK" in await reader.read(4000)


async def test_where_there_are_too_many_the_oldest_silent_ones_go(new_client, monkeypatch):
    monkeypatch.setattr(connections, "MOST", 5)
    client = await new_client()
    pairs = await silent(client, 8)
    client.app[CONNECTIONS].close_the_slow(client.server.runner.server)
    closed = [await is_closed(reader) for reader, _ in pairs]
    assert closed == [True] * 3 + [False] * 5
    assert (await client.get("/health/live")).status == 200
