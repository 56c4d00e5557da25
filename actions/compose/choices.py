"""What is offered after an answer."""

import json
from collections.abc import Iterable, Iterator

from actions.answer import Choice
from actions.knowledge.library import Library


def topic_choice(library: Library, topic: str, **entities: str) -> Choice:
    """A choice that asks about `topic`."""
    return Choice(library.label(topic), payload(topic, **entities))


def topic_choices(library: Library, topics: Iterable[str]) -> Iterator[Choice]:
    """A choice for each topic."""
    return (topic_choice(library, topic) for topic in topics)


def next_choices(library: Library, topic: str, without: str | None = None) -> Iterator[Choice]:
    """What people ask after `topic`, as `topics.yml` lists it: other topics, and follow-ups ("+name").

    Args:
        without: the follow-up that was just answered.
    """
    for name in library.topics[topic].next:
        if name == f"+{without}":
            continue
        yield followup_choice(library, topic, name[1:]) if name.startswith("+") else topic_choice(library, name)


def followup_choice(library: Library, topic: str, name: str) -> Choice:
    """A choice that asks the follow-up `name` about `topic`."""
    return Choice(library.followups[name].label, payload(topic, followup=name))


def law_choices(library: Library, topic: str) -> Iterator[Choice]:
    """The follow-ups of `topic` that the law of a place answers."""
    names = (name for name in library.followups if (library.answered_by(topic, name) or "").startswith("law."))
    return (followup_choice(library, topic, name) for name in names)


def place_choices(library: Library, codes: Iterable[str]) -> Iterator[Choice]:
    """A choice for each jurisdiction."""
    return (Choice(library.place(code), payload("state_statement", jurisdiction=code)) for code in codes)


def command_choice(library: Library, label_key: str, command: str, topic: str = "how_to_use") -> Choice:
    """A choice that asks something of the bot itself."""
    return Choice(library.say(label_key), payload(topic, command=command))


def payload(topic: str, **entities: str) -> str:
    """Rasa's form of a message that needs no understanding."""
    return f"/{topic}{json.dumps(entities) if entities else ''}"
