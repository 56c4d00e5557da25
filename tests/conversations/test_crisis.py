"""Crisis first, on every turn, and a way back to the question."""

import pytest


@pytest.mark.parametrize(
    ("message", "kind", "number"),
    [
        ("i want to kill myself", "suicide", "988"),
        ("he has a gun and hes outside my door", "danger", "1-800-799-7233"),
        ("shes not breathing i think she overdosed", "medical", "911"),
    ],
)
async def test_a_crisis_comes_before_everything(tester, message, kind, number):
    await tester.user(message)
    tester.assert_gate(kind).assert_answer(f"safety.crisis_{kind}")
    tester.assert_says("No person is watching this chat", number, "911", "Police")
    tester.assert_offers("Keep talking about my question")
    first_number = next(line for line in tester.exchange.answer.lines if line.startswith("Call "))
    assert "911" not in first_number


async def test_the_way_back_leads_to_the_question(tester):
    await tester.user("texas")
    await tester.user("can my record be cleared")
    before = tester.exchange.answer.id
    await tester.user("i want to die")
    tester.assert_gate("suicide")
    await tester.user("keep talking about my question")
    tester.assert_answer(before)


async def test_a_question_asked_in_the_same_breath_is_not_lost(tester):
    await tester.user("im 16 and can the police search my phone")
    tester.assert_gate("minor").assert_answer("rights.minor_disclosure")
    tester.assert_says("do not report to anyone").assert_offers("Keep talking about my question")
    await tester.user("keep talking about my question")
    tester.assert_answer("rights.rights_search_phone")


@pytest.mark.parametrize(
    "message",
    [
        "this job is killing me lol",
        "im dead 😂",
        "he used to beat me years ago, can i report it",
        "if i report a rape will they arrest me",
        "im 18 and want to know my rights",
        "im not suicidal just tired",
    ],
)
async def test_look_alikes_are_not_a_crisis(tester, message):
    await tester.user(message)
    tester.assert_gate(None)
    assert not tester.exchange.answer.id.startswith("safety.")


async def test_a_crisis_while_a_place_is_asked_for(tester):
    await tester.user("can i be arrested if i report")
    await tester.user("he is beating me right now")
    tester.assert_answer("safety.crisis_danger")
    await tester.user("keep talking about my question")
    tester.assert_answer("rights.immunity_reporting")


async def test_a_crisis_is_answered_even_if_rasa_fails(tester, monkeypatch):
    async def fail(_):
        return None

    monkeypatch.setattr(tester.lantern._processor, "handle_message", fail)
    await tester.user("i want to die")
    tester.assert_answer("safety.crisis_suicide").assert_says("988")
    await tester.user("delete everything")
    tester.assert_answer("forgotten")
    await tester.user("what can police search on my phone")
    tester.assert_answer("rights.rights_search_phone")
