"""The files of a tabular data package: a folder or a .zip of CSV files. Nothing is ever unpacked onto the disk."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from actions.directory.problems import CannotRead, Problem

UNPACKED_MAX = 1_000_000_000  # bytes of all files of a .zip together
FILES_MAX = 1_000


class Package(Protocol):
    """Files by their names, without folders."""

    name: str

    def has(self, file: str) -> bool:
        """Whether it has a file of that name."""

    @contextmanager
    def open(self, file: str) -> Iterator[BinaryIO]:
        """The file of that name, to read. Raises `CannotRead`."""


class Folder:
    """A folder of files."""

    def __init__(self, path: Path) -> None:
        self.name, self._path = path.name, path

    def has(self, file: str) -> bool:
        """Whether it has a file of that name."""
        return (self._path / file).is_file()

    @contextmanager
    def open(self, file: str) -> Iterator[BinaryIO]:
        """The file of that name, to read."""
        try:
            with (self._path / file).open("rb") as opened:
                yield opened
        except OSError as error:
            raise CannotRead(Problem(file, None, "", f"cannot be read ({error.strerror})")) from None


class Zip:
    """The files of a .zip, read in place, wherever in it they lie.

    Raises `CannotRead` for one that is broken or locked, unpacks to more than a gigabyte, or names files outside it.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise self._wrong(f"is not a .zip that can be read ({error})") from None
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > FILES_MAX or sum(entry.file_size for entry in entries) > UNPACKED_MAX:
            raise self._wrong(f"unpacks to more than {UNPACKED_MAX:,} bytes or {FILES_MAX:,} files")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            path_inside = PurePosixPath(entry.filename.replace("\\", "/"))
            if path_inside.is_absolute() or ".." in path_inside.parts or ":" in entry.filename:
                raise self._wrong(f"has a file that lies outside it ({entry.filename!r})")
            if entry.flag_bits & 1:
                raise self._wrong(f"is locked with a password ({entry.filename})")
            if "__MACOSX" in path_inside.parts:
                continue
            if path_inside.name in self._entries:
                raise self._wrong(f"has {path_inside.name} twice")
            self._entries[path_inside.name] = entry

    def has(self, file: str) -> bool:
        """Whether it has a file of that name."""
        return file in self._entries

    @contextmanager
    def open(self, file: str) -> Iterator[BinaryIO]:
        """The file of that name, to read."""
        try:
            with self._zip.open(self._entries[file]) as opened:
                yield opened  # type: ignore[misc]
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise CannotRead(Problem(f"{self.name}/{file}", None, "", f"cannot be unpacked ({error})")) from None

    def _wrong(self, message: str) -> CannotRead:
        return CannotRead(Problem(self.name, None, "", message))
