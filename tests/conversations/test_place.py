"""The place: asked at most once, refused without penalty, changed at will."""

from actions.knowledge.library import library


async def test_skipping_gives_the_general_answer_and_is_not_asked_again(tester):
    await tester.user("can i be arrested if i report")
    tester.assert_answer("ask.place")
    await tester.user("skip")
    tester.assert_answer("rights.immunity_reporting").assert_offers("Name my state")
    await tester.user("can my record be cleared")
    tester.assert_answer("rights.expunge_eligibility")


async def test_skipping_by_number(tester):
    await tester.user("can i be arrested if i report")
    await tester.user("1")
    tester.assert_answer("rights.immunity_reporting")


async def test_another_question_instead_of_a_place_is_answered(tester):
    await tester.user("can i be arrested if i report")
    await tester.user("what can police search on my phone")
    tester.assert_answer("rights.rights_search_phone")


async def test_a_place_in_the_question_is_not_asked_for(tester):
    await tester.user("how do i expunge a prostitution charge in new york")
    assert tester.exchange.answer.id.startswith("law.NY.records.")


async def test_a_place_is_remembered_for_the_next_question(tester):
    await tester.user("texas")
    tester.assert_answer("place.heard").assert_says("Texas")
    await tester.user("will i be charged if i report an assault")
    tester.assert_answer("law.TX.immunity")


async def test_a_zip_code_is_a_place(tester):
    await tester.user("can i be arrested if i report")
    await tester.user("97201")
    tester.assert_answer("law.OR.immunity")


async def test_a_name_of_several_places_is_asked_about(tester):
    await tester.user("can i be arrested if i report")
    await tester.user("portland")
    tester.assert_answer("ask.place").assert_offers("Oregon", "Maine")
    await tester.user("the first one")
    tester.assert_answer("law.OR.immunity")


async def test_a_word_is_a_place_only_when_a_place_was_asked_for(tester):
    await tester.user("ok")
    tester.assert_place(None)
    await tester.user("can i be arrested if i report")
    await tester.user("OK")
    tester.assert_place("OK")


async def test_an_unclear_place_is_asked_about_even_when_another_is_known(tester):
    await tester.user("texas")
    await tester.user("can i be arrested if i report in portland")
    tester.assert_answer("ask.place").assert_offers("Oregon", "Maine")


async def test_naming_the_state_later(tester):
    await tester.user("can i be arrested if i report")
    await tester.user("skip")
    await tester.user("name my state")
    tester.assert_answer("ask.place")
    await tester.user("wa")
    tester.assert_answer("law.WA.immunity")


async def test_two_places_offer_the_other(tester):
    await tester.user("will they arrest me if i report a rape, i live in texas but it happened in ohio")
    tester.assert_answer("law.OH.immunity")
    tester.assert_offers("Texas, same question")


async def test_a_place_without_data_is_told_so_with_the_federal_rule_and_people(tester, monkeypatch):
    monkeypatch.delitem(library().laws, "PR")
    await tester.user("can i be arrested if i report, i am in puerto rico")
    tester.assert_answer("law.PR.immunity")
    tester.assert_says("We have not checked the law of Puerto Rico yet", "federal", "Police: ")


async def test_federal_law_is_a_place(tester):
    await tester.user("can a federal conviction be cleared")
    assert tester.exchange.answer.id.startswith("law.US.records.")
    tester.assert_says("3771A")


async def test_not_being_understood_while_a_place_is_asked_for_does_not_break_the_talk(tester, monkeypatch):
    await tester.user("can i be arrested if i report")
    tester.assert_answer("ask.place")
    each = tester.lantern.hearing.each

    def unsure(texts):
        ranking = [{"name": "rights_arrest", "confidence": 0.2}]
        nothing = {"intent": {"name": "nlu_fallback", "confidence": 0.2}, "intent_ranking": ranking, "entities": []}
        return dict.fromkeys(texts, nothing)

    monkeypatch.setattr(tester.lantern.hearing, "each", unsure)
    await tester.user("idk")
    tester.assert_answer("ask.which")
    await tester.user("hm")
    tester.assert_answer("ask.again")
    monkeypatch.setattr(tester.lantern.hearing, "each", each)
    await tester.user("i want to die")
    tester.assert_answer("safety.crisis_suicide")
    await tester.user("what can police search on my phone")
    tester.assert_answer("rights.rights_search_phone")


async def test_a_place_does_not_answer_what_was_meant(tester, monkeypatch):
    """Whoever is asked which topic it is, and says where, still finds the guesses."""
    each = tester.lantern.hearing.each

    def unsure(texts):
        ranking = [{"name": name, "confidence": 0.3} for name in ("expunge_eligibility", "rights_arrest")]
        nothing = {"intent": {"name": "nlu_fallback", "confidence": 0.3}, "intent_ranking": ranking, "entities": []}
        return dict.fromkeys(texts, nothing)

    monkeypatch.setattr(tester.lantern.hearing, "each", unsure)
    await tester.user("they got my name on that thing")
    tester.assert_answer("ask.which").assert_offers("After an arrest or charge")
    monkeypatch.setattr(tester.lantern.hearing, "each", each)
    await tester.user("houston")
    tester.assert_answer("place.heard").assert_says("Texas").assert_offers("After an arrest or charge", "None of these")
    await tester.user("1")
    assert tester.exchange.answer.id.startswith("law.TX.records")
