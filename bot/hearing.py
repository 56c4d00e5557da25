"""What a message means: Rasa's pipeline, asked once or for each part of it, and after what was offered or asked."""

from collections.abc import Collection, Sequence
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from actions.knowledge.catalogs import languages
from actions.knowledge.library import library
from bot import understanding
from bot.nlu.lexicon_extractor import lexicon


class Hearing:
    """Hears messages. Keeps nothing of them."""

    def __init__(self, processor: MessageProcessor, domain: Domain) -> None:
        self._processor = processor
        self._topics = frozenset(library().topics)
        self._entities = frozenset(domain.entities)

    async def in_context(self, text: str, tracker: DialogueStateTracker | None) -> dict[str, Any]:
        """Parse data of `text`, read after what was offered or asked last."""
        choices: Sequence[Sequence[str]] = (tracker.get_slot("choices") if tracker else None) or ()
        picked = understanding.picked_choice(text, choices) or text
        if payload := self._payload(picked):
            return payload
        parse_data = await self.heard(text)
        guessed = bool(tracker and tracker.get_slot("misses"))
        if understanding.command(parse_data) == "yes" and guessed and choices and (yes := self._payload(choices[0][1])):
            return yes
        if any('"skip"' in value for _, value in choices):
            return understanding.place_was_meant(parse_data)
        parts = [await self.heard(part) for part in understanding.clauses(text)]
        return understanding.with_second_question(parse_data, parts)

    def _payload(self, text: str) -> dict[str, Any] | None:
        """Parse data of a choice of ours; None for anything a person typed."""
        payload = understanding.read_payload(text, self._topics, self._entities)
        return payload if payload and all(_ours(entity) for entity in payload["entities"]) else None

    async def heard(self, text: str) -> dict[str, Any]:
        """Parse data of `text`; of a long one, its sentences are heard by themselves too."""
        parse_data = await self._once(text)
        if parse_data.get("gate"):
            return parse_data
        parts = [await self._once(sentence) for sentence in understanding.sentences(text)]
        over = parse_data.get("gate_over", ())  # what one sentence of a story says is not happening now
        alarm = next((part for part in parts if part.get("gate") and part["gate"] not in over), None)
        if alarm:
            return understanding.with_alarm(parse_data, alarm)
        return understanding.with_part(parse_data, parts) if understanding.rambles(text) else parse_data

    async def _once(self, text: str) -> dict[str, Any]:
        words = text.lstrip("/")  # a slash at the start is Rasa's own syntax, not a person's
        parse_data = dict(await self._processor.parse_message(UserMessage(text=words)))
        return understanding.with_good_guess(parse_data, library().groups)


def _ours(entity: dict[str, Any]) -> bool:
    """True for an entity as our own choices carry it; anything else in Rasa's syntax was typed by somebody."""
    values: dict[str, Collection[str]] = {
        "jurisdiction": library().places,
        "command": {"ask_place", *(name for name, _ in lexicon().commands)},
        "no_police": {"yes"},
        "followup": library().followups,
        "language": languages(),
        "service": {service.id for service in library().services},
    }
    return entity["value"] in values.get(entity["entity"], ())
