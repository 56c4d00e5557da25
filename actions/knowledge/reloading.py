"""A running process has a new directory of the operator's own within seconds, without being started again."""

import logging
from pathlib import Path
from threading import Thread

from actions.knowledge.library import directory_file, reload_directory
from actions.knowledge.yaml_file import DataError

logger = logging.getLogger(__name__)
Stamp = tuple[int, int, int]


def stamp(file: Path | None) -> Stamp | None:
    """What is another where a file is; None where there is none."""
    try:
        found = file.stat() if file else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found else None


class Reloading:
    """Reads the directory again when its file is another one.

    A large one takes some seconds, so a thread of its own reads it, and answers come from the old one meanwhile. They
    stay with the old one where the new one is broken.
    """

    def __init__(self) -> None:
        self._file = directory_file()
        self._seen = stamp(self._file)
        self._thread: Thread | None = None

    def look(self) -> None:
        """Begins to read where the file is another one than at the last look."""
        if self._thread and self._thread.is_alive():
            return
        if self._file != directory_file():  # it was configured since, and has been read from there
            self._file = directory_file()
            self._seen = stamp(self._file)
        elif (now := stamp(self._file)) != self._seen:
            self._seen = now
            self._thread = Thread(target=_reload, name="directory", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Returns when nothing is being read."""
        if self._thread:
            self._thread.join()


def _reload() -> None:
    try:
        reload_directory()
    except DataError as error:
        logger.error("The directory cannot be read, the old one stays: %s", error)
