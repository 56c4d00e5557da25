"""Rasa entity extractor: words of `data/lexicon/<language>.yml` that say something beside the topic, and commands.

A command ("delete everything", "skip", "more") is a whole message meant for the bot itself; it gets the entity
`command` and a settled topic, so that no model can take it for something else. So do a few things that must never be
taken for something else wherever they stand in a message: who asks which shelter she is in gets no list of shelters.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from actions.knowledge.catalogs import ENGLISH, languages
from actions.knowledge.yaml_file import read_yaml
from bot.nlu.language_classifier import HEARD_IN
from bot.nlu.message_fields import readings_of
from bot.nlu.plain_text import plain, words_only
from bot.nlu.rule_component import RuleComponent, add_entity, settle_topic

LEXICON_FOLDER = Path(__file__).parents[2] / "data" / "lexicon"
COMMAND_TOPICS = {"delete": "privacy"}  # the topic a command belongs to; every other one is about using the bot
NEVER_GUESSED = {"delete"}  # commands that must be typed without a slip
MAY_BE = 0.1  # least share of a language whose words are looked for
DEFAULT_COMMAND_TOPIC = "how_to_use"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LexiconExtractor(RuleComponent, EntityExtractorMixin):
    """Stands after the classifier, because a command settles the topic."""

    def read(self, message: Message, text: str) -> None:
        """Adds each entity once, and the command if the whole message is one."""
        readings = readings_of(message)
        easy, wholes = [plain(reading) for reading in readings], [words_only(reading) for reading in readings]
        lexicons = [lexicon(language) for language in languages_of(message)]
        seen: set[tuple[str, str]] = set()
        for kind, value, pattern in (entity for words in lexicons for entity in words.entities):
            if (kind, value) not in seen and any(map(pattern.search, easy)):
                seen.add((kind, value))
                add_entity(message, kind, value)
        names = (name for words in lexicons for name, pattern in words.followups if any(map(pattern.search, easy)))
        for name in dict.fromkeys(names):
            add_entity(message, "followup", name)
        for words in lexicons:  # its own language first: another's patterns fit what they know nothing of
            if fits := [kind for kind, pattern in words.elliptical if any(map(pattern.fullmatch, wholes))]:
                add_entity(message, "elliptical", fits[-1])
            if fits or not words.between_words:
                break
        for command, pattern in (one for words in lexicons for one in words.commands):
            if any(map(pattern.fullmatch, wholes[:1] if command in NEVER_GUESSED else wholes)):
                add_entity(message, "command", command)
                settle_topic(message, COMMAND_TOPICS.get(command, DEFAULT_COMMAND_TOPIC))
                return
        settled = (topic for words in lexicons for topic, pattern in words.topics if any(map(pattern.search, easy)))
        if topic := next(settled, None):
            settle_topic(message, topic)


@dataclass(frozen=True)
class Lexicon:
    """Patterns of one language: (entity, value, pattern), (follow-up, pattern), (kind, pattern), (command, pattern),
    (topic, pattern).

    `ordinals`: "the second one" -> place among the choices. `courtesy`: what is only polite, as expressions.
    `between_words`: the language has spaces between words.
    """

    between_words: bool
    ordinals: tuple[tuple[int, re.Pattern[str]], ...]
    courtesy: tuple[str, ...]
    entities: tuple[tuple[str, str, re.Pattern[str]], ...]
    followups: tuple[tuple[str, re.Pattern[str]], ...]
    elliptical: tuple[tuple[str, re.Pattern[str]], ...]
    commands: tuple[tuple[str, re.Pattern[str]], ...]
    topics: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def lexicon(language: str = ENGLISH) -> Lexicon:
    """The lexicon of `language`, read once a process."""
    data = read_yaml(LEXICON_FOLDER / f"{language}.yml")
    between_words = bool(data.get("between_words", True))
    entities = (
        (k, value, _any_of(p, between_words)) for k, values in data["entities"].items() for value, p in values.items()
    )
    return Lexicon(
        between_words=between_words,
        ordinals=tuple((int(place), re.compile(pattern)) for place, pattern in data.get("ordinals", {}).items()),
        courtesy=tuple(data.get("courtesy", [])),
        entities=tuple(entities),
        followups=tuple((name, _any_of(p, between_words)) for name, p in data["followups"].items()),
        elliptical=tuple((kind, re.compile(pattern)) for kind, pattern in data["elliptical"].items()),
        commands=tuple((name, _any_of(p, between_words)) for name, p in data["commands"].items()),
        topics=tuple((name, _any_of(p, between_words)) for name, p in data.get("topics", {}).items()),
    )


def languages_of(message: Message) -> tuple[str, ...]:
    """The languages whose words count in `message`: those it may well be in, likeliest first, and English, which people
    mix in everywhere. One short word ("sí") may be in several."""
    heard: dict[str, float] = message.get(HEARD_IN) or {}
    likely = sorted((code for code in heard if heard[code] >= MAY_BE and code in languages()), key=lambda c: -heard[c])
    return tuple(dict.fromkeys((*likely, ENGLISH)))


def _any_of(phrases: list[str], between_words: bool) -> re.Pattern[str]:
    """Any of `phrases`, as whole words where a language has spaces `between_words`."""
    either = "|".join(f"(?:{p})" for p in phrases)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if between_words else f"(?:{either})")
