"""Answers that are the same everywhere: `data/rights`, `data/guidance`, `data/safety`, and our own phrases."""

import datetime as dt

from actions.answer import Answer, Choice, Draft, Link
from actions.compose.choices import command_choice, payload, topic_choices
from actions.compose.section import add_section, close, links
from actions.compose.services import short_card
from actions.conversation import Conversation
from actions.knowledge.library import Library


def section_answer(library: Library, talk: Conversation, topic: str, today: dt.date) -> Answer:
    """What holds everywhere about `topic`. Where a place would say more, naming it is offered."""
    section = library.sections[topic]
    entry = library.topics[topic]
    draft = Draft(id=f"{'rights' if entry.source.startswith('law.') else entry.source}.{topic}")
    add_section(draft, library, section, section)
    close(draft, library, section, section, today)
    if talk.alarm and talk.topic != topic:
        draft.offer([_resume(library)])
    if entry.place != "no" and not talk.jurisdiction:
        draft.offer([Choice(library.say("answer.my_place"), payload(topic, command="ask_place"))])
    return draft.offer(topic_choices(library, entry.next)).done()


def crisis_answer(library: Library, talk: Conversation, topic: str) -> Answer:
    """In one message: no person is watching; people to call, police first; 911 last; a way back."""
    section = library.sections[topic]
    by_id = {service.id: service for service in library.services}
    draft = Draft(id=f"safety.{topic}").say(section.lead.say, *(fact.say for fact in section.facts))
    for service in section.services:
        draft.say(*short_card(library, by_id[service]))
        draft.cite(Link(source.title, source.url) for source in by_id[service].sources)
    draft.say(*(fact.say for fact in section.limits))
    draft.cite(links(section, section.all_facts()))
    draft.short.extend(section.short)
    draft.checked_on, draft.review = section.checked_on.isoformat(), section.review
    draft.offer([_resume(library), command_choice(library, "choices.delete", "delete", "privacy")])
    return draft.offer(topic_choices(library, library.topics[topic].next)).done()


def phrase_answer(library: Library, talk: Conversation, topic: str) -> Answer:
    """What the bot says about itself and the talk."""
    phrase = library.phrases[topic]
    draft = Draft(id=f"phrases.{topic}").say(phrase.lead, *phrase.more)
    draft.short.extend(phrase.short)
    draft.offer(topic_choices(library, library.topics[topic].next))
    if topic in ("privacy", "goodbye"):
        draft.offer([command_choice(library, "choices.delete", "delete", "privacy")])
    return draft.done()


def _resume(library: Library) -> Choice:
    """On with the question that was being talked about, or with asking one."""
    return command_choice(library, "choices.resume", "resume")
