"""In which order services are shown: `rank` is the whole rule."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from actions.knowledge.service_records import Service
from actions.services.clock import Clock, openings
from actions.services.columns import MOST, Column, Offices, Ranks, Rows, Tags
from actions.services.groups import for_group, for_others, ours, speaks
from actions.services.nearness import NEAR_KM, NEXT_DOOR_KM, offices
from actions.services.wish import Wish

PEER_LED = frozenset({"sex_worker_led", "survivor_led"})
WITH_CONDITIONS = frozenset({"faith_based", "exit_program"})
# The less a service brings in police, the earlier it stands. Where we do not know, it says so, and stands late.
POLICE_ORDER = {
    "never_without_consent": 0,
    "only_if_imminent_danger": 1,
    "may_report_minors": 2,
    "unknown": 3,
    "involves_police": 4,
}
NEAREST, NEAR, STATE, PART, NATION, TOO_FAR = range(6)
SIDELINE = 3  # the fourth need that a service names is not what it is there for


class Shelf:
    """What every service says that counts for its place in the order."""

    def __init__(self, every: Sequence[Service]) -> None:
        self.needs = Tags([s.needs for s in every])
        self.offices = Offices(offices(s.locations) for s in every)
        self.groups = Column(s.populations for s in every)
        self.tongues = Column((s.languages, bool(s.interpretation_services)) for s in every)
        self.police = Column(s.police_contact for s in every)
        self.openings = Column(openings(s.schedules) for s in every)
        self.stance = Column(s.stance for s in every)
        self.free = Column(is_free(s) for s in every)
        self.number = Column(bool(s.voice or s.text) for s in every)


def rank(shelf: Shelf, rows: Rows, served: Ranks, wish: Wish) -> tuple[npt.NDArray[Any], ...]:
    """Where services stand: what counts first, then what counts where that is equal, and so on. Smaller is better.

    If no police was asked for, those we do not know of come last. Then, last of the rest, what is only for somebody
    else. What is near before what serves the state, that before what serves an unknown part of it, that before
    nationwide; those that work with police after the others; speaking the person's language; for the group they named;
    what was asked for most exactly; as more than a sideline; for people in the sex trades, then for anyone; the less
    police; what it does first and foremost; open now; no conditions (faith, leaving the work); free; a number to call
    or text; the nearer.
    """
    away = shelf.offices.away(wish.town, rows)
    return (
        shelf.police.by(lambda police: wish.no_police and police == "unknown", rows),
        shelf.groups.by(lambda groups: for_others(groups, wish.population), rows),
        _place(shelf, rows, served, away),
        shelf.police.by(lambda police: police == "involves_police", rows),
        shelf.tongues.by(lambda tongues: 2 - speaks(*tongues, wish.languages), rows),
        shelf.groups.by(lambda groups: 2 - for_group(groups, wish.population), rows),
        shelf.needs.first(wish.tags, rows),
        shelf.needs.earliest(wish.tags, rows) >= SIDELINE,
        shelf.groups.by(ours, rows),
        shelf.police.by(POLICE_ORDER.__getitem__, rows),
        shelf.needs.earliest(wish.tags, rows),
        shelf.openings.by(Clock(wish.now).closed, rows),
        shelf.stance.by(lambda stance: stance in WITH_CONDITIONS, rows),
        shelf.free.by(lambda free: not free, rows),
        shelf.number.by(lambda number: not number, rows),
        away,
    )


def _place(shelf: Shelf, rows: Rows, served: Ranks, away: Ranks) -> Ranks:
    """`NEAREST` (next door, or for the person's own county) … `TOO_FAR` (to walk in)."""
    local = served < NATION
    too_far = (served == STATE) & (away < MOST) & shelf.needs.has("outreach_drop_in", rows)
    placed = np.select(
        [local & (away <= NEXT_DOOR_KM), local & (away <= NEAR_KM), too_far], [NEAREST, NEAR, TOO_FAR], served
    )
    ranks: Ranks = placed.astype(np.int16)
    return ranks


def is_free(service: Service) -> bool:
    """Whether it says that it costs nothing."""
    return (service.fees_description or "").startswith("free")
