"""A sign-off holds while everything its reader read is as it was. Whatever changes, it counts as none, everywhere."""

import datetime as dt
from dataclasses import replace

import pytest

from actions.answering import reply
from actions.conversation import Conversation
from actions.knowledge.catalogs import localized
from actions.knowledge.control import Control, allowed, fact_name
from actions.knowledge.library import library
from actions.knowledge.names import sections
from actions.knowledge.records import Reviewed, Topic
from actions.knowledge.revisions import section_revision, service_revision, settled

TODAY = dt.date(2026, 11, 26)


def by(revision):
    return Reviewed(name="A. Lawyer", role="attorney", on=TODAY, revision=revision)


def revision(of, name):
    return next(section_revision(of, *found) for found in sections(of) if found[0] == name)


def with_law(**changes):
    """The whole library with another law of Oregon."""
    return replace(library(), laws={**library().laws, "OR": library().laws["OR"].copy(update=changes)})


def signed_law(path="immunity", **changes):
    """Oregon with a sign-off for what there is today, and then `changes` to the section."""
    signed = by(revision(library(), f"law.OR.{path}"))
    law = library().laws["OR"]
    section = law.sections()[path].copy(update={"review": signed, **changes})
    return replace(library(), laws={**library().laws, "OR": law.with_sections({path: section})})


def said(of, **talk):
    return reply(of, Conversation("immunity_reporting", "immunity_reporting", jurisdiction="OR", **talk), TODAY).answer


def test_it_looks_the_same_in_every_version():
    """Another sum would take every sign-off away from everybody, without a word: change it on purpose only."""
    fact = {"say": "This is so.", "from": ["a"]}
    source = {"title": "A law", "url": "https://law.example", "excerpt": "it is so"}
    part = {"lead": fact, "short": ["This is so."], "confidence": "low"}
    dates = {"checked_on": "2026-11-25", "recheck_days": 90}
    file = Topic.parse_obj({"topic": "x", **dates, **part, "sources": {"a": source}, "followups": {"y": part}})
    assert section_revision(library(), "rights.x", file, file) == "r74a45bb8"
    assert section_revision(library(), "rights.x.followups.y", file, file.followups["y"]) == "rd7e49e81"


def test_signed_as_it_is():
    view = settled(signed_law())
    assert not view.lapsed and said(view).review == "reviewed"
    assert "Checked by A. Lawyer, attorney, on 2026-11-26." in said(view).text
    assert "Not yet checked by a lawyer" not in said(view).text and "not by a lawyer" not in said(view).short[-1]


