"""Why each cost grows as it does, and what would break first: our words around the figures of the run."""

from collections.abc import Callable, Mapping, Sequence
from math import log10
from typing import Any

Rows = Sequence[Mapping[str, Any]]


def slope(rows: Rows, size: str, cost: str) -> float:
    """How much `cost` grows with one more of `size`, between the first row and the last."""
    across = float(rows[-1][size] - rows[0][size])
    return float(rows[-1][cost] - rows[0][cost]) / across if across else 0.0


def power(rows: Rows, size: str, cost: str) -> float:
    """How many times `cost` grows while `size` grows tenfold, between the last two rows; 10 is a straight line."""
    before, last = rows[-2], rows[-1]
    return float((last[cost] / before[cost]) ** (1 / log10(last[size] / before[size]))) if before[cost] else 0.0


def sessions(rows: Rows) -> Sequence[str]:
    """Sessions held."""
    kilobytes = 1024 * slope(rows, "sessions", "memory_mb")
    return (
        f"A straight line of {kilobytes:.1f} KB a session: the last two turns of the talk as JSON "
        f"({rows[-1]['kb_a_session']:.1f} KB), its key and its place in the list. A turn costs the same "
        f"({rows[0]['turn_ms']:.1f} ms with {rows[0]['sessions']:,}, {rows[-1]['turn_ms']:.1f} ms with "
        f"{rows[-1]['sessions']:,}): a talk is found by its key, and nothing walks over the others.",
        "What would break first: memory. `LANTERN_MOST_SESSIONS` (20,000 unless set) bounds it, and the one idle the "
        "longest goes first; with Redis it is Redis's memory, whose limit the deployment files set.",
    )


def services(rows: Rows) -> Sequence[str]:
    """Services of the directory."""
    return (
        f"A search grows {power(rows, 'services', 'search_ms'):.1f}-fold with ten times the services: the index by "
        "need and area is a look-up, and what is found is ranked as columns of numbers, all of it, before three are "
        f"shown. Memory is {1024 * slope(rows, 'services', 'memory_mb'):.1f} KB a service: the record with its phones, "
        "hours and sources as objects.",
        f"What would break first: memory, then the start. {rows[-1]['services']:,} take {rows[-1]['memory_mb']:.0f} MB "
        f"and {rows[-1]['read_seconds'] + rows[-1]['index_seconds']:.1f} s to read and to index.",
    )


def messages(rows: Rows) -> Sequence[str]:
    """Training messages."""
    return (
        f"Ten times the messages take {power(rows, 'messages', 'seconds'):.1f} times as long at the end of the line: "
        "each is encoded once (a fixed time a message, on both cores), and each pass of the regressions goes over all "
        "n-grams of all messages. The model grows more slowly: it holds one weight for each n-gram and topic, and new "
        "messages bring fewer and fewer new n-grams; below it all are the encoder's own bytes.",
        f"What would break first: memory while training, {rows[-1]['peak_mb']:,.0f} MB at {rows[-1]['messages']:,}.",
    )


def languages(rows: Rows) -> Sequence[str]:
    """Languages."""
    return (
        f"A straight line of {slope(rows, 'languages', 'memory_mb'):.1f} MB a language: all that Lantern says, "
        f"translated, beside the English. Reading it takes {rows[-1]['read_seconds']:.1f} s at the start. A message "
        "pays for the languages that it may be written in, one or two, not for all that are spoken.",
        "What would break first: the time to start, since every language is read before the first answer. The names of "
        "places are in one table for all languages.",
    )


def workers(rows: Rows) -> Sequence[str]:
    """Workers."""
    further = slope(rows[1:] if len(rows) > 2 else rows, "workers", "memory_after_load_mb")
    most = max(rows, key=lambda row: float(row["turns_a_second"]))
    return (
        f"Each further worker takes {further:.0f} MB: they are forked after everything is loaded and share those pages "
        "until one writes to them; their own are the pages with Python objects that a turn touches (counting a "
        "reference is a write) and buffers. The first step is larger: with more than one worker there is a parent, "
        "which answers nothing and keeps the originals of the pages that each worker has copied.",
        f"Turns a second are most with {most['workers']} ({most['turns_a_second']:.0f}): a turn is work for a "
        "processor, so there is nothing to win beyond one worker a core, and the people who talk here take a part of "
        "both. What would break first: nothing; more workers than cores only wait for each other.",
    )


def length(rows: Rows) -> Sequence[str]:
    """Length of a message."""
    return (
        f"From {rows[0]['turn_ms']:.0f} ms with one word to {rows[-1]['turn_ms']:.0f} ms with {rows[-1]['words']}. Two "
        "things grow: the encoder's layers, with the tokens (at most 128; what comes after them it does not read), and "
        "what is heard by itself: from 16 words on, up to six sentences, so that an alarm in the middle of a story is "
        "not drowned, and up to four parts of a message that asks more than one thing.",
        "What would break first: nothing; a message is cut at 2,000 characters.",
    )


REASONS: Mapping[str, Callable[[Rows], Sequence[str]]] = {
    "sessions": sessions,
    "services": services,
    "messages": messages,
    "languages": languages,
    "workers": workers,
    "length": length,
}
