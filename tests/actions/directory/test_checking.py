"""The operator's own file is checked line by line, and what is wrong is said by file, line and id."""

import datetime as dt
import json

import pytest

from actions.directory import checking, store
from actions.directory.checking import check_directory
from actions.knowledge.library import library
from tests.actions.directory.given import TODAY, service


@pytest.fixture
def file(tmp_path):
    return tmp_path / "directory.jsonl"


def found(file) -> list[tuple[str, str, bool]]:
    return [(p.where, p.what, p.is_error) for p in check_directory(file, library(), TODAY)]


def test_what_an_import_wrote_is_in_order(file):
    assert found(file) == []
    store.write(file, [service(), service("day-center")])
    assert found(file) == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"phones": (), "url": None}, "is active, but there is no way to reach it"),
        ({"description": "Call 503-555-0100."}, "description: a number stands before what the service does about the"),
        ({"service_areas": ({"state": "ZZ"},)}, "service_areas: ZZ is no postal code we know"),
        ({"assured_date": TODAY + dt.timedelta(days=1)}, "assured_date: was checked on 2026-11-26, which is still to"),
    ],
)
def test_a_service_that_is_wrong(changes, what, file):
    store.write(file, [service(), service("b-shelter", **changes)])
    ((where, said, is_error),) = found(file)
    assert where == f"{file}: line 2 (b-shelter)" and said.startswith(what) and is_error


def test_every_broken_line_is_named(file):
    rows = [json.loads(service(name).json()) for name in ("a-shelter", "b-shelter", "c-shelter")]
    rows[1]["police_contact"] = "sometimes"
    del rows[2]["name"]
    file.write_text("\n".join([*map(json.dumps, rows), "{", ""]))
    said = found(file)
    assert [where for where, _, _ in said] == [
        f"{file}: line 2 (b-shelter)",
        f"{file}: line 3 (c-shelter)",
        f"{file}: line 4",
    ]
    assert [what.split(":")[0] for _, what, _ in said] == ["police_contact", "name", "not valid JSON"]
    assert all(is_error for _, _, is_error in said)


def test_a_file_that_is_no_text(file):
    file.write_bytes(b"\xff\xfe")
    assert found(file) == [(str(file), "cannot be read as UTF-8 text (UnicodeDecodeError)", True)]


def test_the_same_twice(file):
    ours = library().services[0]
    store.write(file, [service(), service(), ours.copy(update={"id": "theirs"})])
    assert found(file) == [
        (f"{file}: line 2 (a-shelter)", "its id stands twice", True),
        (f"{file}: line 3 (theirs)", f"is Lantern's own {ours.id}, so this entry is not used", False),
    ]


def test_words_of_others_are_noted_but_are_no_error(file, monkeypatch):
    monkeypatch.setattr(checking, "WORDS_MOST", 2)
    store.write(file, [service(f"shelter-{n}", description="Rescue for prostitutes.") for n in range(5)])
    notes = found(file)
    assert len(notes) == 3 and not any(is_error for _, _, is_error in notes)
    assert "says" in notes[0][1] and notes[2][1] == "3 more services say words we avoid"