FACT = library().laws["OR"].immunity.lead
CHANGES = {
    "a word": {"lead": FACT.copy(update={"say": FACT.say + " Yes."})},
    "a source": {"lead": FACT.copy(update={"sources": FACT.sources[:1]})},
    "the text message": {"short": ("Oregon: it is so.",)},
    "a field": {"status": "immunity"},
    "the statute": {"statute": "ORS 1"},
    "how sure we are": {"confidence": "high"},
    "a limit that is gone": {"limits": ()},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_takes_it_off(change):
    view = settled(signed_law(**change))
    assert view.lapsed["law.OR.immunity"].name == "A. Lawyer"
    answer = said(view)
    assert (
        answer.review == "unreviewed"
        and "Not yet checked by a lawyer." in answer.text
        and "A. Lawyer" not in answer.text
    )
    hidden = allowed(view, Control(reviewed_only=True))
    assert "immunity" not in hidden.laws["OR"].sections()


def test_a_source_that_says_something_else_takes_it_off():
    law = signed_law().laws["OR"]
    key = law.immunity.lead.sources[0]
    sources = {**law.sources, key: law.sources[key].copy(update={"excerpt": "other words"})}
    view = settled(replace(library(), laws={"OR": law.copy(update={"sources": sources})}))
    assert set(view.lapsed) == {"law.OR.immunity"}


def test_a_claim_of_a_document_that_says_something_else():
    name = "guidance.why_not_arrest"
    documents = dict(library().documents)
    ground = documents["common_ground"]
    claim = ground.claims["no_arrests"].copy(update={"quote": "other words"})
    documents["common_ground"] = ground.copy(update={"claims": {**ground.claims, "no_arrests": claim}})
    assert revision(library(), name) != revision(replace(library(), documents=documents), name)


def test_a_field_of_record_relief_takes_off_who_signed_eligibility_and_no_one_else():
    details = library().laws["OR"].records.details.copy(update={"juvenile": "yes"})
    other = with_law(records=library().laws["OR"].records.copy(update={"details": details}))
    changed = {
        name
        for name, *_ in sections(library())
        if name.startswith("law.OR") and revision(other, name) != revision(library(), name)
    }
    assert changed == {"law.OR.records.eligibility"}


def test_read_once_more_and_found_the_same_it_stays():
    again = signed_law(checked_on=dt.date(2026, 11, 1), recheck_days=30)
    assert not settled(again).lapsed


def test_without_a_revision_it_is_none():
    view = settled(with_law(immunity=library().laws["OR"].immunity.copy(update={"review": by(None)})))
    assert set(view.lapsed) == {"law.OR.immunity"} and said(view).review == "unreviewed"


def test_one_cannot_be_copied_to_another_section():
    law = library().laws["OR"]
    of_another = by(revision(library(), "law.OR.immunity"))
    assert set(settled(with_law(condoms=law.condoms.copy(update={"review": of_another}))).lapsed) == {"law.OR.condoms"}


def test_a_topic_signs_nothing_for_its_followups():
    file = library().sections["passport_taken"]
    signed = file.copy(update={"review": by(revision(library(), "rights.passport_taken"))})
    view = settled(replace(library(), sections={**library().sections, "passport_taken": signed}))
    file = view.sections["passport_taken"]
    assert file.stamp(file).reviewed and not any(file.stamp(section).reviewed for section in file.followups.values())


def test_a_service():
    service = library().services[0]
    signed = service.copy(update={"review": by(service_revision(service)), "assured_date": TODAY})
    wrong = signed.copy(update={"police_contact_note": "Never."})
    assert settled(replace(library(), services=(signed,))).services == (signed,)
    view = settled(replace(library(), services=(wrong,)))
    assert view.services[0].review == "unreviewed" and set(view.lapsed) == {service.id}
    assert not allowed(view, Control(reviewed_only=True)).services or service.id in view.needs.always


def test_a_translation_keeps_the_sign_off_of_its_english():
    assert said(localized(settled(signed_law()), "es")).review == "reviewed"


def test_where_a_sentence_is_switched_off_nobody_signed_what_is_left():
    view = settled(signed_law())
    limit = view.laws["OR"].immunity.limits[0]
    off = frozenset({fact_name("law.OR.immunity", limit)})
    assert said(allowed(view, Control(off))).review == "unreviewed"
    assert "immunity" not in allowed(view, Control(off, reviewed_only=True)).laws["OR"].sections()


COVERS = {"heard": "expunge_eligibility", "topic": "expunge_eligibility", "followups": ("arrests",), "picked": True}


@pytest.mark.parametrize("both", [False, True])
def test_a_sentence_from_another_file_has_to_be_signed_too(both):
    name = next(n for n in library().sections["expunge_eligibility"].followups if n in ("arrests", "juvenile"))
    file = library().sections["expunge_eligibility"]
    part = file.followups[name]
    path = f"rights.expunge_eligibility.followups.{name}"
    file = file.with_sections({f"followups.{name}": part.copy(update={"review": by(revision(library(), path))})})
    of = signed_law("records.eligibility") if both else library()
    view = settled(replace(of, sections={**of.sections, "expunge_eligibility": file}))
    talk = Conversation(**{**COVERS, "followups": (name,)}, previous="expunge_eligibility", jurisdiction="OR")
    answer = reply(view, talk, TODAY).answer
    assert any("Oregon" in line for line in answer.lines)
    assert answer.review == ("reviewed" if both else "unreviewed")
