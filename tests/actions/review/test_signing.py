"""Sign-offs are a plain difference in `data/`, hold while what was signed stays, and are written all or none."""

import difflib

import pytest

from actions.knowledge.library import Library
from actions.review.items import items
from actions.review.signing import CannotSign, Reviewer, sign, where
from tests.actions.review.conftest import ANA, TODAY

NAMES = (
    "law.OR.immunity",
    "law.OR.records.eligibility",
    "rights.passport_taken",
    "rights.passport_taken.followups.new_id",
    "safety.crisis_danger",
    "or-new-day",
)


def text_of(folder):
    return {file: file.read_text() for file in folder.rglob("*.yml")}


def test_the_difference_is_the_sign_offs_and_no_more(data, item):
    before = text_of(data)
    files = sign([item(name) for name in NAMES], ANA, data)
    after = text_of(data)
    assert {file for file in after if after[file] != before[file]} == set(files) and len(files) == 4
    for file in files:
        lines = list(difflib.ndiff(before[file].splitlines(), after[file].splitlines()))
        added = [line[2:] for line in lines if line.startswith("+ ")]
        assert all(line.strip().startswith('review: {name: "Ana Ejemplo", role: ') for line in added)
        assert {line[2:] for line in lines if line.startswith("- ")} <= {"review: unreviewed"}


def test_it_holds_for_what_was_signed_and_for_nothing_else(data, item):
    sign([item(name) for name in NAMES], ANA, data)
    signed = Library.load(data)
    reviewed = {one.name for one in items(signed) if one.state(TODAY) == "reviewed"}
    assert reviewed == set(NAMES) and not signed.lapsed
    assert signed.laws["OR"].immunity.review == ANA.sign(item("law.OR.immunity"))


def test_a_name_with_signs_of_yaml_in_it(data, item):
    by = Reviewer('Ñ "x": #1', "advocate, {a: b}", TODAY)
    sign([item("law.OR.condoms")], by, data)
    assert Library.load(data).laws["OR"].condoms.review == by.sign(item("law.OR.condoms"))


@pytest.mark.parametrize("name", ["", " ", "Ana ", "a\nb", "x" * 81])
def test_a_name_that_people_cannot_be_told(name):
    with pytest.raises(CannotSign, match="one line"):
        Reviewer(name, "attorney", TODAY)


def test_taken_off_it_is_as_if_nobody_had_signed(data, item):
    sign([item("rights.passport_taken")], ANA, data)
    before = text_of(data)
    sign([], ANA, data, taken_off=[item("rights.passport_taken")])
    assert Library.load(data).sections["passport_taken"].review == "unreviewed" and text_of(data) != before


def test_what_changed_in_between_is_not_signed(data, item):
    law = data / "law" / "OR.yml"
    law.write_text(law.read_text().replace("Its title is about", "The title is about"))
    before = text_of(data)
    with pytest.raises(CannotSign, match=r"law\.OR\.immunity is not in .* as you read it"):
        sign([item("law.OR.condoms"), item("law.OR.immunity")], ANA, data)
    assert text_of(data) == before


def test_where_what_comes_after_fails_nothing_is_signed(data, item):
    before = text_of(data)

    def fail():
        raise OSError(28, "No space left on device", "switches.yml")

    with pytest.raises(CannotSign, match=r"switches.yml cannot be written .* Nothing was signed"):
        sign([item("law.OR.condoms"), item("or-new-day")], ANA, data, after=fail)
    assert text_of(data) == before and not list(data.rglob("*.new"))


def test_everything_has_its_place(data, small):
    for one in items(small):
        file, path = where(one.name, data)
        assert file.exists() and (len(path) <= 2)
