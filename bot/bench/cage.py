"""A smaller machine within this one: so much memory, and a share of one processor.

Control groups of Linux do it where this process may make one (version 2 or 1); otherwise `ulimit -d`, which bounds
what a process asks for instead of what it uses, and nothing slows the processor.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.load.processes import MB

GROUPS = Path("/sys/fs/cgroup")
NAME = "lantern-bench"
PERIOD = 100_000  # microseconds
ONE_CORE = "taskset -c 0"


@dataclass(frozen=True)
class Cage:
    """Where a process is locked up.

    Attributes:
        prefix: of its command.
        how: what enforces the limits, in words.
        folders: of the control groups; none with `ulimit`.
    """

    prefix: Sequence[str]
    how: str
    folders: Sequence[Path] = ()

    def peak(self) -> int:
        """The most bytes that were used, page cache included; 0 where nobody counted."""
        for folder in self.folders:
            for name in ("memory.max_usage_in_bytes", "memory.peak"):
                if (folder / name).exists():
                    return int((folder / name).read_text())
        return 0


@contextmanager
def cage(megabytes: int, share: float, groups: Path = GROUPS) -> Iterator[Cage]:
    """A place for so much memory and a share of one core (0.5 is half its speed)."""
    made: list[Path] = []
    try:
        yield _made(megabytes * MB, share, groups, made)
    finally:
        for folder in made:
            _remove(folder)


def _made(limit: int, share: float, groups: Path, made: list[Path]) -> Cage:
    limits: dict[Path, dict[str, int | str]]
    if (groups / "memory").is_dir() and os.access(groups / "memory", os.W_OK):
        memory, processor = groups / "memory" / NAME, groups / "cpu" / NAME
        limits = {memory: {"memory.limit_in_bytes": limit}, processor: {"cpu.cfs_quota_us": int(PERIOD * share)}}
        how = "control groups, version 1 (memory.limit_in_bytes, cpu.cfs_quota_us)"
    elif (groups / "cgroup.controllers").exists() and os.access(groups, os.W_OK):
        both = groups / NAME
        limits = {both: {"memory.max": limit, "cpu.max": f"{int(PERIOD * share)} {PERIOD}"}}
        how = "a control group, version 2 (memory.max, cpu.max)"
    else:
        script = f'ulimit -d {limit // 1024} && exec {ONE_CORE} "$@"'
        return Cage(("sh", "-c", script, "sh"), "`ulimit -d` for memory; nothing slowed the processor")
    for folder, values in limits.items():
        folder.mkdir(exist_ok=True)
        made.append(folder)
        for name, value in values.items():
            (folder / name).write_text(str(value))
    enter = " && ".join(f"echo $$ > {folder / 'cgroup.procs'}" for folder in limits)
    return Cage(("sh", "-c", f'{enter} && exec {ONE_CORE} "$@"', "sh"), f"{how}, and `{ONE_CORE}`", tuple(limits))


def _remove(folder: Path) -> None:
    """Removes a control group; its last process may take a moment to be gone."""
    for _ in range(50):
        try:
            folder.rmdir()
            return
        except OSError:
            time.sleep(0.1)
