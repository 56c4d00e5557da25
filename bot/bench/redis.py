"""A Redis of the benchmark's own, on a port of this machine, for several workers of stock Rasa."""

import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.bench.process import said, started
from bot.bench.serving import free_port
from bot.bench.wrong import CannotBench
from bot.load.service import REDIS

START_SECONDS = 10.0


@contextmanager
def redis(folder: Path) -> Iterator[int]:
    """Its port. It writes nothing to disk. Raises `CannotBench`."""
    program, port, printed = shutil.which(REDIS), free_port(), folder / "redis.printed"
    if not program:
        raise CannotBench(f"{REDIS} is not installed.")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with started(command, folder, printed):
        until = time.monotonic() + START_SECONDS
        while not _listens(port):
            if time.monotonic() > until:
                raise CannotBench(f"{REDIS} did not start: {said(printed)}")
            time.sleep(0.05)
        yield port


def _listens(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0
