"""Labelled messages: a YAML list of `{text, label, alt_labels?, lang?, crisis?}`. Other fields are passed over."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from actions.knowledge.library import library
from actions.knowledge.yaml_file import DataError, read_yaml
from bot.nlu.gate import KINDS


@dataclass(frozen=True)
class Labelled:
    """One message and what a careful reader hears in it.

    Attributes:
        right: topics that are right; the first is the label.
        crisis: the alarm it should set off; None where the gate must stay quiet.
        kind: what the message tests, where its file says so.
    """

    text: str
    right: tuple[str, ...]
    lang: str = "en"
    crisis: str | None = None
    kind: str | None = None


def read(file: Path) -> list[Labelled]:
    """The messages of `file`. Raises `DataError` naming the entry that is not of its shape."""
    rows = read_yaml(file)
    if not isinstance(rows, list):
        raise DataError(f"{file}: line 1: expected a list of messages")
    return [_labelled(file, number, row, library().topics) for number, row in enumerate(rows, 1)]


def _labelled(file: Path, number: int, row: object, topics: Collection[str]) -> Labelled:
    where = f"{file}: message {number}"
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not isinstance(row.get("label"), str):
        raise DataError(f"{where}: expected `text` and `label`")
    right = (row["label"], *(row.get("alt_labels") or ()))
    for topic in right:
        if topic not in topics:
            raise DataError(f"{where}: {topic} is no topic")
    if (crisis := row.get("crisis")) not in (None, *KINDS):
        raise DataError(f"{where}: crisis: {crisis} is none of {', '.join(KINDS)}")
    return Labelled(row["text"], right, row.get("lang", "en"), crisis, row.get("kind"))
