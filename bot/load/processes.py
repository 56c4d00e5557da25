"""What a tree of processes takes, as Linux tells it."""

import asyncio
import os
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
MB = 1024 * 1024


@dataclass(frozen=True)
class Sample:
    """Bytes at a moment (of `time.monotonic`): of the service, and of its Redis."""

    when: float
    service: int
    redis: int = 0


def end(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Asks `process` to end, and insists after `seconds`."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tree(pid: int, proc: Path = PROC) -> Iterator[int]:
    """`pid` and all its descendants that are still there."""
    yield pid
    for file in (proc / str(pid) / "task").glob("*/children"):
        for child in _text(file).split():
            yield from tree(int(child), proc)


def memory(pid: int, proc: Path = PROC) -> int:
    """Resident bytes of the tree; a page that several processes share counts once (PSS)."""
    return sum(_pss(proc / str(process) / "smaps_rollup") for process in tree(pid, proc))


def cpu_seconds(pid: int, proc: Path = PROC) -> float:
    """Processor time that the tree has taken."""
    ticks = 0
    for process in tree(pid, proc):
        after_name = _text(proc / str(process) / "stat").rpartition(")")[2].split()
        ticks += sum(map(int, after_name[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def machine_seconds(proc: Path = PROC) -> float:
    """Processor time that everything on this machine has taken."""
    user, nice, system, _idle, _waiting, irq, softirq = map(int, _text(proc / "stat").split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def watched(service: int, redis: int | None, every: float) -> AsyncIterator[list[Sample]]:
    """Samples of memory, one each `every` seconds, while the context lasts."""
    samples: list[Sample] = []

    def take() -> Sample:
        return Sample(time.monotonic(), memory(service), memory(redis) if redis else 0)

    async def watch() -> None:
        while True:
            samples.append(await asyncio.to_thread(take))
            await asyncio.sleep(every)

    watching = asyncio.create_task(watch())
    try:
        yield samples
    finally:
        watching.cancel()
        samples.append(take())


def _pss(file: Path) -> int:
    return sum(1024 * int(line.split()[1]) for line in _text(file).splitlines() if line.startswith("Pss:"))


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        return ""
