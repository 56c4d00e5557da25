"""Every legal answer of every place: jurisdiction, statute, sources, date, review; and nothing that is not in data/."""

import datetime as dt

import pytest

from actions.answering import reply
from actions.conversation import Conversation
from actions.knowledge.library import library
from tests.actions.test_sentences import comes_from_data, patterns, written  # noqa: F401  fixtures

TODAY = dt.date(2026, 11, 26)
TOPICS = [topic for topic, entry in library().topics.items() if entry.source.startswith("law.")]
FOLLOWED = [
    (topic, name)
    for topic in library().topics
    for name in library().followups
    if (library().answered_by(topic, name) or "").startswith("law.")
]


def answers(code: str):
    for topic in TOPICS:
        yield reply(library(), Conversation(topic, topic, jurisdiction=code), TODAY).answer
    for topic, name in FOLLOWED:
        talk = Conversation(topic, topic, previous=topic, followups=(name,), picked=True, jurisdiction=code)
        yield reply(library(), talk, TODAY).answer


@pytest.mark.parametrize("code", sorted(library().laws))
def test_it_says_where_by_which_law_from_which_source_and_when(code):
    law = library().laws[code]
    for answer in answers(code):
        path = answer.id.removeprefix(f"law.{code}.")
        assert answer.id == f"law.{code}.{path}" and path in law.sections()
        assert law.name in answer.lines[0]
        assert f"Law: {law.statute(path)}." in answer.lines
        assert {s.url for s in answer.sources} <= {s.url for s in law.sources.values()} and answer.sources
        assert answer.checked_on == law.checked_on.isoformat() and answer.checked_on in answer.text
        assert answer.review == "unreviewed" and "Not yet checked by a lawyer." in answer.text
        assert law.name in answer.short[0] or code in answer.short[0].split()
        assert answer.checked_on in answer.short[-1]
        assert not answer.text.lower().count("you will not be arrested")


@pytest.mark.parametrize("code", sorted(library().laws))
def test_it_says_nothing_of_its_own(code, written, patterns):  # noqa: F811
    strange = {
        line
        for answer in answers(code)
        for line in (*answer.lines, *answer.short, *(choice.label for choice in answer.choices))
        if not comes_from_data(line.removeprefix("- "), written, patterns)
    }
    assert not strange


def test_every_part_of_the_law_can_be_asked_for():
    asked = {answer.id.split(".", 2)[2] for answer in answers("OR")}
    assert asked == set(library().laws["OR"].sections())


NOTHING_FOUND = [code for code, law in library().laws.items() if law.records.status == "none_found"]


@pytest.mark.parametrize("code", NOTHING_FOUND)
def test_where_nothing_clears_a_record_it_says_so_and_names_the_ordinary_way(code):
    law = library().laws[code]
    answer = reply(
        library(), Conversation("expunge_eligibility", "expunge_eligibility", jurisdiction=code), TODAY
    ).answer
    assert "did not find" in law.records.eligibility.lead.say and law.records.eligibility.lead.say in answer.text
    assert "Without saying I was trafficked" in [choice.label for choice in answer.choices]


def test_the_federal_law_of_2026():
    answer = reply(
        library(), Conversation("expunge_eligibility", "expunge_eligibility", jurisdiction="US"), TODAY
    ).answer
    assert "January 23, 2026" in answer.text and "Trafficking Survivors Relief Act" in answer.text
    assert "does not clear state records" in answer.text


def test_sources_that_disagree_are_both_told():
    answer = reply(library(), Conversation("immunity_reporting", "immunity_reporting", jurisdiction="OR"), TODAY).answer
    assert "We are not sure of this." in answer.text
    assert library().laws["OR"].immunity.status == "evidence_only"
