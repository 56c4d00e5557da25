"""What several of our components ask of one of Rasa's messages."""

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.knowledge.catalogs import ENGLISH
from bot.nlu.plain_text import simplified

READ_AS = "read_as"  # the text without slips of the thumb, where it had some; `bot/nlu/spelling.py` sets it


def read_as(message: Message) -> str:
    """The text of `message` as it is to be read: without slips, in simplified characters."""
    return simplified(message.get(READ_AS) or message.get(TEXT))


def readings_of(message: Message) -> list[str]:
    """The text as it was typed and, where that is another, as it is to be read; in simplified characters."""
    return [*dict.fromkeys((simplified(message.get(TEXT)), read_as(message)))]


def language_of(example: Message) -> str:
    """The language of a training message."""
    metadata = example.get("metadata") or {}
    return str((metadata.get("intent") or {}).get("language", ENGLISH))
