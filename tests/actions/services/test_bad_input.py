"""Places that are not there and needs we do not have get a clear answer, never a wrong place."""

import pytest

from actions.compose.services import services_answer, wish
from actions.conversation import Conversation
from actions.knowledge.library import library
from actions.knowledge.service_records import Need
from actions.knowledge.towns import town, town_of_zip
from actions.services.search import Directory
from actions.services.wish import Wish
from tests.actions.services.test_search import service


def shown(**talk) -> tuple[str, tuple[str, ...]]:
    """(what is said, ids of what is shown) for a place to sleep."""
    answer, ids = services_answer(library(), Conversation("need_shelter", "need_shelter", **talk), "need_shelter")
    return answer.text, ids


@pytest.mark.parametrize(
    "zip_code", ["00000", "99999", "1234", "123456", "", "9720a", "９７２０１", "-9720", "M5V 3L9"]
)
def test_a_zip_code_that_is_none(zip_code):
    assert town_of_zip(zip_code) is None


@pytest.mark.parametrize(("name", "state"), [("Toronto", "ON"), ("Tijuana", "BC"), ("Portland", "ZZ"), ("", "OR")])
def test_a_town_that_is_not_there(name, state):
    assert town(name, state) is None


@pytest.mark.parametrize("near", ["Nowhere At All, OR", "Toronto, ON", ", OR", "Portland", "", "Boise, ID"])
def test_a_town_that_is_not_in_the_state_leaves_the_state(near):
    talk = Conversation("need_shelter", "need_shelter", jurisdiction="OR", near=near)
    assert wish(library(), talk, "need_shelter").town is None
    assert shown(jurisdiction="OR", near=near) == shown(jurisdiction="OR")


@pytest.mark.parametrize("state", ["ON", "ZZ", "", "or", "Oregon"])
def test_a_state_that_is_none_finds_what_answers_from_anywhere(state):
    need = library().needs.needs["need_shelter"]
    directory = library().directory
    assert [*directory.find(Wish(need, state=state))] == [*directory.find(Wish(need))] != []


def test_no_place_at_all_names_lines_that_need_none():
    said, ids = shown()
    assert "These answer from anywhere in the U.S.:" in said
    assert all("US" in s.states for s in library().services if s.id in ids)


def test_a_need_that_nothing_meets_is_said():
    directory = Directory([service("s")])
    nothing = Wish(Need(tags=("rocket_science",), lead="x"), state="OR")
    assert len(directory.find(nothing)) == 0 and [*directory.find(nothing)] == []
    assert len(Directory([]).find(Wish(Need(tags=("food",), lead="x")))) == 0
    every = tuple(s.id for s in library().services)
    said, ids = shown(jurisdiction="OR", shown=every)
    assert ids == every and library().say("more.services_end") in said


@pytest.mark.parametrize("need", ["need_rocket", "passport_taken", ""])
def test_a_need_we_do_not_have(need):
    with pytest.raises(KeyError):
        wish(library(), Conversation(need, need), need)  # topics are checked before: see `lantern check`, and /help


@pytest.mark.parametrize("group", ["martians", "", "anyone"])
def test_a_group_nobody_names_finds_the_same_services(group):
    need = library().needs.needs["need_shelter"]
    found = library().directory.find(Wish(need, state="OR", population=group))
    assert {s.id for s in found} == {s.id for s in library().directory.find(Wish(need, state="OR"))}
