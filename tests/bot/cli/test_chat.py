"""`lantern chat`: `/save`, and scripts that play by themselves."""

import pytest

from bot.cli.chat import HELP
from bot.evaluation.conversations import read_script
from bot.evaluation.recording import FOLDER
from bot.settings import ROOT
from tests.bot.channels.sms.conftest import Bot

SCRIPT = "title: Two questions\nturns:\n- {user: hello, answer: phrases.greet}\n- {user: long, answer: services.*}\n"


def test_a_talk_is_saved_from_its_opening_on(command, tmp_path):
    given = "2\nlong\n/save my_talk About a place: to sleep\n/quit\n"
    code, said, _ = command("chat", "--save-to", str(tmp_path), given=given)
    script = read_script(tmp_path / "my_talk.yml")
    assert code == 0 and script.title == "About a place: to sleep"
    assert [turn["user"] for turn in script.turns] == ["hi", "A place to sleep", "long"]
    assert f"Written, with all that was typed: {tmp_path / 'my_talk.yml'}" in said


def test_a_new_talk_is_recorded_anew(command, tmp_path):
    command("chat", "--save-to", str(tmp_path), given="long\n/new\ncrisis\n/save after\n")
    script = read_script(tmp_path / "after.yml")
    assert [turn["user"] for turn in script.turns] == ["crisis"] and script.title == "After"


@pytest.mark.parametrize(
    ("given", "says"),
    [("/save\n", "A name has small letters"), ("/new\n/save x\n", "Nothing was said yet"), ("/SAVE X\n", "A name has")],
)
def test_what_cannot_be_saved_is_said(command, tmp_path, given, says):
    code, said, _ = command("chat", "--save-to", str(tmp_path), given=given)
    assert code == 0 and says in said and not list(tmp_path.iterdir())


def test_save_is_written_by_default_where_the_tests_look():
    assert FOLDER == ROOT / "tests" / "conversations" / "recorded"
    assert "your words, too" in HELP


def test_a_word_that_only_begins_like_a_command_is_a_message(command, tmp_path):
    bot = Bot()
    command("chat", "--save-to", str(tmp_path), given="/saved by the bell\n", bot=bot)
    assert [turn.text for turn in bot.turns] == ["hi", "/saved by the bell"] and not list(tmp_path.iterdir())


def test_a_script_plays_and_says_what_is_otherwise(command, tmp_path):
    file = tmp_path / "two.yml"
    file.write_text(SCRIPT)
    code, said, _ = command("chat", "--script", str(file))
    assert code == 1 and "Two questions" in said
    order = [said.index(words) for words in ("> hello", "Hi.", "1 A free lawyer", "> long", "Long.")]
    assert order == sorted(order)
    assert "otherwise: answered law.OR.immunity, not services.*" in said and "1 otherwise than written." in said


def test_scripts_that_go_as_written(command, tmp_path):
    file = tmp_path / "two.yml"
    file.write_text(SCRIPT.replace("services.*", "law.*"))
    code, said, _ = command("chat", "--script", str(file), str(file))
    assert code == 0 and said.count("Two questions") == 2 and "All as written." in said


def test_a_script_that_is_not_there(command, tmp_path):
    code, said, wrong = command("chat", "--script", str(tmp_path / "none.yml"))
    assert (code, said) == (1, "") and "There is no file" in wrong
