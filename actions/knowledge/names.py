"""What all that rests on sources is called: `lantern off`, `lantern review` and the public pages say the same."""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from actions.knowledge.records import Checked, Fact, Section

if TYPE_CHECKING:
    from actions.knowledge.library import Library


def fact_name(section: str, fact: Fact) -> str:
    """The name of one fact: its section's, and a number made from its words."""
    return f"{section}#{hashlib.sha256(fact.say.encode()).hexdigest()[:6]}"


def section_name(of: "Library", topic: str, path: str = ".") -> str:
    """The name of a section of `data/{rights,guidance,safety}`: "rights.passport_taken.followups.cost"."""
    return ".".join([of.folder(topic), topic, *([path] if path != "." else [])])


def sections(of: "Library") -> Iterator[tuple[str, Checked, Section]]:
    """(name, file, section) of everything in `of` that rests on sources."""
    for topic, file in of.sections.items():
        for path, section in file.sections().items():
            yield section_name(of, topic, path), file, section
    for code, law in of.laws.items():
        for path, section in law.sections().items():
            yield f"law.{code}.{path}", law, section
