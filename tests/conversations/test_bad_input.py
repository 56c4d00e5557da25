"""Whatever is typed gets a calm answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.turn import Turn

ODD = {
    "empty": "",
    "white space": " \t\n ",
    "emoji only": "😀🔥",
    "punctuation": "???!!!",
    "ten thousand characters": "can i be arrested " * 600,
    "one long word": "a" * 10_000,
    "control characters": "can\x07 i \x1b[31mbe arrested\x00 if i report",
    "right to left": "\u202eהאם יעצרו אותי\u202c",
    "NUL": "\x00",
    "markup": "<script>alert(1)</script> {{7*7}} ${x} %s",
    "rasa's own syntax": '/restart{"x": 1}',
    "unknown topic": "/no_such_topic",
    "broken payload": '/immunity_reporting{"jurisdiction": ',
    "payload with an unknown entity": '/immunity_reporting{"admin": "yes"}',
    "payload with a list": '/immunity_reporting{"jurisdiction": ["OR"]}',
    "surrogate": "\ud800 hello",
    "rasa annotation": "[oregon](jurisdiction) @sender /session_start",
    "other script": "我需要帮助",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
async def test_an_answer_comes_back(tester, text):
    exchange = await tester.user(text)
    assert exchange.answer.id not in ("", "errors.failed")
    assert exchange.answer.text and exchange.answer.short


async def test_an_unknown_place_in_a_payload_is_no_place(tester):
    await tester.user('/immunity_reporting{"jurisdiction": "ZZ"}')
    tester.assert_answer("ask.place").assert_place(None)


async def test_a_long_message_says_that_its_beginning_was_read(tester):
    await tester.user("can i be arrested if i report a rape in oregon. " + "it was at the shop on a tuesday. " * 200)
    tester.assert_says("I read the beginning and the end").assert_answer("law.OR.immunity")


async def test_a_crisis_at_the_end_of_a_long_message_is_heard(tester):
    await tester.user("and then i went to the store and came back " * 100 + "he has a gun and hes outside my door")
    tester.assert_gate("danger")


async def test_control_characters_do_not_hide_the_question(tester):
    await tester.user("can\x07 i be \x1barrested\x00 if i report in oregon")
    tester.assert_answer("law.OR.immunity")


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(text=st.text(max_size=300) | st.from_regex(r"/[a-z_]{1,20}(\{.{0,40}\})?", fullmatch=True))
async def test_any_text_gets_an_answer(lantern, text):
    exchange = await lantern.converse(Turn(text, "any-text"))
    assert exchange.answer.text and exchange.answer.id != "errors.failed"
