"""Canned answers: python -m tests.served_by_workers HOST:PORT WORKERS REDIS_URL METRICS [COUNTS]."""

import asyncio
import sys
from pathlib import Path

from bot import logs
from bot.metrics import share_between_workers
from bot.server import listen, serve
from bot.settings import Settings
from bot.store.memory import MemoryStore
from bot.store.redis import RedisStore
from bot.workers import Workers
from tests.browser.served import CannedLantern


def main(address: str, workers: str, redis_url: str, metrics: str, counts: str = "") -> None:
    logs.quiet()
    host, _, port = address.rpartition(":")
    settings = Settings(
        host=host, port=int(port), workers=int(workers), redis_url=redis_url, secret="only for tests, only",
        metrics=metrics, counts=Path(counts) if counts else None,
    )  # fmt: skip
    listening = listen(host, int(port))

    def load() -> CannedLantern:
        return CannedLantern(delay=0.01, store=RedisStore(redis_url) if redis_url else MemoryStore())

    def ready() -> None:
        print("ready", flush=True)  # noqa: T201

    if settings.workers == 1:
        ready()
        asyncio.run(serve(load(), settings, listening))
        return
    share_between_workers()
    Workers(load, settings, listening).run(ready)


if __name__ == "__main__":
    main(*sys.argv[1:])
