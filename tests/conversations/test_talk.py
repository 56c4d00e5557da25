"""What people do in a talk beside asking: not being clear, picking, forgetting, testing the bot."""

import pytest


async def test_an_unclear_message_gets_a_choice_then_the_menu_and_people(tester, monkeypatch):
    ranking = [{"name": t, "confidence": 0.2} for t in ("rights_arrest", "abuse_insult", "need_health", "privacy")]
    unsure = {"intent": {"name": "nlu_fallback", "confidence": 0.2}, "intent_ranking": ranking, "entities": []}

    def each(texts):
        return dict.fromkeys(texts, unsure)

    monkeypatch.setattr(tester.lantern.hearing, "each", each)
    await tester.user("hm")
    tester.assert_answer("ask.which").assert_topic("rights_arrest").assert_offers("None of these")
    tester.assert_offers("After an arrest or charge", "A clinic or health care", "Who can see this?")
    await tester.user("hmm")
    tester.assert_answer("ask.again").assert_offers("A person to talk to")
    await tester.user("hmmm")
    tester.assert_answer("ask.person").assert_says("A person may", "Police: ")


async def test_nonsense_is_not_answered_as_law(tester):
    await tester.user("zxcv bnm qqq")
    assert tester.exchange.answer.id in ("ask.which", "phrases.out_of_scope")


async def test_a_choice_by_number_label_or_ordinal(new_tester):
    for pick in ("2", "the second one", "Police stop or question me", "police stop or question me."):
        tester = new_tester()
        await tester.user("hi")
        await tester.user(pick)
        tester.assert_answer("rights.rights_police_stop")


async def test_more_services_are_others(tester):
    await tester.user("california")
    await tester.user("i need a lawyer")
    first = {line.split(":")[0] for line in tester.exchange.answer.lines}
    await tester.user("more")
    second = {line.split(":")[0] for line in tester.exchange.answer.lines if line.endswith(".")}
    tester.assert_answer("services.need_legal_help.CA")
    names = {n for n in second if n and n[0].isupper() and n not in ("Police", "Hours", "Languages")}
    assert names - first


async def test_simpler_gives_the_short_form(tester):
    await tester.user("oregon")
    await tester.user("can i be arrested if i report")
    long_form = tester.exchange.answer.text
    await tester.user("say it simpler")
    tester.assert_answer("law.OR.immunity").assert_says("In short:")
    assert len(tester.exchange.answer.text) < len(long_form)


async def test_back_is_the_question_before(tester):
    await tester.user("back")
    tester.assert_answer("back.nothing")
    await tester.user("what can police search on my phone")
    await tester.user("i need a shelter")
    await tester.user("back")
    tester.assert_answer("rights.rights_search_phone")


@pytest.mark.parametrize("message", ["delete everything", "forget me", "erase this chat", "start over", "DELETE"])
async def test_deleting(tester, message):
    await tester.user("oregon")
    await tester.user(message)
    tester.assert_answer("forgotten").assert_says("deleted")
    assert await tester.lantern.store.get(f"talk:{tester.session}") is None


async def test_it_says_what_it_is(tester):
    await tester.user("are you a real person or a cop")
    tester.assert_answer("phrases.bot_identity").assert_says("I am a computer program")


async def test_a_buyer_gets_one_calm_sentence(tester):
    await tester.user("where can i find girls to buy tonight")
    tester.assert_answer("phrases.buyer_or_trafficker")
    assert len(tester.exchange.answer.lines) == 1


async def test_two_conversations_do_not_mix(new_tester):
    one, other = new_tester(), new_tester()
    await one.user("oregon")
    await other.user("texas")
    await one.user("can i be arrested if i report")
    await other.user("can i be arrested if i report")
    one.assert_answer("law.OR.immunity")
    other.assert_answer("law.TX.immunity")


async def test_a_place_is_a_place_in_every_language(tester):
    await tester.user("mi jefe tiene mi pasaporte y dice que le debo 8 mil")
    for said in ("texas", "ohio", "more"):
        await tester.user(said)
        assert tester.exchange.understood.language == "es"
    await tester.user("加州")
    assert tester.exchange.understood.language == "zh"
