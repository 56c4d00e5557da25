"""Answers that are the same everywhere: `data/rights`, `data/guidance`, `data/safety`, and our own phrases."""

import datetime as dt

from actions.answer import Answer, Choice, Draft, Link
from actions.compose.choices import command_choice, next_choices, payload, topic_choices
from actions.compose.section import Opening, add_section, close, links
from actions.compose.services import add_people, short_card, short_line
from actions.conversation import Conversation
from actions.knowledge.library import Library
from actions.knowledge.records import Section
from actions.services.search import AT_ONCE

AGAIN = "again"  # the follow-up for an alarm that comes a second time in a row


def section_answer(library: Library, talk: Conversation, topic: str, today: dt.date) -> Answer:
    """What holds everywhere about `topic`. Where a place would say more, naming it is offered."""
    section = library.sections[topic]
    entry = library.topics[topic]
    draft = Draft(id=f"{library.folder(topic)}.{topic}")
    add_section(draft, library, section, section)
    close(draft, library, section, section, today)
    if talk.alarm and talk.topic != topic:
        draft.offer([_resume(library)])
    if entry.place != "no" and not talk.jurisdiction:
        draft.offer([_my_place(library, topic)])
    return draft.offer(next_choices(library, topic)).done()


def followup_answer(
    library: Library, talk: Conversation, topic: str, name: str, today: dt.date, opening: Opening | None = None
) -> Answer:
    """What the file of `topic` says to the follow-up `name`; `opening` is said first.

    Where a place would say more and none is known, naming it is offered.
    """
    file = library.sections[topic]
    section = file.followups[name]
    draft = Draft(id=f"{library.folder(topic)}.{topic}.followups.{name}")
    draft.say(library.followups[name].label, opening and opening.say)
    draft.cite(opening.sources if opening else ())
    add_section(draft, library, section, file)
    if section.place != "no" and not talk.jurisdiction:
        draft.say(library.say("answer.tell_place"))
        draft.short[-1] = f"{draft.short[-1]} {library.say('answer.short_tell_place')}"
        draft.offer([_my_place(library, topic)])
    if opening:
        draft.short.insert(0, opening.say)
    close(draft, library, section, file, today, opening)
    draft.offer([Choice(library.label(topic), payload(topic))])
    return draft.offer(next_choices(library, topic, name)).done()


def hidden_answer(library: Library, talk: Conversation, topic: str) -> Answer:
    """Where the answer is switched off, or nobody reviewed it yet: that, and people who can help."""
    draft = Draft(id=f"hidden.{topic}").say(library.say("hidden.say"))
    draft.short.append(library.say("hidden.say"))
    add_people(draft, library, talk)
    return draft.offer(topic_choices(library, ["need_hotline", "need_legal_help"])).done()


def crisis_answer(library: Library, talk: Conversation, topic: str) -> Answer:
    """In one message: no person is watching; people to call, police first; 911 last; a way back."""
    file = library.sections[topic]
    section: Section = file.followups.get(AGAIN, file) if talk.last_alarm == topic else file
    by_id = {service.id: service for service in library.services}
    draft = Draft(id=f"safety.{topic}").say(section.lead.say, *(fact.say for fact in section.facts))
    people = [service for service in map(by_id.get, file.services) if service]
    for service in people:
        draft.say(*short_card(library, service))
        draft.cite(Link(source.title, source.url) for source in service.sources)
    draft.say(*(fact.say for fact in section.limits))
    draft.cite(links(library, file, section.all_facts()))
    draft.short.extend(section.short)
    if not any(phone.number in text for one in people for phone in one.phones for text in section.short):
        draft.short[1:1] = [short_line(library, one) for one in people]  # the sentence that named them is switched off
    stamp = file.stamp(section)
    draft.checked_on, draft.review = stamp.checked_on.isoformat(), "reviewed" if stamp.reviewed else "unreviewed"
    draft.offer([_resume(library), command_choice(library, "choices.delete", "delete", "privacy")])
    return draft.offer(next_choices(library, topic)).done()


def phrase_answer(library: Library, talk: Conversation, topic: str) -> Answer:
    """What the bot says about itself and the talk."""
    switched = topic == "language_switch" and talk.spoken in talk.languages
    phrase = library.phrases["language_switched" if switched else topic]
    draft = Draft(id=f"phrases.{topic}").say(phrase.lead, *phrase.more)
    draft.short.extend(phrase.short)
    if topic == "content_feedback":
        _offer_wrong_numbers(draft, library, talk)
    if switched and talk.topic:
        draft.offer([_resume(library)])
    draft.offer(next_choices(library, topic))
    if topic in ("privacy", "goodbye"):
        draft.offer([command_choice(library, "choices.delete", "delete", "privacy")])
    return draft.done()


def counted_answer(library: Library, service_id: str) -> Answer:
    """Thanks for saying that a service's number is wrong."""
    name = next(service.name for service in library.services if service.id == service_id)
    said = library.say("wrong_number.counted", name=name)
    return Draft(id=f"wrong_number.{service_id}", lines=[said], short=[said]).done()


def _offer_wrong_numbers(draft: Draft, library: Library, talk: Conversation) -> None:
    """A choice for each of the services that were shown last."""
    names = {service.id: service.name for service in library.services}
    last = [name for name in talk.shown[-AT_ONCE:] if name in names]
    if last:
        draft.say(library.say("wrong_number.ask"))
        label = "wrong_number.choice"
        draft.offer(Choice(library.say(label, name=names[i]), payload("content_feedback", service=i)) for i in last)


def _my_place(library: Library, topic: str) -> Choice:
    """On with `topic` in the person's own place, which is asked for."""
    return command_choice(library, "answer.my_place", "ask_place", topic)


def _resume(library: Library) -> Choice:
    """On with the question that was being talked about, or with asking one."""
    return command_choice(library, "choices.resume", "resume")
