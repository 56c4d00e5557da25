"""Other languages: nothing is lost, nothing is mixed, and a change of the English is noticed."""

import re
from dataclasses import replace

import pytest

from actions.knowledge import catalogs
from actions.knowledge.catalogs import ENGLISH, languages, localized, problems, put, update
from actions.knowledge.library import library
from actions.knowledge.translations import AREAS, Untranslated, messages, translated

OTHERS = [code for code in languages() if code != ENGLISH]


@pytest.fixture(scope="module")
def english():
    return library()


def upside_down(words) -> str:
    return words.text[::-1]


def test_everything_a_person_is_told_is_a_message(english):
    texts = {words.text for words in messages(english)}
    law, topic = english.laws["OR"].immunity, english.sections["passport_taken"]
    service = next(service for service in english.services if service.description)
    for text in (
        law.lead.say,
        law.short[0],
        topic.facts[0].say,
        next(iter(topic.followups.values())).lead.say,
        english.label("need_shelter"),
        english.followups["cost"].label,
        english.phrases["greet"].lead,
        english.interface["errors"]["crisis"],
        english.places["OR"],
        english.needs.needs["need_shelter"].lead,
        english.pages["privacy"]["title"],
        service.description,
        service.police_contact_note,
    ):
        assert text in texts, text


def test_what_is_nobodys_business_to_translate_is_no_message(english):
    texts = {words.text for words in messages(english)}
    assert english.laws["OR"].immunity.statute not in texts
    assert not any(text.startswith("tests/") for text in texts)


def test_a_section_with_one_text_missing_stays_english_altogether(english):
    missing = english.laws["OR"].immunity.facts[0].say

    def translate(words) -> str:
        if words.text == missing:
            raise Untranslated(missing)
        return upside_down(words)

    other = translated(english, translate)
    assert other.laws["OR"].immunity == english.laws["OR"].immunity
    assert other.laws["WA"].immunity.lead.say == english.laws["WA"].immunity.lead.say[::-1]
    assert other.laws["WA"].immunity.status == english.laws["WA"].immunity.status


@pytest.mark.parametrize("language", OTHERS)
def test_it_is_complete(english, language):
    assert [f"{where}: {what}" for where, what in problems(language, english)][:20] == []


LABELS = {  # words for a person that none of them would use; a law's own stand in quotation marks
    "es": r"prostituci[oó]n|prostitutas?|v[ií]ctimas?|esclav|rescat|ilegal(?:es)?|chulo|padrote",
    "zh": r"妓女|卖淫|受害者|奴隶|非法移民|嫖",
    "ko": r"창녀|매춘|피해자|불법 ?체류자|노예",
}


@pytest.mark.parametrize("language", OTHERS)
def test_nobody_is_labelled(language):
    quoted = re.compile(r"[“\"「『‘][^”\"」』’]*[”\"」』’]")
    said = {text: quoted.sub("", text) for text in catalogs.translation(language).values()}
    assert [text for text, own in said.items() if re.search(LABELS[language], own, re.IGNORECASE)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_values_can_be_filled_in(english, language):
    said = localized(english, language).say("answer.heading", place="Oregon", topic="x")
    assert "Oregon" in said and "{" not in said


def test_the_files_are_brought_up_to_date_and_nothing_is_lost(english, tmp_path, monkeypatch):
    monkeypatch.setattr(catalogs, "FOLDER", tmp_path)
    small = replace(english, laws={"OR": english.laws["OR"]}, services=())
    waiting = update("xx", small, tmp_path)
    assert waiting["law"] > 10 and set(waiting) == set(AREAS)
    lead = english.laws["OR"].immunity.lead.say
    put("xx", {("", lead): "Oregon: 11.66"}, tmp_path)
    assert update("xx", small, tmp_path)["law"] == waiting["law"] - 1
    assert catalogs.translation("xx", tmp_path)["", lead] == "Oregon: 11.66"


def test_a_changed_sentence_waits_for_its_translator_and_keeps_the_old_one_as_a_suggestion(english, tmp_path):
    small = replace(english, laws={"OR": english.laws["OR"]}, services=())
    update("xx", small, tmp_path)
    lead = english.laws["OR"].immunity.lead.say
    put("xx", {("", lead): "A translation."}, tmp_path)
    law = english.laws["OR"]
    fact = law.immunity.lead.copy(update={"say": f"{lead} Changed."})
    changed = law.copy(update={"immunity": law.immunity.copy(update={"lead": fact})})
    update("xx", replace(small, laws={"OR": changed}), tmp_path)
    assert ("", f"{lead} Changed.") not in catalogs.translation("xx", tmp_path)
    assert "A translation." in (tmp_path / "xx" / "law.po").read_text()


def test_facts_that_a_translation_lost_are_noticed(english, tmp_path, monkeypatch):
    monkeypatch.setattr(catalogs, "translation", lambda _: dict.fromkeys(wanted, "?"))
    wanted = {(words.context, words.text): words for words in messages(english)}
    found = [what for _, what in problems("xx", english)]
    assert any("lacks" in what and "988" in what for what in found)
    assert any("{place}" in what for what in found)
