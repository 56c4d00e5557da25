"""What no overlay can change, so that a person is as safe on every page that Lantern speaks on.

Crisis answers and the services they name, what an answer about somebody under 18 says; that this is a program, that
nothing is reviewed, what is kept and what the exit cannot do; what a service does about the police, before its number.
Of the small sentences only those named here can be replaced: one that is new in a later version is safe by itself.
"""

from actions.conversation import ALARM_TOPICS
from actions.knowledge.library import Library

PHRASES = frozenset(  # topics whose phrase is nobody's promise
    {
        "goodbye",
        "thanks",
        "how_to_use",
        "content_feedback",
        "abuse_insult",
        "out_of_scope",
        "buyer_or_trafficker",
        "state_statement",
    }
)
SENTENCES = frozenset(  # names of small sentences
    {
        "page.try",
        "page.write",
        "page.send",
        "page.again",
        "place.ask",
        "place.ask_options",
        "place.may_skip",
        "place.short",
        "place.skip",
        "place.heard",
        "place.heard_short",
        "which.ask",
        "which.short",
        "which.ask_again",
        "which.short_again",
        "which.none",
        "empty",
        "too_long",
        "back.nothing",
        "affirmed.which",
        "simpler.note",
        "more.services_end",
        "more.nothing",
        "services.more",
        "services.none",
        "services.near",
        "services.anywhere",
        "choices.simpler",
        "choices.more",
        "answer.my_place",
        "answer.other_place",
        "wrong_number.ask",
        "wrong_number.choice",
        "help.title",
        "help.need",
        "help.choose",
        "help.state",
        "help.anywhere",
        "help.show",
    }
)


def may_replace_phrase(topic: str) -> bool:
    """True where an overlay may say something else to `topic`."""
    return topic in PHRASES


def may_replace_sentence(name: str) -> bool:
    """True where an overlay may say something else for the small sentence `name`."""
    return name in SENTENCES


def may_replace_answer(topic: str) -> bool:
    """True where an overlay may answer `topic` itself."""
    return topic not in ALARM_TOPICS


def fixed_services(library: Library) -> frozenset[str]:
    """Ids of services that stay as Lantern has them: those of crisis answers, and those that are always named."""
    crisis = (file.services for topic, file in library.sections.items() if topic in ALARM_TOPICS)
    return frozenset(name for names in crisis for name in names) | frozenset(library.needs.always)
