"""In a child: languages, one after the other, in a project that `more_languages.py` gave more of them."""

import time
from typing import Any

from actions.knowledge.catalogs import ENGLISH, languages
from actions.knowledge.control import shown
from bot.bench.growth.memory import megabytes
from bot.bench.side import rounded
from bot.nlu.gate import gate
from bot.nlu.lexicon_extractor import lexicon
from bot.nlu.places import gazetteer

TRIES = 200
SAID = "i was arrested in oregon and i need a lawyer"


def measure() -> list[dict[str, Any]]:
    """For each number of languages: memory beyond that of the first, seconds to read one more, time of a gate."""
    rows: list[dict[str, Any]] = []
    before = megabytes()
    gazetteer()  # reads the names of places in all languages at once
    places = megabytes() - before
    first = 0.0
    for number, code in enumerate([ENGLISH, *(code for code in languages() if code != ENGLISH)], 1):
        began = time.perf_counter()
        _ = shown(code).directory
        _, heard_by = lexicon(code), gate(code)
        took = time.perf_counter() - began
        first = first or megabytes()
        began = time.perf_counter()
        for _ in range(TRIES):
            heard_by.check(SAID)
        gate_ms = 1000 * (time.perf_counter() - began) / TRIES
        rows.append(
            {
                "languages": number,
                "code": code,
                "memory_mb": rounded(max(0.0, megabytes() - first)),
                "read_seconds": rounded(took),
                "gate_ms": rounded(gate_ms),
                "places_mb": rounded(places),
            }
        )
    return rows
