"""Rasa component: how a message is read where it was mistyped.

A word that neither a dictionary nor the training messages know ("shleter", "sezure") is read as the likeliest of the
words that are common in training messages and one slip of the thumb away: a letter missing, added or changed, or two
swapped. What was typed stays what it is: the featurizers read the mended text, which goes with the message; the safety
gate reads both. A slip that people make often stands in training messages itself, and is known.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cache
from typing import Any

import Stemmer
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spellchecker import SpellChecker

from bot.nlu.message_fields import READ_AS, language_of
from bot.nlu.plain_text import without_accents

LEAST_LETTERS = 4  # of a word that is mended: of shorter ones too many are one slip away
KNOWN, COMMON = 2, 4  # training messages a word stands in, at least, to be known by them; to be what was meant
RARE = 50  # a dictionary's word counted no more often may be a slip itself
LEAST_KNOWN = 0.5  # share of known words in a message of a language we read; of another, nothing is mended
FEW = 3  # words, or fewer, tell too little of the language, and may all be mistyped
DOUBLED, LEFT_OUT, OTHER = 20, 8, 1  # how likely a slip is: a letter twice or once; a letter missing; any other
FILE = "words.json"  # of a model

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TWICE = re.compile(r"(.)\1+")
_ABBREVIATED = re.compile(r"[^aeiouy]+|.*(.)\1\1.*")  # without a vowel, or drawn out ("sooo")
_BEGINS = re.compile(r"(?:^|[.?!…])\W*$")  # what stands before the first word of a sentence, in the last `BEFORE` signs
BEFORE = 6


class Speller:
    """Mends words.

    Args:
        words: language -> the common words of its training messages, and how many of them each stands in.
        stems: language -> stems of the words that a dictionary or the training messages know.
    """

    def __init__(self, words: Mapping[str, Mapping[str, int]], stems: Mapping[str, Set[str]]) -> None:
        self.words, self.stems = words, stems
        self._near = {language: SpellChecker(language=None, distance=1) for language in words}
        for language, common in words.items():
            self._near[language].word_frequency.load_json(dict(common))

    def mended(self, text: str) -> str:
        """`text` with its unknown words read as common ones, where that can be told."""
        words = [word for found in _WORD.findall(text) if (word := _plain(found)).isascii()]
        unknown = {word for word in words if not self._knows(word)}
        is_foreign = len(words) > FEW and sum(word not in unknown for word in words) < LEAST_KNOWN * len(words)
        if not self.words or not unknown or is_foreign:
            return text
        language = max(self.words, key=lambda code: sum(word in self.words[code] for word in words))
        is_loud = sum(letter.isupper() for letter in text) > sum(letter.islower() for letter in text)

        def read(found: re.Match[str]) -> str:
            typed, word = found[0], _plain(found[0])
            if word not in unknown or len(word) < LEAST_LETTERS:
                return typed
            at = found.start()
            is_name = typed.isupper() or typed[0].isupper() and not _BEGINS.search(text, max(0, at - BEFORE), at)
            return typed if is_name and not is_loud else self._nearest(word, language) or typed

        return _WORD.sub(read, text)

    def _knows(self, word: str) -> bool:
        return any(
            word in common or _stem(word, language) in self.stems[language] for language, common in self.words.items()
        )

    def _nearest(self, word: str, language: str) -> str | None:
        """The likeliest common word one slip away; None where there is none, and for what is an abbreviation.

        A first letter may be missing ("ospital"), but is rarely another.
        """
        common = self.words[language]
        near = (self._near[language].candidates(word) or set()) & common.keys()
        fitting = [other for other in near if other[0] == word[0] or other.endswith(word)]
        is_beginning = any(other.startswith(word) for other in common)
        if _ABBREVIATED.fullmatch(word) or is_beginning and not any(other.startswith(word) for other in fitting):
            return None
        return max(fitting, key=lambda other: (_likely(word, other) * common[other], other), default=None)


def _likely(word: str, other: str) -> int:
    """How likely `word` is a slip of who meant `other`, in no unit."""
    if _TWICE.sub(r"\1", word) == _TWICE.sub(r"\1", other):
        return DOUBLED
    return LEFT_OUT if len(other) > len(word) else OTHER


def learnt(messages: Iterable[tuple[str, str]]) -> Speller:
    """A speller from the (language, text) of messages, for each language that has a dictionary and a stemmer."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for language, text in messages:
        if _is_read(language):
            counts[language].update({_plain(word) for word in _WORD.findall(text)})
    words = {code: {w: n for w, n in counted.items() if n >= COMMON} for code, counted in counts.items()}
    stems = {
        code: {_stem(word, code) for word in (*(w for w, n in counted.items() if n >= KNOWN), *_dictionary(code))}
        for code, counted in counts.items()
    }
    return Speller(words, stems)


@cache
def _is_read(language: str) -> bool:
    try:
        return bool(language in SpellChecker.languages() and _stemmer(language))
    except KeyError:  # PyStemmer's, for a language it has no stemmer for
        return False


def _dictionary(language: str) -> list[str]:
    """The words of the dictionary of `language` that are not rare."""
    counted = SpellChecker(language=language).word_frequency.items()
    return [_plain(word) for word, count in counted if count > RARE]


def _stem(word: str, language: str) -> str:
    """`word` without its ending."""
    return str(_stemmer(language).stemWord(word))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language, 0)  # without a cache, which would keep what people typed


def _plain(word: str) -> str:
    """In small letters, without the accents and apostrophes that many leave out."""
    return without_accents(re.sub("['’]", "", word.lower()))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Spelling(GraphComponent):
    """Sets `read_as` on messages that hold a slip. Stands before the featurizers, which read them so."""

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._speller = Speller({}, {})

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Spelling":
        """Called by Rasa's graph before training."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "Spelling":
        """Called by Rasa's graph when a trained model is loaded."""
        spelling = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        spelling._speller = Speller(kept["words"], {code: frozenset(stems) for code, stems in kept["stems"].items()})
        return spelling

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which words there are."""
        messages = [m for m in training_data.training_examples if m.get(TEXT)]
        self._speller = learnt((language_of(message), message.get(TEXT)) for message in messages)
        kept = {
            "words": self._speller.words,
            "stems": {code: sorted(stems) for code, stems in self._speller.stems.items()},
        }
        with self._model_storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps(kept), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves training messages as they were typed: slips of which there are many teach better than mended words."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `read_as` on `messages` in place, where it is not the text itself."""
        for message in messages:
            text = message.get(TEXT)
            if text and (mended := self._speller.mended(text)) != text:
                message.set(READ_AS, mended)
        return messages
