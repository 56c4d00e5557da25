"""Who talks about what: the scripts of the tests, each within a question about a place that nobody else asks about."""

from dataclasses import dataclass
from pathlib import Path

from actions.knowledge.library import FEDERAL, Library
from actions.knowledge.yaml_file import read_yaml

PICK = "(one of the choices offered)"  # as a step: a choice about the law, or the first


@dataclass(frozen=True)
class Conversation:
    """One conversation.

    Attributes:
        number: which of the cast.
        place: code of the place it is about.
        steps: what the person writes, or `PICK`.
    """

    number: int
    place: str
    steps: tuple[str, ...]


def cast(folder: Path, library: Library) -> tuple[Conversation, ...]:
    """A conversation for every script in `folder`, each about a place of its own.

    Before the script the person asks about the place, and afterwards again, goes on with a choice, and asks for more
    without naming the place: only the person's own conversation knows it.
    """
    scripts = [[turn["user"] for turn in read_yaml(file)["turns"]] for file in sorted(folder.glob("*.yml"))]
    places = [code for code in library.places if code != FEDERAL]
    return tuple(
        Conversation(number, code, _steps(library.place(code), script))
        for number, (code, script) in enumerate(zip(places, scripts, strict=False))
    )


def law_labels(library: Library) -> frozenset[str]:
    """What choices are called that lead to an answer about the law of a place."""
    return frozenset(library.label(name) for name, topic in library.topics.items() if topic.source.startswith("law."))


def _steps(place: str, script: list[str]) -> tuple[str, ...]:
    before = f"can i be arrested if i report in {place}"
    after = (f"can my record be cleared in {place}", PICK, "how much does it cost")
    return (before, *script, *after)
