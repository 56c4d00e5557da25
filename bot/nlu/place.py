"""A place as a message names it, and places that stand beside each other and are one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NEXT_TO = re.compile(r"[\s,，、的주州]{0,3}")


@dataclass(frozen=True)
class Place:
    """A place named in a message: where it stands, and the jurisdictions it may mean, likeliest first."""

    start: int
    end: int
    codes: tuple[str, ...]


def told_apart(places: list[Place], text: str) -> Iterator[Place]:
    """A name of several places beside the state that is meant is one place: "缅因州波特兰", "포틀랜드, 메인주"."""
    waiting: Place | None = None
    for place in places:
        if waiting and _NEXT_TO.fullmatch(text[waiting.end : place.start]):
            several, one = sorted((waiting, place), key=lambda p: -len(p.codes))
            if len(several.codes) > 1 and len(one.codes) == 1 and one.codes[0] in several.codes:
                waiting = Place(waiting.start, place.end, one.codes)
                continue
        if waiting:
            yield waiting
        waiting = place
    if waiting:
        yield waiting


def joined(places: list[Place], text: str) -> Iterator[Place]:
    """A city and the state right after it are one place: "portland, me", "salem OR"."""
    at = 0
    while at < len(places):
        place = places[at]
        following = places[at + 1] if at + 1 < len(places) else None
        if following and re.fullmatch(r"[\s,]{1,3}", text[place.end : following.start]) and len(following.codes) == 1:
            yield Place(place.start, following.end, following.codes)
            at += 2
        else:
            yield place
            at += 1
