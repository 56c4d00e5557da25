"""Answers out of sections: law, rights, guidance, safety. They share one form."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from actions.answer import Draft, Link
from actions.compose.hours import day
from actions.knowledge.catalogs import DRAFTED, ENGLISH, is_ours, languages
from actions.knowledge.library import Library
from actions.knowledge.records import Checked, Fact, Section
from actions.knowledge.revisions import UNREVIEWED


def add_section(draft: Draft, library: Library, section: Section, checked: Checked) -> None:
    """The facts of `section`, their limits, the next step, and their sources."""
    draft.say(section.lead.say, *(fact.say for fact in section.facts))
    if section.limits:
        draft.say(library.say("answer.limits"), *(f"- {fact.say}" for fact in section.limits))
    if section.next:
        draft.say(section.next.say)
    draft.cite(links(library, checked, section.all_facts()))
    draft.short.extend(section.short)


class Opening(NamedTuple):
    """A sentence said before a section, whether somebody signed it, too, and what it rests on."""

    say: str
    reviewed: bool
    sources: list[Link]


def close(
    draft: Draft, library: Library, section: Section, checked: Checked, today: dt.date, opening: Opening | None = None
) -> None:
    """What every answer that rests on sources ends with: how sure, how old, and who checked all of it."""
    stamp = checked.stamp(section)
    if opening and not opening.reviewed:
        stamp = stamp.copy(update={"review": UNREVIEWED})
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
    draft.say(_translated(library, section))
    tail = library.say("answer.short_tail_reviewed" if stamp.reviewed else "answer.short_tail", date=date)
    draft.short[-1] = f"{draft.short[-1]} {tail}"
    draft.checked_on, draft.review = stamp.checked_on.isoformat(), "reviewed" if stamp.reviewed else "unreviewed"


def _translated(library: Library, section: Section) -> str | None:
    """Who put `section` into the language of `library`; None where nobody had to, or somebody stands for it."""
    said, language = section.lead.say, library.language
    if language == ENGLISH or said in library.translations.get(language, {}).values():
        return None
    if not is_ours(language, said):
        return library.say("answer.not_translated")
    return library.say("answer.machine_translated") if languages()[language].review == DRAFTED else None


def links(library: Library, checked: Checked, facts: Iterable[Fact]) -> list[Link]:
    """The sources that `facts` rest on, as the reader sees them."""
    keys = dict.fromkeys(key for fact in facts for key in fact.sources)
    found = (library.source(checked, key) for key in keys)
    return [Link(source.title, source.url) for source in found if source]
