"""Answers out of sections: law, rights, guidance, safety. They share one form."""

import datetime as dt
from collections.abc import Iterable

from actions.answer import Draft, Link
from actions.compose.hours import day
from actions.knowledge.catalogs import DRAFTED, ENGLISH, languages
from actions.knowledge.library import Library
from actions.knowledge.records import Checked, Fact, Section


def add_section(draft: Draft, library: Library, section: Section, checked: Checked) -> None:
    """The facts of `section`, their limits, the next step, and their sources."""
    draft.say(section.lead.say, *(fact.say for fact in section.facts))
    if section.limits:
        draft.say(library.say("answer.limits"), *(f"- {fact.say}" for fact in section.limits))
    if section.next:
        draft.say(section.next.say)
    draft.cite(links(library, checked, section.all_facts()))
    draft.short.extend(section.short)


def close(draft: Draft, library: Library, section: Section, checked: Checked, today: dt.date) -> None:
    """What every answer that rests on sources ends with: how sure, how old, and who checked it."""
    stamp = checked.stamp(section)
    date = day(library, stamp.checked_on)
    if section.confidence == "low":
        draft.say(library.say("answer.low_confidence"))
    if stamp.is_stale(today):
        draft.say(library.say("answer.stale"))
        draft.short.append(library.say("answer.short_stale"))
    if by := stamp.reviewed:
        review = library.say("answer.reviewed", name=by.name, role=by.role, date=day(library, by.on))
    else:
        review = library.say("answer.unreviewed")
    draft.say(f"{library.say('answer.checked', date=date)} {review}")
    if library.language != ENGLISH and languages()[library.language].review == DRAFTED:
        draft.say(library.say("answer.machine_translated"))
    tail = library.say("answer.short_tail_reviewed" if stamp.reviewed else "answer.short_tail", date=date)
    draft.short[-1] = f"{draft.short[-1]} {tail}"
    draft.checked_on, draft.review = stamp.checked_on.isoformat(), "reviewed" if stamp.reviewed else "unreviewed"


def links(library: Library, checked: Checked, facts: Iterable[Fact]) -> list[Link]:
    """The sources that `facts` rest on, as the reader sees them."""
    keys = dict.fromkeys(key for fact in facts for key in fact.sources)
    found = (library.source(checked, key) for key in keys)
    return [Link(source.title, source.url) for source in found if source]
