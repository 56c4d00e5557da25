"""What follows from the decisions of a form: what is signed, what is switched off, and what somebody has to write anew.

A section is signed where everything in it is correct. What is wrong is not said any more, at once: a fact by itself, a
text message or a field with its section, since they cannot be switched off alone. What is to be changed is still said,
and not signed. Of a crisis answer nothing is switched off: without it a person in danger would be told nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from actions.knowledge.control import ALWAYS_SHOWN
from actions.review.form import Decided
from actions.review.items import Item
from actions.review.rows import ENTRY, FIELDS, SHORT, Row


@dataclass(frozen=True)
class ToWrite:
    """Something to be written anew: what it says now, what was decided, and the reviewer's words."""

    row: Row
    decided: Decided
    off: bool


@dataclass(frozen=True)
class Outcome:
    """What follows from a form.

    Attributes:
        signed: all of it is correct.
        taken_off: somebody had signed it, and it is not correct.
        off: (name, the reviewer's words) of what is to be switched off.
        to_write: what is wrong or to be changed.
        open: (item, how many of its rows are not decided), of those that were begun.
    """

    signed: tuple[Item, ...]
    taken_off: tuple[Item, ...]
    off: tuple[tuple[str, str], ...]
    to_write: tuple[ToWrite, ...]
    open: tuple[tuple[Item, int], ...]


def by_row(found: Sequence[Item]) -> Mapping[str, Item]:
    """The item of every row, by the name of the row."""
    return {row.name: item for item in found for row in item.rows()}


def outcome(decisions: Sequence[Decided], known: Mapping[str, Item]) -> Outcome:
    """What follows from `decisions`; `known` is what `by_row` gives."""
    decided = {one.row: one for one in decisions}
    touched = {known[name].name: known[name] for name in decided}
    signed: list[Item] = []
    unfinished: list[tuple[Item, int]] = []
    taken_off: list[Item] = []
    to_write: list[ToWrite] = []
    for item in touched.values():
        rows = item.rows()
        missing = sum(row.name not in decided for row in rows)
        anew = [
            (row, decided[row.name]) for row in rows if row.name in decided and _is_to_be_written(decided[row.name])
        ]
        to_write.extend(ToWrite(row, one, one.decision == "wrong" and _can_be_off(item)) for row, one in anew)
        if anew and item.signed:
            taken_off.append(item)
        if missing:
            unfinished.append((item, missing))
        elif not anew:
            signed.append(item)
    return Outcome(tuple(signed), tuple(taken_off), tuple(_off(to_write)), tuple(to_write), tuple(unfinished))


def _is_to_be_written(one: Decided) -> bool:
    return one.decision != "correct"


def _can_be_off(item: Item) -> bool:
    return not item.name.startswith(ALWAYS_SHOWN)


def _off(to_write: Sequence[ToWrite]) -> Iterator[tuple[str, str]]:
    for one in to_write:
        if one.off:
            item, _, part = one.row.name.rpartition("#")
            yield item if part in (SHORT, FIELDS, ENTRY) else one.row.name, one.decided.words
