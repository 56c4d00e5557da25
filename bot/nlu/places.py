"""Find the places a message names, as postal codes of the jurisdictions whose law applies there.

States and territories by name, nickname, misspelling and postal code; cities and ZIP codes through the `zipcodes`
library. "or", "in", "me", "ok" and "hi" are words first. A name that fits several places keeps them all.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import zipcodes
from rapidfuzz import fuzz, process

from actions.knowledge.catalogs import ENGLISH, languages
from actions.knowledge.towns import states_by_city
from actions.knowledge.yaml_file import read_yaml
from bot.nlu.place import Place, joined, told_apart
from bot.nlu.plain_text import without_accents

LEXICON_FOLDER = Path(__file__).parents[2] / "data" / "lexicon"
PLACES_FILE = Path(__file__).parents[2] / "data" / "places.yml"
LONGEST_NAME = 4  # words
SPELLING = 86  # least likeness, 0 to 100, of a misspelt state to its name
SURE_CITY_ZIPS = 12  # a city with fewer ZIP codes is a place only after "in", "from" and the like
PLACED_CITY_ZIPS = 3  # after "in", in small letters, one with fewer is more likely a word ("from home")
SURE_CITY_SHARE = 5  # a city's first state has this many times the ZIP codes of its second

_WORD = re.compile(r"[A-Za-zÀ-ÿ']+(?:[.\-][A-Za-z]+)*\.?|\d+(?:-\d{4}(?!\d))?|[^\sA-Za-z\d]")
_UNSPACED = re.compile(r"[\u1100-\u11ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]+")


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def small(self) -> str:
        return self.text.lower()


class Gazetteer:
    """Every name we know, ready for look-up. Building it takes about half a second; use `gazetteer()`."""

    def __init__(self, file: Path = PLACES_FILE) -> None:
        data = read_yaml(file)
        self.codes: frozenset[str] = frozenset(data["jurisdictions"])
        self.names: dict[str, tuple[str, ...]] = {}
        for code, names in data["jurisdictions"].items():
            self.names.update(dict.fromkeys(names, (code,)))
        self.towns: dict[str, str] = data["cities"]
        self.names.update({name: (town.rpartition(", ")[2],) for name, town in self.towns.items()})
        self.names.update({name: tuple(codes) for name, codes in data["ambiguous"].items()})
        self._options: dict[str, dict[str, str]] = {}  # names of several places -> postal code -> the town there
        self._fillers = frozenset(str(w) for w in data["fillers"])
        self._elsewhere = frozenset(data["not_in_the_us"])
        self._before = frozenset(data["before_a_place"])
        self._before_names: frozenset[str] = self._before  # also words of other languages: "de la" is no Louisiana
        for language in languages():
            if language != ENGLISH:
                self._add(read_yaml(LEXICON_FOLDER / f"{language}.yml")["places"])
        known = (name for name in (*self.names, *self._elsewhere) if not name.isascii())
        written = sorted(known, key=len, reverse=True)
        self._written = re.compile("|".join(map(re.escape, filter(_is_unspaced, written))) or r"(?!)")
        self._spellings: dict[str, list[str]] = {}  # by first letter, which people get right
        for name in (name for name in self.names if len(name) >= 6):
            self._spellings.setdefault(name[0], []).append(name)
        self._wordlike_codes = frozenset(str(c) for c in data["codes_that_are_words"])
        self._words_first = frozenset(str(c) for c in data["words_first"])
        self._always_words = frozenset(str(c) for c in data["always_words"])
        self._wordlike_cities = frozenset(data["cities_that_are_words"])
        self._cities, self._zip_counts = _cities(self.codes)

    def find(self, text: str) -> list[Place]:
        """The places in `text`, in order, none overlapping. Longest names are tried first."""
        if _is_unspaced(text):
            found = [Place(m.start(), m.end(), self.names.get(m.group(), ())) for m in self._written.finditer(text)]
            here = (place for place in found if place.codes and text[place.start : place.end] not in self._elsewhere)
            rest = self._written.sub(lambda run: " " * len(run.group()), text)  # "워싱턴 dc" is not DC once more
            latin = self._find(_UNSPACED.sub(lambda run: " " * len(run.group()), rest))
            return list(told_apart(sorted((*here, *latin), key=lambda place: place.start), text))
        return self._find(text)

    def _find(self, text: str) -> list[Place]:
        words = [_Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
        shouting = text.isupper() and len(text) > 3
        found: list[Place] = []
        at = 0
        while at < len(words):
            for length in range(min(LONGEST_NAME, len(words) - at), 0, -1):
                codes = self._codes(words, at, length, shouting)
                if codes:
                    end = words[at + length - 1].end
                    found.append(Place(words[at].start, end, codes))
                    at += length
                    break
            else:
                at += 1
        return list(joined(found, text))

    def only_a_place(self, text: str, places: list[Place]) -> bool:
        """True where `text` names a place and asks nothing: "oregon", "what about texas", "no i meant ohio"."""
        rest = list(text)
        for place in places:
            rest[place.start : place.end] = " " * (place.end - place.start)
        left = "".join(rest).lower()
        for filler in sorted(filter(_is_unspaced, self._fillers), key=len, reverse=True):
            left = left.replace(filler, " ")
        return bool(places) and all(word in self._fillers for word in re.findall(r"[\w']+", left))

    def town_named(self, words: str, code: str) -> str | None:
        """The town ("Portland, ME") that `words` name, which a place of the postal code `code` was found in."""
        named = (towns.get(code) for name, towns in self._options.items() if name in words)
        return self.towns.get(words) or next((town for town in named if town and "," in town), None)

    def hint(self, text: str) -> str | None:
        """The postal code that `text` would be if a place had just been asked for: "ok", "hi", "me", "in"."""
        code = text.strip(" .!?,").upper()
        return code if code in self.codes else None

    def _add(self, places: dict[str, Any]) -> None:
        """The names of places in another language; of Latin ones also as they are typed without accents."""
        for code, names in places["jurisdictions"].items():
            self.names.update({form: (code,) for name in names for form in _forms(name)})
        for name, towns in places.get("ambiguous", {}).items():
            by_code = {town.rpartition(", ")[2]: town for town in towns}
            self.names.update({form: tuple(by_code) for form in _forms(name)})
            self._options.update(dict.fromkeys(_forms(name), by_code))
        for name, town in places["cities"].items():
            self.towns.update(dict.fromkeys(_forms(name), town))
            self.names.update({form: (town.rpartition(", ")[2],) for form in _forms(name)})
        self._fillers |= {form for word in places["fillers"] for form in _forms(str(word))}
        self._elsewhere |= {form for name in places["not_in_the_us"] for form in _forms(name)}
        self._before_names |= {form for word in places["before_a_place"] for form in _forms(str(word))}

    def _codes(self, words: list[_Word], at: int, length: int, shouting: bool) -> tuple[str, ...]:
        span = words[at : at + length]
        name = " ".join(w.small for w in span).strip(".,")
        alone = length == len([w for w in words if w.text[0].isalnum()])
        before = words[at - 1].small if at else ""
        placed = alone or before in self._before or before == ","
        if name in self._elsewhere:
            return ()
        if name in self.names:
            return self.names[name] if name != "la" or placed or span[0].text == "LA" else ()
        if length == 1:
            word = span[0]
            if word.text[0].isdigit():
                return self._zip_code(word.text[:5]) if re.fullmatch(r"\d{5}(-\d{4})?", word.text) else ()
            if len(word.text) == 2 and word.text.upper() in self.codes:
                last = at + 1 == len(words)
                return self._postal_code(word, before, shouting=shouting, alone=alone, last=last)
        follows = words[at + length].text == "," if at + length < len(words) else False
        named = alone or follows or (span[0].text[0].isupper() and not shouting)
        placed = placed or before in self._before_names
        return self._city(name, placed, named) or (self._misspelt(name) if length <= 2 else ())

    def _postal_code(self, word: _Word, before: str, *, shouting: bool, alone: bool, last: bool) -> tuple[str, ...]:
        capitals = word.text.isupper() and not shouting
        placed = before in self._before or before == ","
        if word.small in self._always_words:
            sure = before == "," and last or capitals and placed
        elif word.small in self._words_first:
            sure = alone or capitals and placed or last and placed
        else:
            sure = alone or capitals or placed or word.small not in self._wordlike_codes
        return (word.text.upper(),) if sure else ()

    def _city(self, name: str, placed: bool, named: bool) -> tuple[str, ...]:
        states = self._cities.get(name, ())
        if not states or placed and (named or self._zip_counts[name] >= PLACED_CITY_ZIPS):
            return states
        sure = self._zip_counts[name] >= SURE_CITY_ZIPS and name not in self._wordlike_cities
        return states if sure else ()

    def _zip_code(self, zip_code: str) -> tuple[str, ...]:
        """The state of a ZIP code; nothing for one that does not exist, or of a place we know no law of."""
        rows = zipcodes.filter_by(zip_code=zip_code)
        return (rows[0]["state"],) if rows and rows[0]["state"] in self.codes else ()

    def _misspelt(self, name: str) -> tuple[str, ...]:
        if len(name) < 5:
            return ()
        match = process.extractOne(name, self._spellings.get(name[0], ()), scorer=fuzz.ratio, score_cutoff=SPELLING)
        return self.names[match[0]] if match else ()


def _forms(name: str) -> set[str]:
    """`name` in small letters, and without accents: "méxico" and "mexico"."""
    small = name.lower()
    if _is_unspaced(small):
        return {small}
    return {small, without_accents(small)}


def _is_unspaced(text: str) -> bool:
    """True where `text` has letters of a script in which words are not, or not reliably, set apart by spaces."""
    return _UNSPACED.search(text) is not None


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of `data/places.yml`, built once a process."""
    return Gazetteer()


def _cities(codes: frozenset[str]) -> tuple[dict[str, tuple[str, ...]], Counter[str]]:
    """City name -> its states, likeliest first, and how many ZIP codes it has in all."""
    by_state = {
        city: here
        for city, states in states_by_city().items()
        if (here := Counter({state: count for state, count in states.items() if state in codes}))
    }
    for name in [n for n in by_state if n.startswith(("saint ", "fort ", "mount "))]:
        first, rest = name.split(" ", 1)
        by_state[f"{ {'saint': 'st', 'fort': 'ft', 'mount': 'mt'}[first] } {rest}".strip()] = by_state[name]
    cities: dict[str, tuple[str, ...]] = {}
    for name, counts in by_state.items():
        (first, most), *others = counts.most_common(4)
        one = not others or most >= SURE_CITY_SHARE * others[0][1]
        cities[name] = (first,) if one else tuple(state for state, _ in counts.most_common(3))
    return cities, Counter({name: sum(counts.values()) for name, counts in by_state.items()})
