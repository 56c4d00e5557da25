"""Checks of sign-offs: what changed since it was signed, and how much is reviewed at all."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from actions.knowledge.check import Problem
from actions.knowledge.library import Library
from actions.knowledge.names import sections
from actions.knowledge.records import Reviewed


@dataclass(frozen=True)
class Counted:
    """How many sections, and how many services, somebody signed in the form they have now."""

    sections: int
    services: int
    lapsed: int


def count(library: Library) -> Counted:
    """Counts the sign-offs of `library`: those that hold, and all that hold no longer."""
    return Counted(
        sections=sum(file.stamp(section).reviewed is not None for _, file, section in sections(library)),
        services=sum(isinstance(service.review, Reviewed) for service in library.services),
        lapsed=len(library.lapsed),
    )


def check_reviews(library: Library, today: dt.date) -> Iterator[Problem]:
    """Sign-offs that hold no longer (a note), and those of a day that is still to come."""
    for name, by in sorted(library.lapsed.items()):
        why = "changed since" if by.revision else "the sign-off names no revision:"
        said = f"{why} {by.name}, {by.role}, signed it on {by.on}; it counts as not reviewed"
        yield Problem(name, said, is_error=False)
    for name, review in _all(library):
        if isinstance(review, Reviewed) and review.on > today:
            yield Problem(name, f"was signed on {review.on}, which is still to come")


def _all(library: Library) -> Iterator[tuple[str, object]]:
    yield from ((name, file.stamp(section).review) for name, file, section in sections(library))
    yield from ((service.id, service.review) for service in library.services)
