"""Counts for whoever runs this, in Prometheus's form: topics, languages, channels, alarms. Never words, never ids.

A count under ten is not shown: a single number could be somebody. With several workers each writes its counts into a
shared folder in memory, and one of them shows the sum.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from aiohttp import web

from bot.turn import Exchange, Turn

FEWEST = 10
SHARED = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own name
MEMORY = Path("/dev/shm")  # noqa: S108


def share_between_workers() -> None:
    """Call before anything is counted, in the process that starts the workers."""
    os.environ.setdefault(SHARED, tempfile.mkdtemp(prefix="counts-", dir=MEMORY if MEMORY.is_dir() else None))


class Counts:
    """What was answered, since this process (or its parent) started."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, multiprocess

        self._registry = CollectorRegistry()
        self._shared = SHARED in os.environ
        shown_in = None if self._shared else self._registry
        self._turns = Counter("lantern_turns", "Turns answered.", ("topic", "language", "channel"), registry=shown_in)
        self._alarms = Counter("lantern_alarms", "Turns in which the safety gate fired.", ("kind",), registry=shown_in)
        self._unsure = Counter(
            "lantern_unsure", "Turns in which the person was asked what was meant.", registry=shown_in
        )
        self._failed = Counter("lantern_failed", "Requests that failed.", ("status",), registry=shown_in)
        if self._shared:
            multiprocess.MultiProcessCollector(self._registry)

    def answered(self, turn: Turn, exchange: Exchange) -> None:
        """Counts one turn."""
        understood = exchange.understood
        self._turns.labels(understood.topic, understood.language, turn.channel).inc()
        if understood.gate:
            self._alarms.labels(understood.gate).inc()
        if not understood.sure:
            self._unsure.inc()

    def failed(self, status: int) -> None:
        """Counts one request that was refused or failed."""
        self._failed.labels(str(status)).inc()

    def text(self) -> str:
        """Everything that may be shown."""
        from prometheus_client.openmetrics.exposition import generate_latest

        return generate_latest(_Shown(self._registry)).decode()


class _Shown:
    """A registry without what is too small to show."""

    def __init__(self, registry: object) -> None:
        self._registry = registry

    def collect(self) -> Iterable[object]:
        for family in self._registry.collect():  # type: ignore[attr-defined]
            if family.type == "counter":
                family.samples = [s for s in family.samples if s.name.endswith("_total") and s.value >= FEWEST]
            yield family


def application(counts: Counts) -> web.Application:
    """What answers on the address for operators."""

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(text=counts.text(), headers={"Content-Type": "application/openmetrics-text; version=1.0.0"})

    app = web.Application()
    app.router.add_get("/metrics", metrics)
    return app
