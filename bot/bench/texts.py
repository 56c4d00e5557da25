"""In a child: what Lantern says to each topic where nothing else is known. The stock bot says the same texts."""

import datetime as dt

from actions.answering import reply
from actions.conversation import Conversation
from actions.knowledge.library import library


def measure() -> dict[str, str]:
    """Text by topic."""
    known, today = library(), dt.date.today()
    return {topic: reply(known, Conversation(topic, topic), today).answer.text for topic in known.topics}
