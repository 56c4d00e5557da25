"""Rasa entity extractor: `jurisdiction` (a postal code), `jurisdiction_other`, `jurisdiction_options`."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.places import gazetteer
from bot.nlu.rule_component import RuleComponent, add_entity, settle_topic


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PlaceExtractor(RuleComponent, EntityExtractorMixin):
    """Stands after the classifier: a message that is only a place is the topic `state_statement`, for sure."""

    def read(self, message: Message, text: str) -> None:
        """Adds an entity for each place; settles the topic of a message that asks nothing else."""
        places = gazetteer().find(text)
        kind = "jurisdiction"
        for place in gazetteer().case_first(text, places):
            if len(place.codes) > 1:
                add_entity(message, "jurisdiction_options", list(place.codes), place.start, place.end)
            else:
                add_entity(message, kind, place.codes[0], place.start, place.end)
                kind = "jurisdiction_other"
        if gazetteer().only_a_place(text, places):
            settle_topic(message, "state_statement")
        elif not places and (hint := gazetteer().hint(text)):
            add_entity(message, "jurisdiction_hint", hint)
