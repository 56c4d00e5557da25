"""Who asked for no more texts: a keyed hash each, nothing else, for as long as the person does not undo it.

It is the one thing about a person that outlives a conversation. On disk it is a folder with an empty file for each
hash: adding and removing are single steps of the file system, so several processes can share it and none can leave it
half-written. The file `key` tells which secret the hashes were made with; with another one nobody could be found in
it any more, so it is refused. Hosts that share no folder keep them in Redis (`StoredOptOuts`).
"""

import asyncio
import os
from pathlib import Path
from typing import Protocol

from bot.store import Store

KEY_FILE = "key"
TEN_YEARS = 10 * 365 * 24 * 3600


class OptOutsUnusable(RuntimeError):
    """It cannot be known who opted out, so nobody may be answered. `str(error)` says why; it names no person."""


class OptOuts(Protocol):
    """Hashes of people who want no texts. Every method may raise `OptOutsUnusable`."""

    async def has(self, sender: str) -> bool:
        """True where `sender` wants no texts."""

    async def add(self, sender: str) -> None:
        """`sender` wants no texts, from now on."""

    async def remove(self, sender: str) -> None:
        """`sender` wants texts again."""


class MemoryOptOuts:
    """Lasts as long as the process; for the simulator and for tests."""

    def __init__(self) -> None:
        self._senders: set[str] = set()

    async def has(self, sender: str) -> bool:
        """True where `sender` wants no texts."""
        return sender in self._senders

    async def add(self, sender: str) -> None:
        """`sender` wants no texts, from now on."""
        self._senders.add(sender)

    async def remove(self, sender: str) -> None:
        """`sender` wants texts again."""
        self._senders.discard(sender)


class StoredOptOuts:
    """Lasts as long as Redis keeps its data (`appendonly yes`), for hosts that share no folder.

    Args:
        store: shared by all hosts.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def has(self, sender: str) -> bool:
        """True where `sender` wants no texts."""
        return await self._store.get(_key(sender)) is not None

    async def add(self, sender: str) -> None:
        """`sender` wants no texts, from now on."""
        await self._store.put(_key(sender), b"", TEN_YEARS)

    async def remove(self, sender: str) -> None:
        """`sender` wants texts again."""
        await self._store.delete(_key(sender))


class FolderOptOuts:
    """Lasts. The folder is made where it does not exist yet.

    Args:
        folder: one empty file a hash.
        fingerprint: of the key the hashes are made with.

    Raises:
        OptOutsUnusable: the folder cannot be written, or belongs to another key.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder, self._fingerprint = folder, fingerprint
        try:
            if not folder.exists():
                folder.mkdir(mode=0o700, parents=True)
                (folder / KEY_FILE).write_text(fingerprint, encoding="ascii")
            self._check()
            if not os.access(folder, os.W_OK | os.X_OK):
                raise OptOutsUnusable(f"{folder} cannot be written")
        except OSError as error:
            raise self._unusable(error) from None

    async def has(self, sender: str) -> bool:
        """True where `sender` wants no texts."""
        try:
            self._check()
            (self._folder / sender).lstat()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self._unusable(error) from None
        return True

    async def add(self, sender: str) -> None:
        """`sender` wants no texts, from now on. On disk when this returns."""
        await asyncio.to_thread(self._write, sender)

    async def remove(self, sender: str) -> None:
        """`sender` wants texts again."""
        try:
            self._check()
            (self._folder / sender).unlink(missing_ok=True)
        except OSError as error:
            raise self._unusable(error) from None

    def _write(self, sender: str) -> None:
        try:
            self._check()
            file = self._folder / sender
            file.touch(mode=0o600)
            os.utime(file, (0, 0))  # when somebody opted out is nobody's business
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise self._unusable(error) from None

    def _check(self) -> None:
        """A folder that vanished (a volume that is not mounted) must not look like one where nobody opted out."""
        try:
            made_with = (self._folder / KEY_FILE).read_text(encoding="ascii")
        except OSError as error:
            raise self._unusable(error) from None
        if made_with != self._fingerprint:
            raise OptOutsUnusable(
                f"{self._folder} was made with another LANTERN_SECRET. Set that one again: with a new one, nobody who "
                "asked for no more texts can be found in it"
            )

    def _unusable(self, error: OSError) -> OptOutsUnusable:
        return OptOutsUnusable(f"{self._folder} cannot be used ({error.strerror})")


def _key(sender: str) -> str:
    return f"optout:{sender}"
