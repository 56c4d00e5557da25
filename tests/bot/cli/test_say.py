"""`lantern say` in pipelines: a line in is a line out, whatever is in it."""

import json

import pytest

from bot.store import StoreUnavailable
from tests.bot.channels.sms.conftest import Bot


def test_a_line_in_is_a_line_out(command):
    bot = Bot()
    code, said, _ = command("say", given="hi\n\n  long\r\n안녕하세요\nlast without an end", bot=bot)
    turns = [json.loads(line) for line in said.splitlines()]
    assert code == 0 and [turn["user"] for turn in turns] == ["hi", "", "  long", "안녕하세요", "last without an end"]
    assert list(turns[0]) == ["user", "topic", "confidence", "jurisdiction", "language", "gate", "answer"]
    assert bot.forgotten == [bot.turns[0].session] and len({turn.session for turn in bot.turns}) == 1


def test_a_pipe_is_utf_8_whatever_the_terminal_is(command):
    code, said, _ = command("say", given=b"\xff\xfe hi\n\xc3\xa9\n")
    assert code == 0 and [json.loads(line)["user"] for line in said.splitlines()] == ["\ufffd\ufffd hi", "é"]


def test_json_lines_may_be_of_several_talks(command):
    bot = Bot()
    lines = ({"user": "hi", "talk": "a"}, {"user": "two\nlines", "talk": "b", "lang": "es"}, {"user": "long"})
    code, said, _ = command("say", "--json", "--lang", "ko", given="\n".join(map(json.dumps, lines)), bot=bot)
    turns = [json.loads(line) for line in said.splitlines()]
    assert code == 0 and [turn.get("talk") for turn in turns] == ["a", "b", None]
    assert [turn["user"] for turn in turns] == ["hi", "two\nlines", "long"]
    assert [turn.language for turn in bot.turns] == ["ko", "es", "ko"]
    sessions = [turn.session for turn in bot.turns]
    assert len({*sessions}) == 3 and sorted(bot.forgotten) == sorted(sessions)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("hi", "not JSON: Expecting value"),
        ("", "not JSON: Expecting value"),
        ("[1]", 'expected an object with "user"'),
        ('"hi"', 'expected an object with "user"'),
        ('{"text": "hi"}', 'expected an object with "user"'),
        ('{"user": 3}', '"user" must be text: what is typed'),
        ('{"user": "hi", "lang": null}', '"lang" must be text: ISO 639-1'),
        ('{"user": "hi", "session": "x"}', '"session" is no field; there are user, talk, lang'),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_answered_by_an_error_and_the_others_go_on(command, line, error):
    code, said, _ = command("say", "--json", given=f'{{"user": "hi"}}\n{line}\n{{"user": "long"}}\n')
    first, bad, last = map(json.loads, said.splitlines())
    assert code == 1 and first["answer"]["id"] == "phrases.greet" and last["answer"]["id"] == "law.OR.immunity"
    assert list(bad) == ["error", "line"] and bad["line"] == 2 and bad["error"].startswith(f"line 2: {error}")


def test_half_a_character_breaks_nothing(command):
    code, said, _ = command("say", "--json", given='{"user": "\\ud800 hi"}\n')
    assert code == 0 and "hi" in json.loads(said)["user"]


def test_a_store_that_is_away_is_an_error_for_each_turn(command):
    code, said, _ = command("say", given="hi\nlong\n", bot=Bot(fails_with=StoreUnavailable("Redis does not answer")))
    assert code == 1
    assert [json.loads(line)["error"] for line in said.splitlines()] == [
        "line 1: Redis does not answer",
        "line 2: Redis does not answer",
    ]


def test_no_lines_no_answers(command):
    assert command("say")[:2] == (0, "")


def test_a_closed_standard_input_says_so(command):
    code, said, wrong = command("say", given=None)
    assert (code, said) == (1, "") and "no standard input" in wrong
