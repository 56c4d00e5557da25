"""Scripts as they are held and compared, without a model."""

from bot.evaluation.conversations import Script, hold, otherwise, play
from tests.bot.channels.sms.conftest import Bot

SCRIPT = Script("x", "X", ({"user": "hello", "answer": "phrases.*"}, {"user": "long", "answer": "services.*"}))
WRONG = ["turn 2 “long”: answered law.OR.immunity, not services.*"]


async def test_it_is_held_in_one_session_that_is_forgotten():
    bot = Bot()
    exchanges = await hold(bot, SCRIPT)
    assert [exchange.answer.id for exchange in exchanges] == ["phrases.greet", "law.OR.immunity"]
    assert bot.forgotten == [bot.turns[0].session] == [bot.turns[1].session]


async def test_what_is_otherwise_is_said():
    assert otherwise(SCRIPT, await hold(Bot(), SCRIPT)) == WRONG == await play(Bot(), SCRIPT)
