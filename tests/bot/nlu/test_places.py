"""Places as people name them; words stay words."""

import pytest

from bot.nlu.places import gazetteer


def codes(text: str) -> list[tuple[str, ...]]:
    return [place.codes for place in gazetteer().find(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("oregon", "OR"), ("OR", "OR"), ("salem OR", "OR"), ("in Oregon or maybe later", "OR"), ("tx law?", "TX"),
        ("californa", "CA"), ("im in pensylvania", "PA"), ("massachusets", "MA"), ("cali", "CA"), ("nyc", "NY"),
        ("Las Vegas NV", "NV"), ("reno", "NV"), ("st louis", "MO"), ("portland, me", "ME"), ("97201", "OR"),
        ("10001-1234", "NY"), ("washington dc", "DC"), ("washington state", "WA"), ("west virginia", "WV"),
        ("puerto rico", "PR"), ("guam", "GU"), ("federal court", "US"), ("my friend in houston", "TX"),
        ("what about in georgia", "GA"), ("court in ct", "CT"), ("IN TROUBLE IN TX", "TX"), ("Salt lake city", "UT"),
    ],
)  # fmt: skip
def test_one_place(text, code):
    assert codes(text) == [(code,)]


@pytest.mark.parametrize(
    "text",
    [
        "in or out", "hi", "ok", "me", "help me", "for us", "la policia", "jackson hit me", "99999", "LAW", "1234",
        "can he arrest me or not", "they asked for my id", "i told my ma", "oh no", "he took it from us", "i owe 40000",
        "123456", "09012", "i am from lebanon", "born in mexico", "in jamaica", "indian clinic",
        "my number is 5552019988",
        "how much does it cost to clear it", "i work from home", "in love", "call me",
    ],
)  # fmt: skip
def test_no_place(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "options"), [("im in la", {"CA", "LA"}), ("portland", {"OR", "ME"}), ("kansas city", {"MO", "KS"})]
)
def test_several_places(text, options):
    [found] = codes(text)
    assert set(found) == options


def test_two_places_and_where_the_case_is():
    text = "i live in texas but was arrested in ohio"
    places = gazetteer().find(text)
    assert [p.codes for p in places] == [("TX",), ("OH",)]
    assert [p.codes for p in gazetteer().case_first(text, places)] == [("OH",), ("TX",)]


@pytest.mark.parametrize("text", ["what about texas", "no i meant oregon", "im in ohio", "NY", "97201?", "and in utah"])
def test_nothing_but_a_place(text):
    assert gazetteer().only_a_place(text, gazetteer().find(text))


@pytest.mark.parametrize("text", ["can i be arrested in texas", "texas lawyer", "hello"])
def test_more_than_a_place(text):
    assert not gazetteer().only_a_place(text, gazetteer().find(text))
