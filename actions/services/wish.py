"""What somebody looks for."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from actions.knowledge.service_records import Need
from actions.knowledge.towns import Town


@dataclass(frozen=True)
class Wish:
    """What somebody looks for.

    Attributes:
        need: how it is found among the services' own words.
        state: postal code, if known.
        town: where they are, if they said so.
        population: who it is for ("youth", "trans"), if they said so.
        languages: any of them will do ("Spanish"); empty where nothing was said.
        no_police: none that works with police.
        asked: the services' own words for exactly what was asked for ("food" of food, money and work), if any.
        now: with a time zone; who is open stands before who is closed.
    """

    need: Need
    state: str | None = None
    town: Town | None = None
    population: str | None = None
    languages: frozenset[str] = frozenset()
    no_police: bool = False
    asked: frozenset[str] = frozenset()
    now: dt.datetime | None = None

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The services' own words for the need, what comes nearest to it first."""
        tags = (*self.need.prefer, *self.need.tags, *self.need.also)
        return tuple(dict.fromkeys((*(tag for tag in tags if tag in self.asked), *tags)))
