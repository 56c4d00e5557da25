"""Talks written down in the terminal: what is in the file, what is refused, and that nothing that serves can do it."""

import ast
from dataclasses import replace

import pytest

from actions.answer import Answer
from bot.evaluation.conversations import hold, otherwise, read_script
from bot.evaluation.recording import CannotSave, Recording, facts, renewed, turn_of
from bot.settings import ROOT
from bot.turn import Exchange, Turn, Understanding
from tests.bot.channels.sms.conftest import Bot

ANSWER = Answer("law.OR.immunity", ("Law: ORS § 167.007.", "Call 503-258-7081."), ("Short.",))
EXCHANGE = Exchange(Understanding("immunity_reporting", 0.9), ANSWER, "OR")


async def recorded(bot: Bot, *typed: str) -> Recording:
    recording = Recording()
    for text in typed:
        recording.add(text, await bot.converse(Turn(text, "s", "shell")))
    return recording


async def test_a_saved_talk_goes_as_written(tmp_path):
    file = (await recorded(Bot(), "hi", "long", "crisis")).save(
        "a_talk", "A talk: long, then a crisis", tmp_path / "new"
    )
    script = read_script(file)
    assert file == tmp_path / "new" / "a_talk.yml" and script.title == "A talk: long, then a crisis"
    assert [turn["answer"] for turn in script.turns] == ["phrases.greet", "law.OR.immunity", "safety.crisis_danger"]
    assert script.turns[0]["said"] == ["Hi."] and script.turns[0]["offered"] == ["A free lawyer", "A place to sleep"]
    assert otherwise(script, await hold(Bot(), script)) == []


async def test_a_picked_number_is_written_as_what_it_picked(tmp_path):
    recording = await recorded(Bot(), "hi", "2", "7", "hi", "12 of us were there")
    turns = read_script(recording.save("numbers", "", tmp_path)).turns
    assert [turn["user"] for turn in turns] == ["hi", "A place to sleep", "7", "hi", "12 of us were there"]


@pytest.mark.parametrize("typed", ["97201", "no", "a: b", "- x", "'", "안녕하세요", "🙂\ttab", "", "#hash", "null"])
async def test_whatever_was_typed_is_read_again(tmp_path, typed):
    file = (await recorded(Bot(), typed)).save("odd", "", tmp_path)
    assert read_script(file).turns[0]["user"] == typed


@pytest.mark.parametrize("name", ["", "Big", "../out", "a/b", ".hidden", "x" * 61, "a b"])
async def test_a_name_that_is_none(tmp_path, name):
    with pytest.raises(CannotSave, match="A name has small letters"):
        (await recorded(Bot(), "hi")).save(name, "", tmp_path)
    assert not list(tmp_path.iterdir())


async def test_nothing_is_overwritten_and_nothing_empty_is_written(tmp_path):
    with pytest.raises(CannotSave, match="Nothing was said"):
        Recording().save("x", "", tmp_path)
    file = (await recorded(Bot(), "hi")).save("x", "", tmp_path)
    before = file.read_text()
    with pytest.raises(CannotSave, match="is there already"):
        (await recorded(Bot(), "long")).save("x", "", tmp_path)
    assert file.read_text() == before


async def test_a_folder_that_cannot_be_written_to(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotSave, match="cannot be written"):
        (await recorded(Bot(), "hi")).save("x", "", tmp_path / "file" / "folder")


def test_the_facts_of_an_answer():
    text = "Call 1-800-799-7233 / Text 503-258-7081. Law: Penal Code § 647.3; §§ 12-13. Since 2020. Call 503-258-7081."
    assert list(facts(text)) == ["1-800-799-7233", "503-258-7081", "§ 647.3", "§§ 12-13"]
    assert len(list(facts(" ".join(f"§ {number}0" for number in range(1, 20))))) == 8


def test_what_a_turn_is_held_to():
    assert turn_of("x", EXCHANGE) == {
        "user": "x",
        "answer": "law.OR.immunity",
        "topic": "immunity_reporting",
        "place": "OR",
        "says": ["§ 167.007", "503-258-7081"],
        "said": ["Law: ORS § 167.007.", "Call 503-258-7081."],
    }


def test_a_turn_written_anew_keeps_what_its_author_added():
    turn = turn_of("x", EXCHANGE) | {"es": "equis", "never_says": ["§ 1"], "answer": "law.*", "offers": ["Skip"]}
    turn["says"] = [*turn["says"], "Law: ORS"]
    lines = ("Law: ORS § 9.99.", "Call 503-258-7081.")
    now = renewed(turn, Exchange(EXCHANGE.understood, replace(ANSWER, lines=lines)))
    assert (now["es"], now["never_says"], now["answer"], now["offers"]) == ("equis", ["§ 1"], "law.*", ["Skip"])
    assert now["says"] == ["503-258-7081", "Law: ORS", "§ 9.99"] and now["said"] == list(lines)
    assert "place" not in now


def test_nothing_that_serves_can_record():
    """Neither the page nor text messages reach what writes words to a disk."""
    served = [*(ROOT / "bot").glob("*.py"), *(f for n in ("channels", "pages", "store", "nlu") for f in _modules(n))]
    assert len(served) > 50
    for file in served:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.startswith(("bot.evaluation", "bot.cli.chat")) for name in names), file


def _modules(package: str):
    return (ROOT / "bot" / package).rglob("*.py")
