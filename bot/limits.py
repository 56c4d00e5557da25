"""How much one conversation, one address and everybody together may ask, so that nobody keeps the others waiting.

Addresses become keyed hashes with a key that changes every hour, and are gone after a minute.
"""

import asyncio
import hmac
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

from aiohttp import web

from bot.settings import Settings
from bot.store import Store, StoreUnavailable

MINUTE = 60
HOUR = 3600
MOST_AT_ONCE = 256  # turns in one process, waiting ones included
TURN_SECONDS = 20  # reading the request and answering it
FORWARDED = "X-Forwarded-For"


class Limits:
    """The limits of one process; counts are in the store, so that several processes count together.

    Args:
        secret: key of the hashes.
    """

    def __init__(self, store: Store, settings: Settings, secret: str) -> None:
        self._store, self._settings, self._secret = store, settings, secret.encode()
        self._at_once = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Around everything a POST does.

        Raises:
            web.HTTPTooManyRequests: too many at once.
            TimeoutError: it took longer than a turn may.
        """
        if self._at_once >= MOST_AT_ONCE:
            raise too_many()
        self._at_once += 1
        try:
            async with asyncio.timeout(TURN_SECONDS):
                yield
        finally:
            self._at_once -= 1

    async def address(self, request: web.Request) -> None:
        """Counts a turn from its address. Raises `web.HTTPTooManyRequests` where that had too many."""
        if address := address_of(request, self._settings.proxies):
            await self._check(f"address:{self._hashed(address)}", self._settings.address_turns)

    async def session(self, request: web.Request, session: str) -> None:
        """Counts a turn of `session`. Raises `web.HTTPTooManyRequests` where it had too many."""
        if address_of(request, self._settings.proxies):
            await self._check(f"turns:{session}", self._settings.session_turns)

    async def _check(self, key: str, most: int) -> None:
        """Without its store nothing is refused here: a crisis has to be heard then too, and every other turn ends
        where it cannot be remembered."""
        try:
            counted = await self._store.count(key, MINUTE)
        except StoreUnavailable:
            return
        if counted > most:
            raise too_many()

    def _hashed(self, address: str) -> str:
        hour = int(time.time() // HOUR)
        return hmac.new(self._secret, f"address {hour} {address}".encode(), sha256).hexdigest()[:32]


def address_of(request: web.Request, proxies: int) -> str | None:
    """Whose request it is: as the outermost of our proxies saw it; None for a program on this machine.

    What stands before that in the header was written by whoever sent the request, and is not believed.
    """
    if not proxies:
        return None if request.remote in ("127.0.0.1", "::1", None) else request.remote
    named = [part.strip() for line in request.headers.getall(FORWARDED, []) for part in line.split(",")]
    return named[-proxies] if len(named) >= proxies else request.remote


def too_many() -> web.HTTPTooManyRequests:
    """The answer to too much."""
    return web.HTTPTooManyRequests(headers={"Retry-After": str(MINUTE)})
