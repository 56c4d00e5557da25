"""Connections that hold a place without asking for anything are closed, so that they cannot use up all places."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

HEAD_SECONDS = 15.0  # from connecting to a whole request line and headers
MOST = 4_000
SWEEP_SECONDS = 2.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Connections:
    """Watches the connections of one server.

    Args:
        clock: seconds, for tests.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._silent_since: dict[RequestHandler, float | None] = {}  # None: it sent a whole head once

    async def watch(self, server: web.Server) -> None:
        """Looks again and again, until cancelled."""
        while True:
            self.close_the_slow(server)
            await asyncio.sleep(SWEEP_SECONDS)

    def close_the_slow(self, server: web.Server) -> None:
        """Closes connections that sent no whole head in time, and the oldest of those where there are too many.

        One that asked something before is closed by aiohttp when it is idle.
        """
        now = self._clock()
        current = server.connections
        self._silent_since = {c: self._silent_since.get(c, now) for c in current}
        silent = sorted((since, at) for at, c in enumerate(current) if (since := self._silent_since[c]) is not None)
        for place, (since, at) in enumerate(silent):
            if place < len(current) - MOST or now - since > HEAD_SECONDS:
                current[at].force_close()
                if transport := current[at].transport:
                    transport.abort()

    def spoke(self, request: web.Request) -> None:
        """Notes that a whole head came in on the connection of `request`."""
        self._silent_since[request.protocol] = None


CONNECTIONS = web.AppKey("connections", Connections)


@web.middleware
async def heard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tells the application's `Connections` of each request."""
    request.app[CONNECTIONS].spoke(request)
    return await handler(request)
