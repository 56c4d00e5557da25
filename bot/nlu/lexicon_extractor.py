"""Rasa entity extractor: words of `data/lexicon/<language>.yml` that say something beside the topic, and commands.

A command ("delete everything", "skip", "more") is a whole message meant for the bot itself; it gets the entity
`command` and a settled topic, so that no model can take it for something else.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from actions.knowledge.yaml_file import read_yaml
from bot.nlu.plain_text import plain, words_only
from bot.nlu.rule_component import RuleComponent, add_entity, settle_topic

LEXICON_FOLDER = Path(__file__).parents[2] / "data" / "lexicon"
COMMAND_TOPICS = {"delete": "privacy"}  # the topic a command belongs to; every other one is about using the bot
DEFAULT_COMMAND_TOPIC = "how_to_use"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LexiconExtractor(RuleComponent, EntityExtractorMixin):
    """Stands after the classifier, because a command settles the topic."""

    def read(self, message: Message, text: str) -> None:
        """Adds each entity once, and the command if the whole message is one."""
        easy = plain(text)
        seen: set[tuple[str, str]] = set()
        for kind, value, pattern in lexicon().entities:
            if (kind, value) not in seen and pattern.search(easy):
                seen.add((kind, value))
                add_entity(message, kind, value)
        for name, pattern in lexicon().followups:
            if pattern.search(easy):
                add_entity(message, "followup", name)
        whole = words_only(text)
        fits = [kind for kind, pattern in lexicon().elliptical if pattern.fullmatch(whole)]
        if fits:
            add_entity(message, "elliptical", fits[-1])
        for command, pattern in lexicon().commands:
            if pattern.fullmatch(whole):
                add_entity(message, "command", command)
                settle_topic(message, COMMAND_TOPICS.get(command, DEFAULT_COMMAND_TOPIC))
                return


@dataclass(frozen=True)
class Lexicon:
    """Patterns of one language: (entity, value, pattern), (follow-up, pattern), (kind, pattern), (command, pattern)."""

    entities: tuple[tuple[str, str, re.Pattern[str]], ...]
    followups: tuple[tuple[str, re.Pattern[str]], ...]
    elliptical: tuple[tuple[str, re.Pattern[str]], ...]
    commands: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The lexicon of `language`, read once a process."""
    data = read_yaml(LEXICON_FOLDER / f"{language}.yml")
    entities = ((k, value, _any_of(p)) for k, values in data["entities"].items() for value, p in values.items())
    return Lexicon(
        entities=tuple(entities),
        followups=tuple((name, _any_of(p)) for name, p in data["followups"].items()),
        elliptical=tuple((kind, re.compile(pattern)) for kind, pattern in data["elliptical"].items()),
        commands=tuple((name, _any_of(p)) for name, p in data["commands"].items()),
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{p})" for p in phrases) + r")(?!\w)")
