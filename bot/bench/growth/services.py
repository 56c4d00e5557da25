"""In a child: services of the directory. Ours, copied under other names until there are as many as asked."""

import os
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from actions.directory import store
from actions.knowledge.library import Library, library
from actions.knowledge.service_records import Service
from actions.services.search import AT_ONCE, Directory
from actions.services.wish import Wish
from bot.bench.growth.memory import megabytes
from bot.bench.side import rounded


def measure(size: int) -> dict[str, Any]:
    """Seconds to read and to index so many, memory that they take, and the time of a search."""
    known = library()
    _ = [*_searches(known.directory, known)]  # reads the towns, which every size needs
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "directory.jsonl"
        child = os.fork()  # what writing takes is not part of what reading takes
        if not child:
            store.write(file, _copies(known, size))
            os._exit(0)
        os.waitpid(child, 0)
        before, began = megabytes(), time.perf_counter()
        services = store.read(file)
        read = time.perf_counter() - began
    began = time.perf_counter()
    directory = Directory(services)
    indexed = time.perf_counter() - began
    searches = sorted(_searches(directory, known))
    return {
        "services": len(services),
        "read_seconds": rounded(read),
        "index_seconds": rounded(indexed),
        "memory_mb": rounded(max(0.0, megabytes() - before)),
        "search_ms": rounded(median(searches)),
        "search_p99_ms": rounded(searches[int(0.99 * len(searches))]),
    }


def _copies(known: Library, size: int) -> Iterator[Service]:
    for number, service in enumerate(islice(cycle(known.services), size)):
        again = number // len(known.services)
        yield service.copy(update={"id": f"{service.id}-{again}", "name": f"{service.name} {again}"})


def _searches(directory: Directory, known: Library) -> Iterator[float]:
    """Milliseconds of the search for every need in every state, as far as what is shown of it."""
    for need in known.needs.needs.values():
        for state in known.laws:
            began = time.perf_counter()
            _ = directory.find(Wish(need, state=state))[:AT_ONCE]
            yield 1000 * (time.perf_counter() - began)
