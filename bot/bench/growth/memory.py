"""In a child: what this process takes."""

import gc
import os

from bot.load.processes import MB, memory


def megabytes() -> float:
    """Resident memory of this process, after its garbage is gone."""
    gc.collect()
    return memory(os.getpid()) / MB
