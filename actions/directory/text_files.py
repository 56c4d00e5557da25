"""Somebody's text files, read row by row and never trusted: not UTF-8, one endless row, a quote that never closes."""

import codecs
import csv
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from actions.directory.problems import CannotRead, Problem

ROW_MAX = 1_000_000  # characters of one row, or of one service in JSON
CHUNK = 1 << 18
LISTS = (
    "services",
    "contents",
)  # what a list of services is called inside an object ("contents" in the standard's API)


def csv_rows(file: BinaryIO, name: str) -> Iterator[tuple[int, list[str]]]:
    """(row, its cells) of a CSV file, the column names first, as row 1. Raises `CannotRead`."""
    lines = _Lines(file, name)
    reader = csv.reader(lines, strict=True)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CannotRead(Problem(name, lines.row, "", f"is not valid CSV: {error}")) from None
        if any(cells):
            yield lines.row, cells


def json_lines(file: BinaryIO, name: str) -> Iterator[tuple[int, Any]]:
    """(line, its value) of a file with one JSON value a line. Raises `CannotRead`."""
    lines = _Lines(file, name)
    lines.begin()
    for line in lines:
        if line.strip():
            yield lines.row, _parsed(line, name, lines.row)
        lines.begin()


def json_list(file: BinaryIO, name: str) -> Iterator[tuple[int, Any]]:
    """(n, value) of the list in a JSON file: the file is the list, or holds it as "services" or "contents".

    An object that holds neither is a list of one. Raises `CannotRead`.
    """
    text = _Json(file, name)
    if text.next() == "[":
        yield from text.items()
        text.end()
        return
    if text.next() != "{":
        raise text.wrong("expected a list of services" if text.next() else "is empty")
    text.take("{")
    rest: dict[str, Any] = {}
    listed = False
    while text.next() != "}":
        key = text.value()
        if not isinstance(key, str):
            raise text.wrong("is not valid JSON: expected a name in quotation marks")
        text.take(":")
        if key in LISTS and text.next() == "[":
            listed = True
            yield from text.items()
        else:
            rest[key] = text.value()
        if text.next() != "}":
            text.take(",")
    text.take("}")
    text.end()
    if not listed:
        yield 1, rest


class _Lines:
    """The lines of a file as text; `row` counts what `begin` began, however many lines it takes."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self.row = 0
        self._size = 0
        self._first = True

    def begin(self) -> None:
        """The next line begins a row."""
        self.row += 1
        self._size = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline(ROW_MAX + 1)
        if not line:
            raise StopIteration
        self._size += len(line)
        if self._size > ROW_MAX:
            raise CannotRead(Problem(self._name, self.row, "", _TOO_LONG))
        if self._first:
            self._first = False
            _refuse_utf16(line, self._name)
            line = line.removeprefix(codecs.BOM_UTF8)
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise CannotRead(Problem(self._name, self.row, "", _not_utf8(error))) from None


class _Json:
    """A JSON file, taken value by value."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text, self._at, self._ended = "", 0, False
        self._row = 1

    def wrong(self, message: str) -> CannotRead:
        """What to raise."""
        return CannotRead(Problem(self._name, self._row, "", message))

    def next(self) -> str:
        """The next character that is no blank; "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in " \t\r\n":
                    return self._text[self._at]
                self._at += 1
            if not self._more(CHUNK):
                return ""

    def take(self, mark: str) -> None:
        """Passes over `mark`, which must come next."""
        if self.next() != mark:
            raise self.wrong(f"is not valid JSON: expected {mark}" + ("" if self.next() else ", but the file ends"))
        self._at += 1

    def end(self) -> None:
        """Nothing may follow."""
        if self.next():
            raise self.wrong("is not valid JSON: something follows its end")

    def value(self) -> Any:
        """The value that comes next."""
        self.next()
        chunk = CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
                if end < len(self._text) or not self._more(CHUNK):
                    if _is_half_a_character(self._text[self._at : end], value):
                        raise self.wrong(_HALF)
                    self._at = end
                    return value
            except RecursionError:
                raise self.wrong("is nested too deeply") from None
            except ValueError as error:
                if len(self._text) - self._at > ROW_MAX:
                    raise self.wrong(_TOO_LONG) from None
                if not self._more(chunk):
                    raise self.wrong(f"is not valid JSON: {error}") from None
                chunk *= 2

    def items(self) -> Iterator[tuple[int, Any]]:
        """(n, value) of the list that comes next."""
        self.take("[")
        self._row = 1
        while self.next() != "]":
            value = self.value()
            yield self._row, value
            if self.next() != "]":
                self.take(",")
            self._row += 1
        self.take("]")

    def _more(self, size: int) -> bool:
        """Reads on; False at the end of the file."""
        if self._ended:
            return False
        data = self._file.read(size)
        self._ended = not data
        if self._at == 0 and not self._text:
            _refuse_utf16(data, self._name)
        try:
            text = self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise self.wrong(_not_utf8(error)) from None
        self._text, self._at = self._text[self._at :] + text, 0
        return True


def _no_such_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _whole_number(digits: str) -> int:
    if len(digits) > 15:
        raise ValueError(f"{digits[:15]}… is too large a number")
    return int(digits)


def _is_half_a_character(text: str, value: Any) -> bool:
    """Whether a string escapes one half of a pair ("\\ud83d"), which no file can hold."""
    if "\\ud" not in text and "\\uD" not in text:
        return False
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


_DECODER = json.JSONDecoder(parse_constant=_no_such_number, parse_int=_whole_number)
_HALF = "is not valid JSON: a string has one half of a character"
_TOO_LONG = f"is longer than {ROW_MAX:,} characters"


def _parsed(text: str, name: str, row: int) -> Any:
    try:
        value = _DECODER.decode(text)
        if not _is_half_a_character(text, value):
            return value
        message = _HALF
    except RecursionError:
        message = "is nested too deeply"
    except ValueError as error:
        message = f"is not valid JSON: {error}"
    raise CannotRead(Problem(name, row, "", message))


def _refuse_utf16(start: bytes, name: str) -> None:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start[:4]:
        raise CannotRead(Problem(name, None, "", "is UTF-16; save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)"))


def _not_utf8(error: UnicodeDecodeError) -> str:
    byte = error.object[error.start]
    return f"is not UTF-8 (it has the byte {byte:#04x}); save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)"
