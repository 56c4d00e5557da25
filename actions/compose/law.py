"""Answers that differ from place to place: `data/law/<code>.yml`."""

import datetime as dt

from actions.answer import Answer, Choice, Draft
from actions.compose.choices import next_choices, payload
from actions.compose.section import Opening, add_section, close, links
from actions.compose.services import legal_help_lines
from actions.conversation import Conversation
from actions.knowledge.library import FEDERAL, Library


def law_answer(
    library: Library,
    talk: Conversation,
    topic: str,
    code: str,
    today: dt.date,
    path: str | None = None,
    followup: str | None = None,
) -> Answer:
    """What the law of `code` says about `topic` (or at `path`); the federal rule and people who can help if unknown.

    Args:
        path: the section of the law that answers the follow-up `followup`; None for the topic's own.
    """
    law = library.laws.get(code)
    own = library.topics[topic].source.removeprefix("law.")
    path = path or own
    section = law.sections().get(path) if law else None
    draft = Draft(id=f"law.{code}.{path}")
    if law is None or section is None:
        _not_known(draft, library, talk, path, code, today)
    else:
        heading = library.label(topic) if path == own else library.say(f"law.{path.rpartition('.')[2]}")
        draft.say(library.say("answer.heading", place=library.place(code), topic=heading))
        add_section(draft, library, section, law)
        draft.say(library.say("answer.law", statute=law.statute(path)))
        close(draft, library, section, law, today)
    others = [c for c in talk.here if c != code]
    draft.offer(_same_question(library, topic, other) for other in others)
    return draft.offer(next_choices(library, topic, followup)).done()


def covers_line(library: Library, code: str | None, what: str) -> Opening | None:
    """Whether relief for people who were trafficked covers `what` (arrests, convictions, juvenile) in the place `code`.

    None where the place is not known, has no such relief, or what was found about it is hidden.
    """
    law = library.laws.get(code or "")
    section = law.sections().get("records.eligibility") if law else None
    if law is None or section is None or law.records.status == "none_found":
        return None
    said = library.say(f"covers.{what}.{getattr(law.records.details, what)}", place=library.place(law.code))
    reviewed = law.stamp(section).reviewed is not None
    return Opening(said, reviewed, links(library, law, section.all_facts()))


def _not_known(draft: Draft, library: Library, talk: Conversation, path: str, code: str, today: dt.date) -> None:
    place = library.place(code)
    covered = [library.place(other) for other in library.site.jurisdictions]
    key = "here.not_covered" if covered and code not in library.site.jurisdictions else "place.no_law"
    draft.say(library.say(key, place=place, places=", ".join(covered)))
    draft.short.append(library.say(f"{key}_short", place=place, places=", ".join(covered)))
    federal = library.laws.get(FEDERAL)
    section = federal.sections().get(path) if federal else None
    if federal and section:
        draft.say(section.lead.say, *(f"- {fact.say}" for fact in section.limits))
        draft.cite(links(library, federal, section.all_facts()))
    draft.say(*legal_help_lines(library, talk, code))
    if federal and section:
        close(draft, library, section, federal, today)


def _same_question(library: Library, topic: str, code: str) -> Choice:
    label = library.say("answer.other_place", place=library.place(code))
    return Choice(label, payload(topic, jurisdiction=code))
