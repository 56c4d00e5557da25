"""What a message means: Rasa's pipeline, run once for it and its parts, after what was offered or asked last."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from actions.knowledge.catalogs import languages
from actions.knowledge.library import library
from bot import message_text, understanding
from bot.nlu.lexicon_extractor import lexicon
from bot.nlu.safety_gate import FIRM

READ_WHOLE = 80  # words; of a longer message the encoder may read only the beginning


class Hearing:
    """Hears messages. Keeps nothing of them."""

    def __init__(self, processor: MessageProcessor, domain: Domain) -> None:
        self._processor = processor
        self._topics = frozenset(library().topics)
        self._entities = frozenset(domain.entities)
        self._no_talk = DialogueStateTracker.from_events("nobody", [])

    def in_context(self, text: str, tracker: DialogueStateTracker | None) -> dict[str, Any]:
        """Parse data of `text`, read after what was offered or asked last."""
        choices: Sequence[Sequence[str]] = (tracker.get_slot("choices") if tracker else None) or ()
        picked = understanding.picked_choice(text, choices) or text
        if payload := self._payload(picked):
            return payload
        place_asked = any('"skip"' in value for _, value in choices)
        parts = [] if place_asked else message_text.clauses(text)
        once = self.each(part for whole in (text, *parts) for part in _heard_alone(whole))
        parse_data = _together(text, once)
        guessed = bool(tracker and tracker.get_slot("misses"))
        if understanding.command(parse_data) == "yes" and guessed and choices and (yes := self._payload(choices[0][1])):
            return yes
        if place_asked:
            return understanding.place_was_meant(parse_data)
        return understanding.with_second_question(parse_data, [_together(part, once) for part in parts])

    def _payload(self, text: str) -> dict[str, Any] | None:
        """Parse data of a choice of ours; None for anything a person typed."""
        payload = understanding.read_payload(text, self._topics, self._entities)
        return payload if payload and all(_ours(entity) for entity in payload["entities"]) else None

    def heard(self, text: str) -> dict[str, Any]:
        """Parse data of `text`; of a long one, its sentences are heard by themselves too."""
        return _together(text, self.each(_heard_alone(text)))

    def each(self, texts: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Parse data of each of `texts` as if it stood alone; the pipeline runs once for all of them.

        Args:
            texts: with a letter or a digit in each.
        """
        each = [*dict.fromkeys(texts)]
        target = self._processor.model_metadata.nlu_target
        assert target is not None, "a model that understands has a target"
        messages = [UserMessage(text=message_text.without_slash(text)) for text in each]
        inputs = {PLACEHOLDER_MESSAGE: messages, PLACEHOLDER_TRACKER: self._no_talk}
        read = self._processor.graph_runner.run(inputs, [target])[target]
        groups = library().groups
        found = ({"entities": [], **one.as_dict(only_output_properties=True)} for one in read)
        return {text: understanding.with_good_guess(one, groups) for text, one in zip(each, found, strict=True)}


def _heard_alone(text: str) -> tuple[str, ...]:
    """`text`, what it says beside courtesy, and its sentences."""
    return text, understanding.without_courtesy(text), *message_text.sentences(text)


def _together(text: str, once: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Parse data of `text`, and what its parts change in it: an alarm of a sentence that weighs enough, what is said
    beside courtesy, and a clear topic of a sentence where the whole has none.

    Args:
        once: parse data of `text` and of its parts, each by itself.
    """
    parse_data, bare = once[text], once[understanding.without_courtesy(text)]
    if parse_data.get("gate"):
        return parse_data
    parts = [once[sentence] for sentence in message_text.sentences(text)]
    if alarm := next((part for part in (bare, *parts) if alarm_counts(part, parse_data, text)), None):
        return understanding.with_alarm(parse_data, alarm)
    if not bare.get("gate"):
        parse_data = understanding.with_bare(parse_data, bare)
    return understanding.with_part(parse_data, parts) if message_text.rambles(text) else parse_data


def alarm_counts(part: Mapping[str, Any], whole: Mapping[str, Any], text: str) -> bool:
    """True where the alarm of one sentence counts for the whole message.

    Args:
        part, whole: parse data of the sentence, of the message.
        text: the message.
    """
    is_read_whole = message_text.word_count(text) <= READ_WHOLE
    needs = whole.get("gate_needs", FIRM) if is_read_whole else FIRM
    return bool(part.get("gate")) and part["gate_force"] >= needs and part["gate"] not in whole.get("gate_over", ())


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
