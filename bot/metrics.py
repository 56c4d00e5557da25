"""Counts for whoever runs this, in Prometheus's form: topics, languages, channels, alarms. Never words, never ids.

A count under ten is not shown: a single number could be somebody. Others are shown in whole tens, so that who asks
again and again does not see when somebody came. With several workers each writes its counts into a shared folder in
memory, and one of them shows the sum; the folder goes with the service.

What the months are counted from (`bot/monthly`) is here too and is never shown: places in it, seen as they change,
would tell which topic somebody from there asked about.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.turn import Exchange, Turn

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Metric

FEWEST = 10
STEP = 10
CELLS = "lantern_cells"
SHARED = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own name
MEMORY = Path("/dev/shm")  # noqa: S108


def share_between_workers() -> None:
    """Call before anything is counted, in the process that starts the workers."""
    if SHARED not in os.environ:
        folder = tempfile.mkdtemp(prefix="counts-", dir=MEMORY if MEMORY.is_dir() else None)
        os.environ[SHARED] = folder
        atexit.register(shutil.rmtree, folder, ignore_errors=True)  # workers end without it; this process does not


def cells_of_workers() -> Mapping[str, int]:
    """Everything all workers counted for the months, those that ended included."""
    from prometheus_client import CollectorRegistry, multiprocess

    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return _cells(registry)


def _cells(registry: "CollectorRegistry") -> Mapping[str, int]:
    samples = (sample for family in registry.collect() if family.name == CELLS for sample in family.samples)
    return {s.labels["cell"]: round(s.value) for s in samples if s.name.endswith("_total")}


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
        self._cells = Counter(CELLS, "Talks and messages, for the months.", ("cell",), registry=shown_in)
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

    def add(self, cells: Iterable[str]) -> None:
        """Counts one more of each cell of the months."""
        for cell in cells:
            self._cells.labels(cell).inc()

    def cells(self) -> Mapping[str, int]:
        """What was counted for the months."""
        return _cells(self._registry)

    def text(self) -> str:
        """Everything that may be shown."""
        from prometheus_client.openmetrics.exposition import generate_latest

        return generate_latest(_Shown(self._registry)).decode()


class _Shown:
    """A registry in whole tens, without what is too small to show or only for the months."""

    def __init__(self, registry: "CollectorRegistry") -> None:
        self._registry = registry

    def collect(self) -> "Iterable[Metric]":
        for family in self._registry.collect():
            if family.name == CELLS:
                continue
            if family.type == "counter":
                shown = (s for s in family.samples if s.name.endswith("_total") and s.value >= FEWEST)
                family.samples = [s._replace(value=s.value // STEP * STEP) for s in shown]
            yield family


def application(counts: Counts) -> web.Application:
    """What answers on the address for operators."""

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(text=counts.text(), headers={"Content-Type": "application/openmetrics-text; version=1.0.0"})

    app = web.Application()
    app.router.add_get("/metrics", metrics)
    return app
