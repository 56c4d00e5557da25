"""Answers that ask: which place, which topic."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from actions.answer import Answer, Choice, Draft
from actions.compose.choices import command_choice, place_choices, topic_choices
from actions.compose.services import add_people
from actions.conversation import Conversation
from actions.knowledge.library import Library

MOST_GUESSES = 3
MENU = "how_to_use"
# Never offered as a guess: nobody means to pick them.
NOT_OFFERED = frozenset(
    {"abuse_insult", "out_of_scope", "buyer_or_trafficker", "state_statement", "greet", "thanks", "goodbye"}
)


def ask_place(library: Library, talk: Conversation) -> Answer:
    """Which state is this about? With choices where a name fits several."""
    draft = Draft(id="ask.place")
    draft.say(library.say("place.ask_options" if talk.options else "place.ask"), library.say("place.may_skip"))
    draft.short.append(library.say("place.short"))
    draft.offer(place_choices(library, [c for c in talk.options if c in library.places]))
    return draft.offer([command_choice(library, "place.skip", "skip")]).done()


def ask_which(library: Library, talk: Conversation) -> Answer:
    """Which of the likeliest topics is meant? The second time in a row: the menu and people; after that, people."""
    if talk.misses > 1:
        draft = Draft(id="ask.person").say(library.say("which.ask_person"))
        draft.short.append(library.say("which.ask_person"))
        add_people(draft, library, talk)
        return draft.offer(topic_choices(library, ["need_hotline", MENU])).done()
    if talk.misses:
        draft = Draft(id="ask.again").say(library.say("which.ask_again"))
        draft.short.append(library.say("which.short_again"))
        return draft.offer(topic_choices(library, ["need_hotline", *library.topics[MENU].next])).done()
    draft = Draft(id="ask.which").say(library.say("which.ask"))
    draft.short.append(library.say("which.short"))
    guesses = [t for t in talk.ranking if t not in NOT_OFFERED][:MOST_GUESSES]
    draft.offer(topic_choices(library, guesses))
    return draft.offer([command_choice(library, "which.none", "menu")]).done()


def also_asked(library: Library, talk: Conversation, answer: Answer) -> Answer:
    """`answer`, with the second question of the message said and offered first."""
    if talk.also is None or talk.also not in library.topics:
        return answer
    choice = next(topic_choices(library, [talk.also]))
    line = library.say("answer.also", topic=choice.label)
    others = tuple(c for c in answer.choices if c.value != choice.value)
    return replace(answer, lines=(*answer.lines, line), choices=(choice, *others))


def pick_one(library: Library, talk: Conversation) -> Answer:
    """ "Yes", where several things were offered: which one?"""
    draft = Draft(id="affirmed.which").say(library.say("affirmed.which"))
    draft.short.append(library.say("affirmed.which"))
    return draft.offer(Choice(label, value) for label, value in talk.choices).done()


def place_heard(library: Library, code: str, offered: Iterable[Choice]) -> Answer:
    """A place without a question: remembered, and what can be asked about it."""
    name = library.place(code)
    draft = Draft(id="place.heard").say(library.say("place.heard", place=name))
    draft.short.append(library.say("place.heard_short", place=name))
    return draft.offer(offered).done()


def forgotten(library: Library) -> Answer:
    """The talk is deleted, and what deleting cannot do."""
    draft = Draft(id="forgotten").say(library.say("forget.done"), library.say("forget.rest"))
    draft.short.append(library.say("forget.short"))
    return draft.done()


def small(library: Library, key: str, topics: Sequence[str] = ()) -> Answer:
    """One small sentence, and `topics` (or the start of the menu) to go on with."""
    draft = Draft(id=key).say(library.say(key))
    draft.short.append(library.say(key))
    return draft.offer(topic_choices(library, topics or library.topics[MENU].next[:4])).done()
