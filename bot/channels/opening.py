"""The first screen: what it suggests, and the one early question. All of it is `data/`; nothing is decided here.

The early question (could someone else see this phone?) is answered by the page itself. Its answer is kept nowhere.
"""

from collections.abc import Mapping

from actions.answer import Answer, Choice
from actions.compose.choices import command_choice, payload, topic_choices
from actions.compose.services import short_card
from actions.knowledge.control import offered
from actions.knowledge.library import Library

SUGGESTED = ("immunity_reporting", "rights_police_stop", "expunge_eligibility", "need_legal_help", "need_shelter")
CALL = "need_hotline"
SEEN, UNSEEN = "seen:yes", "seen:no"


def suggested(library: Library) -> tuple[Choice, ...]:
    """The questions to start with."""
    return tuple(topic_choices(library, SUGGESTED))


def named_first(library: Library) -> tuple[Answer, ...]:
    """A card for each service that the site names before others: what it does about the police before its number."""
    known = {service.id: service for service in library.services}
    first = (known[name] for name in library.site.first if name in known)
    return tuple(Answer(f"services.{s.id}", tuple(short_card(library, s)), ()) for s in first)


def could_be_seen(library: Library) -> tuple[Choice, ...]:
    """The answers to: could someone else see this phone?"""
    return Choice(library.say("seen.yes"), SEEN), Choice(library.say("seen.no"), UNSEEN)


def tools(library: Library) -> tuple[Choice, ...]:
    """What can be done with any answer, and the other languages."""
    others = {code: one.name for code, one in offered().items() if code != library.language}
    return (
        command_choice(library, "choices.simpler", "simpler"),
        command_choice(library, "choices.more", "more"),
        command_choice(library, "choices.delete", "delete", "privacy"),
        *(Choice(name, payload("language_switch", language=code)) for code, name in others.items()),
    )


def always_offered(library: Library) -> Mapping[str, str]:
    """Value -> label of every choice that the page offers by itself."""
    return {c.value: c.label for c in (*suggested(library), *could_be_seen(library), *tools(library))}


def answer_to_seen(library: Library, value: str) -> Answer | None:
    """What is said to the early question's answer `value`; None where it is something else."""
    if value == UNSEEN:
        return Answer(UNSEEN, (library.say("seen.if_no"),), (), suggested(library))
    if value == SEEN:
        lines = tuple(library.interface["seen"]["if_yes"])
        return Answer(SEEN, lines, (), (*topic_choices(library, [CALL]), *suggested(library)))
    return None
