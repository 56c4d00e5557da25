"""Checks of the training messages: none stands under two topics, none was also meant for measuring."""

import re
from collections.abc import Iterator
from pathlib import Path

from actions.knowledge.check import Problem
from actions.knowledge.library import DATA, Library
from actions.knowledge.yaml_file import read_yaml

TESTS = DATA.parent / "tests" / "data"
LEAST_WORDS = 4  # shorter messages ("hotline", "need food") are everybody's
LEAST_SIGNS = 8
KINDS = frozenset({"suicide", "medical", "danger", "minor"})


def training_messages(folder: Path = DATA / "nlu") -> Iterator[tuple[str, str, str, str | None]]:
    """(file, topic, message, alarm) of every training message. Raises `DataError` where a file is no YAML."""
    for file in sorted(folder.rglob("*.yml")):
        for block in read_yaml(file)["nlu"]:
            examples = block["examples"]
            if isinstance(examples, str):
                rows = ((line.removeprefix("- "), None) for line in examples.splitlines() if line.startswith("- "))
            else:
                rows = ((e["text"].strip(), (e.get("metadata") or {}).get("alarm")) for e in examples)
            for text, alarm in rows:
                yield file.relative_to(folder).as_posix(), block["intent"], text, alarm


def measuring_messages(folder: Path = TESTS) -> dict[str, str]:
    """Message (made plain) -> the file of `tests/data` it stands in."""
    found = {}
    for file in sorted(folder.glob("*.yml")):
        rows = read_yaml(file)
        rows = rows if isinstance(rows, list) else [row for group in rows.values() for row in group]
        found.update({plain(row["text"]): file.name for row in rows})
    return found


def check_messages(library: Library) -> Iterator[Problem]:
    """What is wrong with the training messages."""
    seen: dict[str, tuple[str, str]] = {}
    measured = measuring_messages() if TESTS.exists() else {}
    for file, topic, text, alarm in training_messages():
        where, easy = f"nlu/{file}", plain(text)
        if topic not in library.topics:
            yield Problem(where, f"{topic} is no topic")
        if alarm not in (None, *KINDS):
            yield Problem(where, f"alarm: {alarm} is none of {', '.join(sorted(KINDS))}")
        if easy in seen and easy:
            first, its_file = seen[easy]
            under = f"under {first} in {its_file}" if first != topic else f"twice under {topic}"
            yield Problem(where, f"“{text}” stands also {under}")
        seen[easy] = (topic, file)
        if easy in measured and is_telling(easy):
            yield Problem(where, f"“{text}” is also in tests/data/{measured[easy]}, which is kept for measuring")


def is_telling(easy: str) -> bool:
    """False for so few words that two people write them by themselves ("thank you"); of scripts that need few signs for
    many words, so few signs."""
    return len(easy.split()) >= LEAST_WORDS or not easy.isascii() and len(easy) >= LEAST_SIGNS


def plain(text: str) -> str:
    """Small letters and digits only, so that punctuation makes no difference; the text itself where it has neither."""
    return " ".join(re.findall(r"\w+", text.lower())) or text.strip()
