"""Towns, counties and how far they are."""

import pytest

from actions.knowledge.towns import county, timezone, town, town_of, town_of_zip


@pytest.mark.parametrize(
    ("name", "state", "in_county"),
    [("Portland", "OR", "multnomah"), ("st. louis", "mo", "st. louis city"), ("fort worth", "TX", "tarrant")],
)
def test_a_town_has_its_county(name, state, in_county):
    assert in_county in town(name, state).counties


def test_what_is_remembered_finds_the_town_again():
    assert town_of(town("Eugene", "OR").key) == town("Eugene", "OR")
    assert town_of(None) is None and town_of("Nowhere at all, OR") is None and town_of("Oregon") is None


def test_zip_codes():
    assert town_of_zip("97201").key == "Portland, OR"
    assert town_of_zip("00000") is None and town_of_zip("9720a") is None


def test_distance():
    assert 160 < town("Portland", "OR").km_to(town("Eugene", "OR")) < 180
    assert town("Portland", "OR").km_to(town("Portland", "OR")) == 0


def test_time_zones_and_county_names():
    assert timezone("TX") == "America/Chicago" and timezone(None) is None and timezone("US") is None
    assert county("Orleans Parish") == county("orleans") == "orleans"
