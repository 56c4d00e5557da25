"""Our table of other people's words, and the words our own directory uses."""

import pytest

from actions.directory.taxonomy import is_police, needs_of, plain, populations_of, state_of, taxonomy
from actions.knowledge.library import Library


def test_every_word_of_our_own_directory_is_in_it():
    """Or an export of ours would lose it on its way back."""
    own = Library.load()
    assert {need for s in own.services for need in s.needs} <= taxonomy().needs.keys()
    assert {group for s in own.services for group in s.populations} <= taxonomy().populations.keys()
    assert {tag for need in own.needs.needs.values() for tag in need.tags} <= taxonomy().needs.keys()


def test_codes_lead_to_needs_we_have():
    assert {need for needs in taxonomy().codes.values() for need in needs} <= taxonomy().needs.keys()


@pytest.mark.parametrize("ours", sorted(taxonomy().needs))
def test_our_own_word_is_found(ours):
    assert ours in needs_of(ours) and ours in needs_of(ours.replace("_", " ").upper())


def test_the_longest_code_counts():
    assert needs_of("", "BH-1800.1500-100") == ("emergency_shelter", "domestic_violence")
    assert needs_of("", "BH-1800.9999") == ("emergency_shelter",)
    assert needs_of("", "bd-5000") == ("food",)
    assert needs_of("", "ZZ") == () == needs_of("", None) == populations_of("")


def test_words_are_compared_without_their_dress():
    assert plain("Women's Shelters/Homes") == plain("women shelter home")


@pytest.mark.parametrize(
    ("name", "code"),
    [("OR", "OR"), ("oregon", "OR"), ("D.C.", "DC"), ("Puerto Rico", "PR"), ("USA", "US"), ("M", None), ("", None)],
)
def test_states(name, code):
    assert state_of(name) == code


def test_police():
    assert is_police("Advocates", "Lane County Sheriff's Office") and is_police("Springfield POLICE DEPT.")
    assert not is_police("Cop Watch", None, "", "The Lawyers' Guild")
