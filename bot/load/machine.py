"""What the figures were measured on."""

import os
import platform
from pathlib import Path

GB = 1024**3


def described() -> str:
    """Processors, memory, system, and how busy the machine was before."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GB
    busy = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} processors ({_processor()}), {memory:.0f} GB, Linux {platform.release()}, "
        f"Python {platform.python_version()}; {busy:.1f} other processes wanted to run when it began"
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(errors="replace").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
