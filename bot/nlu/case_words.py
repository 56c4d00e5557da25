"""Of several places in a message, which is where the case is: "i live in texas but was arrested in ohio".

The words that tell are in `data/places.yml` and `data/lexicon/<language>.yml`; they stand before the place, and in some
languages after it ("오하이오에서 체포됐어요").
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from actions.knowledge.catalogs import ENGLISH, languages
from actions.knowledge.yaml_file import read_yaml
from bot.nlu.place import Place
from bot.nlu.places import LEXICON_FOLDER, PLACES_FILE

BEFORE, AFTER = "case_words", "case_words_after"
_NO_STOP = r"[^.,;。，；]"


def case_first(text: str, places: Sequence[Place]) -> list[Place]:
    """`places`, in their order in `text`, with the one where the case is, if `text` says so, before the others."""
    before, after = _patterns()
    ends = [0, *(place.end for place in places)]
    starts = [*(place.start for place in places), len(text)]

    def is_case(at: int) -> bool:
        place = places[at]
        return bool(before.search(text[ends[at] : place.start]) or after.search(text[place.end : starts[at + 1]]))

    return [places[at] for at in sorted(range(len(places)), key=lambda at: not is_case(at))]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What ends in a case word, and what begins with one."""
    data = [read_yaml(PLACES_FILE)]
    data += [read_yaml(LEXICON_FOLDER / f"{code}.yml")["places"] for code in languages() if code != ENGLISH]
    before, after = (_any_of(word for one in data for word in one.get(name, ())) for name in (BEFORE, AFTER))
    return (
        re.compile(rf"{before}{_NO_STOP}{{0,25}}$", re.IGNORECASE),
        re.compile(rf"^{_NO_STOP}{{0,12}}?{after}", re.IGNORECASE),
    )


def _any_of(words: Iterable[str]) -> str:
    """Any of `words`; those of scripts with spaces between words only as whole words."""
    forms = [rf"\b(?:{word})\b" if re.match(r"[a-zà-ÿ(]", word) else word for word in words]
    return f"(?:{'|'.join(forms) or '(?!)'})"
