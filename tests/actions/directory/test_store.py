"""The directory: written whole, read fast, checked where somebody edited it."""

import json

import pytest

from actions.directory import store
from actions.directory.duplicates import Index
from actions.knowledge.library import Library, configure_directory, library
from actions.knowledge.yaml_file import DataError
from tests.actions.directory.given import service
from tests.actions.directory.test_round_trip import ANYTHING

LINES = service("line-ends", description="one\u2028two\x85three\x0bfour")


def test_what_is_written_is_read(tmp_path):
    file = tmp_path / "directory.jsonl"
    store.write(file, [ANYTHING, LINES])
    assert store.read(file) == (ANYTHING, LINES)
    assert list(tmp_path.iterdir()) == [file]
    store.write(file, [])
    assert store.read(file) == () and store.read(tmp_path / "none.jsonl") == ()


def test_the_seal_and_the_check_make_the_same(tmp_path):
    file = tmp_path / "directory.jsonl"
    store.write(file, [ANYTHING, LINES])
    sealed = store.read(file)
    file.write_text(file.read_text() + "\n")
    checked = store.read(file)
    assert sealed == checked
    for one, other in zip(sealed, checked, strict=True):
        assert repr(one) == repr(other) and one.copy(update={}) == other and one.json() == other.json()
        assert one.voice == other.voice and hash(one.phones[0]) == hash(other.phones[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"police_contact": "sometimes"}, r"line 1 \(a-shelter\): police_contact: unexpected value"),
        ({"assured_date": "soon"}, r"line 1 \(a-shelter\): assured_date: "),
        ({"nonsense": 1}, r"line 1 \(a-shelter\): nonsense: extra fields not permitted"),
    ],
)
def test_an_edited_file_is_checked(change, said, tmp_path):
    file = tmp_path / "directory.jsonl"
    store.write(file, [service()])
    first, seal = file.read_text().splitlines()
    file.write_text(json.dumps({**json.loads(first), **change}) + f"\n{seal}\n")
    with pytest.raises(DataError, match=said):
        store.read(file)


@pytest.mark.parametrize("text", ["{", "\x00", "[1]", "null"])
def test_a_file_that_is_no_directory(text, tmp_path):
    file = tmp_path / "directory.jsonl"
    file.write_text(text)
    with pytest.raises(DataError, match="line 1"):
        store.read(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(DataError, match="UTF-8"):
        store.read(file)


def test_a_write_that_fails_leaves_the_old_one(tmp_path):
    file = tmp_path / "directory.jsonl"
    store.write(file, [service()])

    def broken():
        yield service("another")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        store.write(file, broken())
    assert store.read(file) == (service(),) and list(tmp_path.iterdir()) == [file]


def test_the_library_has_them_beside_its_own(tmp_path):
    file = tmp_path / "directory.jsonl"
    own = Library.load().services
    store.write(file, [service("a-shelter"), own[0].copy(update={"id": "the-same-again"})])
    assert Library.load(directory=file).services == (*own, service("a-shelter"))
    try:
        configure_directory(file)
        assert library().services[-1].id == "a-shelter"
        assert library() is library()
    finally:
        configure_directory(None)
    assert library().services == own


def test_nothing_of_its_own_is_another():
    own = Library.load().services
    assert len(Index(own).services) == len(own)
