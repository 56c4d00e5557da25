"""The conversation Lantern exists for, from the first fear to forgetting."""

import re

from actions.knowledge.library import library


async def test_from_reporting_to_forgetting(tester):
    await tester.user("if i report a rape will they arrest me for working")
    tester.assert_answer("ask.place").assert_offers("Skip").assert_place(None)

    await tester.user("oregon")
    tester.assert_answer("law.OR.immunity").assert_place("OR")
    tester.assert_says("ORS 167.007", "limits", "warrants", "Checked on", "Not yet checked by a lawyer")

    await tester.user("what about california")
    tester.assert_answer("law.CA.immunity").assert_says("647.3")

    await tester.user("can i get my old charge cleared")
    tester.assert_answer("law.CA.records.eligibility").assert_says("236.14")

    await tester.user("how much does it cost")
    tester.assert_answer("law.CA.records.cost_time").assert_says("fee")

    await tester.user("i need a lawyer but no cops")
    tester.assert_answer("services.need_legal_help.CA").assert_says(
        "Police: ", "I left out groups that work with police"
    )

    await tester.user("delete everything")
    tester.assert_answer("forgotten").assert_place(None)
    assert await tester.lantern.store.get(f"talk:{tester.session}") is None

    await tester.user("how much does it cost to clear it")
    tester.assert_answer("ask.place")  # nothing is left of California


async def test_a_law_answer_says_where_it_comes_from(tester):
    await tester.user("will they arrest me if i report in utah")
    answer = tester.exchange.answer
    law = library().laws["UT"]
    assert answer.id == "law.UT.immunity"
    assert law.immunity.statute in answer.text
    assert answer.checked_on == law.checked_on.isoformat() and answer.checked_on in answer.text
    assert answer.review == "unreviewed"
    assert {s.url for s in answer.sources} <= {s.url for s in law.sources.values()}
    assert answer.sources


async def test_the_police_line_stands_before_the_number(tester):
    await tester.user("hotline i can talk to")
    lines = tester.exchange.answer.lines
    numbers = [i for i, line in enumerate(lines) if re.match(r"(Call|Text|Web|Chat)\b", line)]
    assert numbers
    for at in numbers:
        card = lines[:at][::-1]
        assert any(line.startswith("Police: ") for line in card[:3]), lines[at]


async def test_no_police_means_none_that_work_with_police(tester):
    await tester.user("i need a hotline but no police please")
    shown = tester.exchange.answer.text
    for _ in range(12):
        await tester.user("more")
        shown += tester.exchange.answer.text
    assert "National Human Trafficking Hotline" not in shown
    tester.assert_says("That is all I have")


async def test_the_trafficking_hotline_is_shown_with_what_it_says_about_police(tester):
    await tester.user("a hotline please")
    shown = tester.exchange.answer.text
    for _ in range(12):
        await tester.user("more")
        shown += tester.exchange.answer.text
    assert re.search(r"National Human Trafficking Hotline.*\nPolice: .*Compass Connections", shown)
