"""Rasa entity extractor: `jurisdiction` (postal code), `near` (town), `jurisdiction_other`, `jurisdiction_options`."""

from collections.abc import Iterator

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from actions.knowledge.towns import Town, town, town_of, town_of_zip
from bot.nlu.case_words import case_first
from bot.nlu.places import gazetteer
from bot.nlu.plain_text import simplified
from bot.nlu.rule_component import RuleComponent, add_entity, settle_topic


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PlaceExtractor(RuleComponent, EntityExtractorMixin):
    """Stands after the classifier: a message that is only a place is the topic `state_statement`, for sure."""

    def read(self, message: Message, text: str) -> None:
        """Adds an entity for each place; settles the topic of a message that asks nothing else."""
        text = simplified(text)
        places = gazetteer().find(text)
        kind = "jurisdiction"
        for place in case_first(text, places):
            if len(place.codes) > 1:
                add_entity(message, "jurisdiction_options", list(place.codes), place.start, place.end)
            else:
                add_entity(message, kind, place.codes[0], place.start, place.end)
                if kind == "jurisdiction" and (near := _town(text[place.start : place.end], place.codes[0])):
                    add_entity(message, "near", near.key, place.start, place.end)
                kind = "jurisdiction_other"
        if gazetteer().only_a_place(text, places):
            settle_topic(message, "state_statement")
        elif not places and (hint := gazetteer().hint(text)):
            add_entity(message, "jurisdiction_hint", hint)


def _town(words: str, code: str) -> Town | None:
    """The town that `words` name, by ZIP code or name; none where they name the whole state."""
    name = words.partition(",")[0].strip(" .")
    if name[:5].isdigit():
        return town_of_zip(name[:5])
    if named := gazetteer().town_named(name.lower(), code):
        return town_of(named)
    if name.lower() in gazetteer().names:
        return None
    return town(name, code) or next(filter(None, (town(short, code) for short in _without_state(name, code))), None)


def _without_state(name: str, code: str) -> Iterator[str]:
    """ "portland" of "portland oregon" and "portland OR"; "charlotte" of "charlotte north carolina"."""
    words = name.split()
    for n in range(1, min(3, len(words))):
        state = " ".join(words[-n:])
        if state.upper() == code or code in gazetteer().names.get(state.lower(), ()):
            yield " ".join(words[:-n])
