import pytest

from bot.load.cast import Conversation
from bot.load.client import Heard
from bot.load.rehearsal import Rehearsal, rehearse
from bot.load.wrong import CannotLoad, Crossed, Refused

TALK = Conversation(0, "OR", ("a", "b"))
LAW, HELP = Heard("Oregon: yes", "law.OR.immunity"), Heard("A, B", "services.need_food.OR")
HEARD = Rehearsal(
    {(0, "page"): [[LAW], [HELP]], (0, "phone"): [[Heard("Oregon: yes")], [Heard("A"), Heard("B")]]},
)


def test_the_same_is_fine():
    for channel in ("page", "widget"):
        HEARD.compare(TALK, channel, 0, [Heard("Oregon: yes", "law.OR.immunity", seconds=1.5)])
    HEARD.compare(TALK, "phone", 0, [Heard("Oregon: yes")])


@pytest.mark.parametrize("other", [Heard("Utah: yes", "law.UT.immunity"), Heard("Oregon: no", "law.OR.immunity")])
def test_another_answer_or_other_words_are_crossed(other):
    with pytest.raises(Crossed):
        HEARD.compare(TALK, "page", 0, [other])


def test_a_reply_to_somebody_else_is_crossed():
    with pytest.raises(Crossed):
        HEARD.compare(TALK, "phone", 0, [Heard("Utah: yes")])


def test_services_may_come_in_another_order_at_another_hour():
    HEARD.compare(TALK, "widget", 1, [Heard("B, A", HELP.id)])
    HEARD.compare(TALK, "phone", 1, [Heard("B"), Heard("A")])
    with pytest.raises(Crossed):
        HEARD.compare(TALK, "widget", 1, [Heard("B, A", "services.need_food.UT")])


def test_a_crisis_that_was_not_remembered_is_refused_and_not_crossed():
    begin = "You may be in danger now. I am a program. No person is watching."
    crisis = Rehearsal(
        {(0, "page"): [[Heard("x", "safety.crisis_danger")]], (0, "phone"): [[Heard(f"Hi. {begin} MORE")]]}
    )
    with pytest.raises(Refused):
        crisis.compare(TALK, "phone", 0, [Heard(f"{begin} And all the rest.")])
    with pytest.raises(Crossed):
        crisis.compare(TALK, "phone", 0, [Heard("Utah: yes")])
    with pytest.raises(Crossed):
        crisis.compare(TALK, "page", 0, [Heard("x, and more", "safety.crisis_danger")])
    with pytest.raises(Crossed):
        HEARD.compare(TALK, "phone", 0, [Heard("Oregon: yes, but")])


def test_answers_about_the_own_place_are_counted():
    assert HEARD.own_places([TALK]) == (1, 2)


async def test_everybody_is_heard_alone(talking, keys, cast):
    heard = (await rehearse(talking.http, keys, cast)).heard
    assert set(heard) == {(one.number, channel) for one in cast for channel in ("page", "phone")}
    assert all(len(steps) == len(cast[0].steps) for steps in heard.values())


async def test_what_fails_without_load_stops_the_measurement(talking, keys, cast):
    talking.lantern.answers = {}
    with pytest.raises(CannotLoad, match="Conversation 0"):
        await rehearse(talking.http, keys, cast)
