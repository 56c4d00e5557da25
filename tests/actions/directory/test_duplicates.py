"""One service twice: the same name and a number in common."""

import pytest

from actions.directory.duplicates import Index, merged
from tests.actions.directory.given import hsds, read, service, uid, write_json


def same(one, other) -> bool:
    return Index([one]).find(other) is not None


@pytest.mark.parametrize(
    ("name", "number", "is_same"),
    [
        ("Night Shelter", "503-555-0100", True),
        ("The NIGHT  shelter, Inc.", "+1 (503) 555-0100", True),
        ("Night Shelter", "1-503-555-0100 (1-503-555-HELP)", True),
        ("Night Shelter", "503-555-0199", False),
        ("Day Shelter", "503-555-0100", False),
    ],
)
def test_name_and_number(name, number, is_same):
    one = service("one", name="Night Shelter", phones=({"number": "503-555-0100"}, {"number": "988"}))
    assert same(one, service("two", name=name, phones=({"number": number},))) is is_same


def test_accents_and_scripts():
    assert same(service("1", name="Casa de Salud José"), service("2", name="CASA DE SALUD JOSE"))
    assert not same(service("1", name="女性の家"), service("2", name="別の家"))


def test_a_page_where_there_is_no_number():
    one = service("1", name="Zine", phones=(), url="https://www.zine.example/")
    assert same(one, service("2", name="Zine", phones=(), url="http://zine.example"))
    assert not same(one, service("3", name="Zine", phones=(), url="https://other.example"))
    assert not same(one, service("4", name="Zine", phones=()))


def test_of_two_the_more_careful_word_on_police_stays():
    known = service("1", name="x", police_contact="never_without_consent", url=None, needs=("food",))
    other = service(
        "2", name="x", police_contact="may_report_minors", police_contact_note="It must.", url="https://x.example"
    )
    for pair in ((known, other), (other, known)):
        both = merged(*pair)
        assert (both.police_contact, both.police_contact_note) == ("may_report_minors", "It must.")
        assert {*both.needs} == {"food", "emergency_shelter"} and both.url == "https://x.example"
    silent = service("3", name="x", police_contact="unknown", police_contact_note="?")
    assert merged(silent, known).police_contact == "never_without_consent"


def test_two_in_one_directory_become_one(tmp_path):
    one = hsds()
    two = hsds("Night Shelter", id=uid("again"), email="beds@example.org", assured_date="2026-11-01")
    three = hsds("The night shelter", id=uid("third"), languages=[{"id": "1", "name": "Thai"}])
    found = read(write_json(tmp_path / "three.json", one, two, three))
    (only,) = found.services
    assert only.email == "beds@example.org" and only.languages == ("Thai",) and only.id == one["id"]
    assert str(only.assured_date) == "2026-11-01"
    assert [(m.given, m.kept, m.built_in) for m in found.merged] == [
        (two["id"], one["id"], False),
        (three["id"], one["id"], False),
    ]


def test_what_is_built_in_stays_as_it_is(tmp_path):
    ours = service("night-shelter", name="Night Shelter", status="defunct", status_note="It closed.")
    found = read(write_json(tmp_path / "two.json", hsds(), hsds("Day Center")), built_in=[ours])
    assert [s.name for s in found.services] == ["Day Center"]
    assert str(found.merged[0]) == (
        f"{hsds()['id']} is Lantern's own night-shelter, “Night Shelter” (status: defunct here, active there)"
    )


def test_adding_keeps_what_was_there_and_takes_what_is_new(tmp_path):
    first = read(write_json(tmp_path / "first.json", hsds(), hsds("Day Center")))
    second = write_json(tmp_path / "second.json", hsds(email="new@example.org"), hsds("Third"))
    found = read(second, keep=first.services)
    assert {s.name: s.email for s in found.services} == {
        "Day Center": None,
        "Night Shelter": "new@example.org",
        "Third": None,
    }
    assert found.replaced == [hsds()["id"]] and not found.merged
