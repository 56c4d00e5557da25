"""Places as people name them; words stay words."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.case_words import case_first
from bot.nlu.place_extractor import PlaceExtractor
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
    assert [p.codes for p in case_first(text, places)] == [("OH",), ("TX",)]


@pytest.mark.parametrize("text", ["what about texas", "no i meant oregon", "im in ohio", "NY", "97201?", "and in utah"])
def test_nothing_but_a_place(text):
    assert gazetteer().only_a_place(text, gazetteer().find(text))


@pytest.mark.parametrize("text", ["can i be arrested in texas", "texas lawyer", "hello"])
def test_more_than_a_place(text):
    assert not gazetteer().only_a_place(text, gazetteer().find(text))


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("我在华盛顿", {"WA", "DC"}),
        ("波特蘭", {"OR", "ME"}),
        ("住在堪萨斯城", {"MO", "KS"}),
        ("春田市", {"IL", "MA", "MO"}),
        ("워싱턴에 살아요", {"WA", "DC"}),
        ("포틀랜드요", {"OR", "ME"}),
        ("캔자스 시티", {"MO", "KS"}),
        ("캐롤라이나", {"NC", "SC"}),
        ("vivo en washington", {"WA", "DC"}),
        ("ciudad de kansas", {"MO", "KS"}),
        ("en portland", {"OR", "ME"}),
    ],
)
def test_several_places_in_other_languages(text, options):
    [found] = options_in(text)
    assert set(found) == options


def options_in(text: str) -> list[list[str]]:
    return [e["value"] for e in extracted(text) if e["entity"] == "jurisdiction_options"]


def extracted(text: str) -> list[dict]:
    message = Message(data={"text": text})
    PlaceExtractor().process([message])
    return message.get("entities", [])


@pytest.mark.parametrize(
    ("text", "code", "town"),
    [
        ("缅因州波特兰", "ME", "Portland, ME"),
        ("波特兰，俄勒冈", "OR", "Portland, OR"),
        ("华盛顿州", "WA", None),
        ("华盛顿特区", "DC", "Washington, DC"),
        ("워싱턴 dc", "DC", "Washington, DC"),
        ("워싱턴주", "WA", None),
        ("메인주 포틀랜드", "ME", "Portland, ME"),
        ("캔자스주 캔자스시티", "KS", "Kansas City, KS"),
        ("北卡罗来纳", "NC", None),
        ("뉴멕시코", "NM", None),
        ("新墨西哥州", "NM", None),
    ],
)
def test_the_state_beside_it_tells_which_is_meant(text, code, town):
    found = {e["entity"]: e["value"] for e in extracted(text)}
    assert found.get("jurisdiction") == code and found.get("near") == town
    assert "jurisdiction_other" not in found and "jurisdiction_options" not in found


@pytest.mark.parametrize(
    "text",
    [
        "加拿大",
        "我从墨西哥来",
        "哥伦比亚人",
        "乔治华盛顿",
        "캐나다",
        "한국에서 왔어요",
        "멕시코",
        "컬럼비아 대학",
        "조지 워싱턴",
        "soy de méxico",
        "canadá",
    ],
)
def test_no_place_of_ours_in_other_languages(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "vivo en texas pero me arrestaron en ohio",
        "me condenaron en ohio y ahora vivo en texas",
        "我住在德州，在俄亥俄州被抓",
        "案子在俄亥俄州，人在德州",
        "텍사스에 사는데 오하이오에서 체포됐어요",
        "오하이오에서 잡혔는데 지금은 텍사스 살아요",
    ],
)
def test_where_the_case_is_in_other_languages(text):
    assert [p.codes for p in case_first(text, gazetteer().find(text))] == [("OH",), ("TX",)]


@pytest.mark.parametrize("text", ["从德州搬到俄亥俄州", "텍사스에서 오하이오로 이사했어요", "de texas a ohio"])
def test_places_without_a_case_stay_in_their_order(text):
    assert [p.codes for p in case_first(text, gazetteer().find(text))] == [("TX",), ("OH",)]
