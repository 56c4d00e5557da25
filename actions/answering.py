"""From a conversation to its answer: the whole of what Lantern decides, in one place."""

import datetime as dt
from dataclasses import dataclass, replace

from actions.answer import Answer, Choice, Draft
from actions.compose.asking import also_asked, ask_place, pick_one, place_heard, small
from actions.compose.choices import law_choices, next_choices
from actions.compose.law import covers_line, law_answer
from actions.compose.services import services_answer
from actions.compose.topic import crisis_answer, followup_answer, hidden_answer, phrase_answer, section_answer
from actions.conversation import ASIDE_TOPICS, Conversation
from actions.knowledge.library import Library
from actions.services.search import AT_ONCE

A_SURE_TOPIC = 0.75  # least confidence with which a short message is a question of its own, not a follow-up
A_VERY_SURE_TOPIC = 0.93  # and one that begins like a follow-up ("what about …")


@dataclass(frozen=True)
class Reply:
    """An answer, and what to remember: the topic talked about and the services shown."""

    answer: Answer
    topic: str | None
    shown: tuple[str, ...] = ()


def reply(library: Library, talk: Conversation, today: dt.date) -> Reply:
    """What to say to `talk`, and what to remember. Forgetting and asking which topic have actions of their own."""
    if talk.command:
        return _obey(library, talk, today)
    if asked := followup_of(library, talk):
        return _followed(library, talk, *asked, today)
    if talk.heard == "state_statement":
        return _place_named(library, talk, today)
    made = _about(library, talk, talk.heard, today)
    return replace(made, answer=also_asked(library, talk, made.answer)) if talk.also else made


def followup_of(library: Library, talk: Conversation) -> tuple[str, str] | None:
    """The topic and the name of the follow-up that `talk` asks; None where it asks something of its own.

    A message that leans on the talk ("and how much?") is about its question, unless it was surely heard as a topic
    of its own. A choice names both.
    """
    topic = talk.heard if talk.picked else talk.previous
    if topic is None or talk.alarm or not (talk.picked or talk.elliptical):
        return None
    name = next((name for name in talk.followups if library.answered_by(topic, name)), None)
    if name is None:
        return None
    close = talk.heard in ASIDE_TOPICS | {topic, *library.followups[name].like}
    own = A_VERY_SURE_TOPIC if talk.elliptical == "leaning" else A_SURE_TOPIC
    return (topic, name) if talk.picked or close or talk.sure < own else None


def _followed(library: Library, talk: Conversation, topic: str, name: str, today: dt.date) -> Reply:
    """A follow-up is answered by another topic, by the law of the place, or by the topic's own file."""
    kind, _, target = (library.answered_by(topic, name) or "").partition(".")
    if kind == "topic":
        return _about(library, replace(talk, heard=target, topic=target), target, today)
    if kind == "law" and talk.jurisdiction:
        return Reply(law_answer(library, talk, topic, talk.jurisdiction, today, target, name), topic)
    file = library.sections.get(topic)
    if file is None or name not in file.followups:  # only a place has the answer, or it is switched off
        return Reply(ask_place(library, talk) if kind == "law" else hidden_answer(library, talk, topic), topic)
    opening = covers_line(library, talk.jurisdiction, target) if kind == "covers" else None
    return Reply(followup_answer(library, talk, topic, name, today, opening), topic)


def _about(library: Library, talk: Conversation, topic: str, today: dt.date) -> Reply:
    entry = library.topics[topic]
    source = entry.source
    if topic in library.off:
        return Reply(hidden_answer(library, talk, topic), topic)
    if talk.options and not talk.here and (entry.place != "no" or source == "services"):
        return Reply(ask_place(library, talk), topic, talk.shown)
    if source == "phrases":
        return Reply(phrase_answer(library, talk, topic), talk.topic, talk.shown)
    if source == "services":
        answer, shown = services_answer(library, talk, topic)
        return Reply(answer, topic, shown)
    if source == "safety":
        return Reply(crisis_answer(library, talk, topic), talk.topic, talk.shown)
    if source.startswith("law.") and talk.jurisdiction:
        return Reply(law_answer(library, talk, topic, talk.jurisdiction, today), topic)
    if topic not in library.sections:
        return Reply(hidden_answer(library, talk, topic), topic)
    return Reply(section_answer(library, talk, topic, today), talk.topic if talk.alarm else topic)


def _place_named(library: Library, talk: Conversation, today: dt.date) -> Reply:
    """A place and nothing else: the same question there, or what can be asked about it."""
    if not talk.here and talk.options:
        return Reply(ask_place(library, talk), talk.topic)
    if talk.jurisdiction is None:
        return Reply(ask_place(library, talk), talk.topic)
    if talk.misses and talk.choices:  # it was asked what is meant, and that is still open
        again = (Choice(label, value) for label, value in talk.choices)
        return Reply(place_heard(library, talk.jurisdiction, again), talk.topic)
    entry = library.topics.get(talk.topic) if talk.topic else None
    if entry and talk.topic and (entry.place != "no" or entry.source == "services"):
        return _about(library, replace(talk, shown=()), talk.topic, today)
    by_law = law_choices(library, talk.topic) if talk.topic else ()
    offered = (*by_law, *next_choices(library, "state_statement"))
    return Reply(place_heard(library, talk.jurisdiction, offered), talk.topic)


def _obey(library: Library, talk: Conversation, today: dt.date) -> Reply:
    """A request to the bot itself."""
    topic = talk.topic
    match talk.command:
        case "ask_place":
            return Reply(ask_place(library, talk), topic)
        case "skip" if topic and talk.was_offered("skip"):
            return _about(library, talk, topic, today)
        case "resume" if topic:
            return _about(library, talk, topic, today)
        case "yes" if talk.choices:
            return Reply(pick_one(library, talk), topic, talk.shown)
        case "more" if topic:
            if library.topics[topic].source == "services":
                return _about(library, talk, topic, today)
            return Reply(small(library, "more.nothing", library.topics[topic].next), topic)
        case "simpler" if topic:
            again = replace(talk, shown=talk.shown[: (len(talk.shown) - 1) // AT_ONCE * AT_ONCE])
            return Reply(_simpler(library, _about(library, again, topic, today).answer), topic, talk.shown)
        case "back" if talk.before:
            return _about(library, replace(talk, shown=()), talk.before, today)
        case "back":
            return Reply(small(library, "back.nothing"), topic, talk.shown)
        case _:
            return Reply(phrase_answer(library, talk, "how_to_use"), topic, talk.shown)


def _simpler(library: Library, answer: Answer) -> Answer:
    draft = Draft(answer.id, [library.say("simpler.note"), *answer.short], list(answer.short))
    draft.choices, draft.sources = list(answer.choices), list(answer.sources)
    draft.checked_on, draft.review = answer.checked_on, answer.review
    return draft.done()


def needs_place(library: Library, talk: Conversation) -> bool:
    """True where the question differs from place to place, the place is not known, and it was not asked for yet."""
    asked = followup_of(library, talk)
    entry = library.topics.get(asked[0] if asked else talk.heard)
    wants = entry is not None and entry.place == "ask" and not talk.command
    return wants and not talk.jurisdiction and not talk.place_asked
