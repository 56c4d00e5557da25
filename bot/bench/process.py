"""Runs a command, and says how long it took and how much memory its whole process tree had at most."""

import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.bench.wrong import CannotBench
from bot.load.processes import cpu_seconds, end, memory

Command = Sequence[str | Path]
SAMPLE_SECONDS = 0.3
END_SECONDS = 20.0
SAID = 800  # characters of what a failed command printed last


@dataclass(frozen=True)
class Done:
    """What a command took; `peak` in bytes, pages that its processes share counted once (PSS)."""

    seconds: float
    cpu_seconds: float
    peak: int


class Peak:
    """The most that the trees of `pids` had at once, looked at every `SAMPLE_SECONDS` while the context lasts."""

    def __init__(self, *pids: int) -> None:
        self.pids, self.bytes, self.cpu_seconds = pids, 0, 0.0
        self._over = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Peak":
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watching.join()

    def _watch(self) -> None:
        while True:
            self.bytes = max(self.bytes, sum(map(memory, self.pids)))
            self.cpu_seconds = max(self.cpu_seconds, sum(map(cpu_seconds, self.pids)))
            if self._over.wait(SAMPLE_SECONDS):
                return


def environment(**given: str) -> dict[str, str]:
    """This process's environment without settings of Lantern's, quiet and with `given`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LANTERN_", "VIRTUAL_ENV"))}
    return {**kept, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", **given}


@contextmanager
def started(
    command: Command, folder: Path, printed: Path, given: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """`command` in `folder`, in a process group of its own that ends with the context; it prints into `printed`."""
    arguments = [str(part) for part in command]
    with printed.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603
            arguments,
            cwd=folder,
            env=environment(**(given or {})),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _end(process)


def measured(command: Command, folder: Path, printed: Path, given: Mapping[str, str] | None = None) -> Done:
    """Runs `command` to its end. Raises `CannotBench` with the end of what it printed where it fails."""
    began = time.perf_counter()
    before = _cpu_of_children()
    with started(command, folder, printed, given) as process, Peak(process.pid) as peak:
        code = process.wait()
    if code:
        raise CannotBench(f"{Path(command[0]).name} failed (exit {code}): {said(printed)}")
    took = max(peak.cpu_seconds, _cpu_of_children() - before)  # neither sees a grandchild that nobody waited for
    return Done(time.perf_counter() - began, took, peak.bytes)


def said(printed: Path) -> str:
    """The end of what a command printed."""
    return printed.read_text(errors="replace")[-SAID:].strip() or "it printed nothing"


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks, then insists; the rest of the group goes too."""
    end(process, END_SECONDS)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:  # nobody is left
        return
