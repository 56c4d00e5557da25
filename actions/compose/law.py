"""Answers that differ from place to place: `data/law/<code>.yml`."""

import datetime as dt
from operator import attrgetter

from actions.answer import Answer, Choice, Draft
from actions.compose.choices import payload, topic_choices
from actions.compose.section import add_section, close, links
from actions.compose.services import legal_help_lines
from actions.conversation import Conversation
from actions.knowledge.library import FEDERAL, Library
from actions.knowledge.records import Law


def law_answer(library: Library, talk: Conversation, topic: str, code: str, today: dt.date) -> Answer:
    """What the law of `code` says about `topic`; the federal rule and people who can help where it is not known."""
    law = library.laws.get(code)
    path = library.topics[topic].source.removeprefix("law.")
    draft = Draft(id=f"law.{code}.{path}")
    if law is None:
        _not_known(draft, library, talk, path, code, today)
    else:
        _known(draft, library, law, path, topic, today)
    others = [c for c in talk.here if c != code]
    draft.offer(_same_question(library, topic, other) for other in others)
    return draft.offer(topic_choices(library, library.topics[topic].next)).done()


def _known(draft: Draft, library: Library, law: Law, path: str, topic: str, today: dt.date) -> None:
    section = attrgetter(path)(law)
    statute = law.records.statute if path.startswith("records.") else section.statute
    draft.say(library.say("answer.heading", place=law.name, topic=library.label(topic)))
    add_section(draft, library, section, law)
    draft.say(library.say("answer.law", statute=statute))
    close(draft, library, section, law, today)


def _not_known(draft: Draft, library: Library, talk: Conversation, path: str, code: str, today: dt.date) -> None:
    federal = library.laws[FEDERAL]
    section = attrgetter(path)(federal)
    place = library.place(code)
    draft.say(library.say("place.no_law", place=place), section.lead.say)
    draft.say(*(f"- {fact.say}" for fact in section.limits))
    draft.short.append(library.say("place.no_law_short", place=place))
    draft.cite(links(federal, section.all_facts()))
    draft.say(*legal_help_lines(library, code, no_police=talk.no_police))
    close(draft, library, section, federal, today)


def _same_question(library: Library, topic: str, code: str) -> Choice:
    label = library.say("answer.other_place", place=library.place(code))
    return Choice(label, payload(topic, jurisdiction=code))
