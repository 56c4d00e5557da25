"""Whole explanations, by the trained model."""

import json

import pytest

from bot.explain.as_text import as_text
from bot.explain.explanation import explain
from bot.explain.opened import Opened
from bot.settings import ROOT
from bot.turn import Turn


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Vectors are kept beside this, not beside the real model; of each topic a few messages are enough."""
    file = tmp_path_factory.mktemp("models") / "lantern-x.tar.gz"
    file.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.explain.neighbours.MOST_MESSAGES", 40)
        yield file


async def test_a_message_from_its_words_to_its_answer(lantern, file):
    it = await explain(lantern, "if i report a rape will they arrest me for working", file)
    assert max(it.heard_in, key=it.heard_in.get) == "en" and it.tokens[:3] == ("if", "i", "report")
    first, second = it.ranking[:2]
    assert first.topic == "immunity_reporting" and first.together > second.together
    assert [spoke.topic for spoke in it.spoke] == [first.topic, second.topic]
    assert dict(it.spoke[0].by_word)["report"] > 0
    assert set(it.neighbours.messages) == {one.topic for one in it.ranking[:3]} and len(it.neighbours.nearest) == 5
    for one in it.neighbours.nearest:
        example = one.example
        assert example.text in (ROOT / example.file).read_text().splitlines()[example.line - 1]
    assert it.alarms.fired is None and it.asks == ()
    assert it.outcome.settled_by == "the topic classifier" and it.outcome.answer == "ask.place"
    assert it.outcome.actions == ("place_form",)
    assert it.outcome.rules == ("where the law differs, know the place first",)


async def test_the_shares_are_the_classifier_s_own(lantern, file):
    text = "can they search my phone"
    it, heard = await explain(lantern, text, file), await lantern.parse(text)
    assert (it.ranking[0].topic, it.ranking[0].together) == (heard.topic, pytest.approx(heard.confidence))
    assert it.ranking[0].by_ngrams != it.ranking[0].by_vector


async def test_in_a_talk(lantern, file):
    alone = await explain(lantern, "and if i'm undocumented", file)
    talk = await explain(lantern, "and if i'm undocumented", file, ["can i be arrested if i report"], "UT")
    assert talk.outcome.answer == "rights.immunity_reporting.followups.not_a_citizen" and talk.outcome.place == "UT"
    assert alone.outcome.answer != talk.outcome.answer and alone.outcome.place is None
    assert talk.ranking == alone.ranking


async def test_a_picked_choice_needs_no_classifier(lantern, file):
    it = await explain(lantern, "1", file, ["hi"])
    assert it.outcome.settled_by == "a choice of the answer before it" and it.outcome.confidence == 1.0


@pytest.mark.parametrize(
    ("text", "settled_by", "answer"),
    [
        ("i want to kill myself", "the safety gate, because of", "safety.crisis_suicide"),
        ("oregon", "a place and nothing else", "place.heard"),
        ("delete everything", "a command: delete", "forgotten"),
        ("my phone and my record", "nothing: Lantern asks", "ask.which"),
    ],
)
async def test_what_settled_it(lantern, file, text, settled_by, answer):
    it = await explain(lantern, text, file)
    assert it.outcome.settled_by.startswith(settled_by) and it.outcome.answer == answer


async def test_places_and_a_name_of_several(lantern, file):
    it = await explain(lantern, "can i clear my record in portland oregon", file)
    assert [(place.words, place.codes) for place in it.places] == [("portland oregon", ("OR",))]
    assert it.outcome.place == "OR" and it.outcome.file == "data/law/OR.yml"


async def test_parts_that_are_heard_by_themselves(lantern, file):
    it = await explain(lantern, "can they search my phone and where can i sleep tonight", file)
    assert [part.topic for part in it.parts] == ["rights_search_phone", "need_shelter"]


@pytest.mark.parametrize(
    "text", ["我被抓了怎么办", "신고하면 저까지 체포될 수 있나요", "me puede arrestar si denuncio"]
)
async def test_other_languages(lantern, file, text):
    it = await explain(lantern, text, file)
    language = max(it.heard_in, key=it.heard_in.get)
    assert language != "en" and it.neighbours.language == it.outcome.language == language
    assert all(f"data/nlu/{language}/" in one.example.file for one in it.neighbours.nearest)


async def test_as_text_and_as_json(lantern, file):
    it = await explain(lantern, "/can they search my phone?", file)
    text = as_text(it)
    for heading in ("TOPICS", "WHAT SPOKE", "NEAREST", "FOUND IN IT", "SAFETY GATE: quiet", "WHAT CAME OF IT"):
        assert heading in text
    data = json.loads(json.dumps(it.as_dict()))
    assert data["outcome"]["answer"] in text and data["ranking"][0]["topic"] in text
    for threshold in Opened(lantern.pipeline).thresholds.values():
        assert f"{threshold:.2f}" in text


async def test_nothing_of_it_is_remembered(lantern, file, monkeypatch):
    assert await lantern.last_actions("a" * 32) == ()
    await lantern.converse(Turn("hi", "a" * 32))
    assert await lantern.last_actions("a" * 32) == ("action_answer",)
    monkeypatch.setattr("bot.explain.explanation.secrets.token_hex", lambda _: "b" * 32)
    await explain(lantern, "oregon", file, ["hi"])
    assert await lantern.last_actions("b" * 32) == ()
    assert await lantern.last_actions("a" * 32) == ("action_answer",)


def test_the_command(lantern, file, monkeypatch, capsys, settings):
    from bot.cli import main

    monkeypatch.setattr("bot.cli.explain.load", lambda *_, **__: lantern)
    monkeypatch.setattr("bot.cli.explain.settings", lambda: settings)
    monkeypatch.setattr("bot.cli.explain.model.current", lambda _: file)
    arguments = ["explain", "can i be arrested if i report", "--place", "ca", "--after", "hi", "--json"]
    assert main(arguments) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["outcome"]["place"] == "CA" and data["outcome"]["answer"] == "law.CA.immunity"
    assert main(["explain", "hi", "--place", "XX"]) == 1 and "XX is no place" in capsys.readouterr().err
    assert main(["explain", "..."]) == 1 and "nothing to understand" in capsys.readouterr().err
