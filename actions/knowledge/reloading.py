"""A running process has what is the operator's own, as it is now, within seconds and without being started again."""

import logging
from collections.abc import Iterable
from pathlib import Path
from threading import Thread

from actions.knowledge.library import own_places, reload
from actions.knowledge.yaml_file import DataError

logger = logging.getLogger(__name__)
Stamp = tuple[str, int, int, int]


def stamps(places: Iterable[Path | None]) -> tuple[Stamp, ...]:
    """What is another where a file of `places`, or of the folders among them, is; nothing where there is none."""
    files = (file for place in places if place for file in (place, *sorted(place.rglob("*"))))
    try:
        return tuple(found for file in files if (found := _stamp(file)))
    except OSError:  # a folder went while it was looked through: the next look sees what became of it
        return ()


def _stamp(file: Path) -> Stamp | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return str(file), found.st_mtime_ns, found.st_size, found.st_ino


class Reloading:
    """Reads the directory and the overlay again when a file of theirs is another one.

    A large one takes some seconds, so a thread of its own reads it, and answers come from the old one meanwhile. They
    stay with the old one where the new one is broken.
    """

    def __init__(self) -> None:
        self._places = own_places()
        self._seen = stamps(self._places)
        self._thread: Thread | None = None

    def look(self) -> None:
        """Begins to read where the file is another one than at the last look."""
        if self._thread and self._thread.is_alive():
            return
        if self._places != own_places():  # they were configured since, and have been read from there
            self._places = own_places()
            self._seen = stamps(self._places)
        elif (now := stamps(self._places)) != self._seen:
            self._seen = now
            self._thread = Thread(target=_reload, name="directory", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Returns when nothing is being read."""
        if self._thread:
            self._thread.join()


def _reload() -> None:
    try:
        reload()
    except DataError as error:
        logger.error("What is your own cannot be read, the old one stays: %s", error)
