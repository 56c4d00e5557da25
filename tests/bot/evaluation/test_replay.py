"""Talks held again: what changed is shown turn by turn."""

from bot.evaluation.conversations import Script, hold
from bot.evaluation.recording import turn_of
from bot.evaluation.replay import changes, is_recorded, replay
from bot.turn import Turn
from tests.bot.channels.sms.conftest import Bot


async def script(*typed: str) -> Script:
    bot = Bot()
    return Script("x", "X", tuple([turn_of(text, await bot.converse(Turn(text, "s"))) for text in typed]))


async def test_nothing_changed():
    recorded = await script("hi", "long", "crisis")
    assert is_recorded(recorded)
    assert (await replay(Bot(), recorded))[1] == []


async def test_every_change_is_shown_in_order():
    recorded = await script("hi", "long")
    recorded.turns[0].update(said=["Hello.", "Hi."], offered=["A free lawyer", "Money"])
    recorded.turns[1].update(answer="law.WA.immunity", place="WA", says=["§ 1"], topic="greet", gate="danger")
    first, second = (await replay(Bot(), recorded))[1]
    assert (first.number, first.user, second.number, second.user) == (1, "hi", 2, "long")
    assert first.lines == ("- Hello.", "- choice: Money", "+ choice: A place to sleep")
    assert second.lines == (
        "answer  law.WA.immunity → law.OR.immunity",
        "place   WA → none",
        "gate    danger → none",
        "does not say “§ 1”",
    )


async def test_an_answer_with_a_star_may_be_any():
    recorded = await script("long")
    recorded.turns[0]["answer"] = "law.*.immunity"
    assert (await replay(Bot(), recorded))[1] == []


async def test_a_script_written_by_hand_is_held_to_what_it_says():
    by_hand = Script("x", "X", ({"user": "hi"}, {"user": "long", "answer": "services.*"}))
    assert not is_recorded(by_hand)
    (change,) = changes(by_hand, await hold(Bot(), by_hand))
    assert change.number == 2 and change.lines == ("answered law.OR.immunity, not services.*",)
