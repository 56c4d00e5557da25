"""Which services are shown, and in which order: `rank` is the whole rule."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from actions.knowledge.service_records import FEDERAL, Need, Service
from actions.knowledge.towns import Town, county, town
from actions.services.clock import open_now

AT_ONCE = 3
NEAR_KM = 60.0
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
EVERYONE = frozenset({"anyone", "adults"})
OURS = frozenset({"sex_workers", "trafficking_survivors"})  # whom Lantern is for
# What a message calls a group -> what services call it.
GROUPS = {"youth": frozenset({"minors"}), "trans": frozenset({"trans", "lgbtq"})}


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
        now: with a time zone; who is open stands before who is closed.
    """

    need: Need
    state: str | None = None
    town: Town | None = None
    population: str | None = None
    languages: frozenset[str] = frozenset()
    no_police: bool = False
    now: dt.datetime | None = None


class Directory:
    """Services by need and state, so that a large directory is searched in a few milliseconds."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._by_tag: dict[tuple[str, str], list[Service]] = defaultdict(list)
        for service in services:
            if service.status == "active" and service.reachable:
                for tag in dict.fromkeys(service.needs):
                    for state in service.states:
                        self._by_tag[tag, state].append(service)

    def find(self, wish: Wish) -> list[Service]:
        """Every service that fits `wish`, best first."""
        places = [FEDERAL] if wish.state in (None, FEDERAL) else [wish.state, FEDERAL]
        found = {
            s.id: s for place in places for tag in wish.need.tags for s in self._by_tag.get((tag, place or ""), ())
        }
        return sorted((s for s in found.values() if fits(s, wish)), key=lambda s: rank(s, wish))


def fits(service: Service, wish: Wish) -> bool:
    """True unless it works with police and that was refused, or it serves only some other part of the state."""
    if wish.no_police and service.police_contact == "involves_police":
        return False
    return serves(service, wish.state, wish.town) is not False


def serves(service: Service, state: str | None, where: Town | None) -> bool | None:
    """Whether `service` serves a town of `state`; None where it serves only a part and the town is not known."""
    answers: set[bool | None] = set()
    for area in service.service_areas:
        if area.state == FEDERAL or area.state == state and not (area.counties or area.cities):
            answers.add(True)
        elif area.state == state and where is None:
            answers.add(None)
        elif area.state == state and where is not None:
            named = where.counties & {county(name) for name in area.counties}
            answers.add(bool(named) or where.name.lower() in {name.lower() for name in area.cities})
    return True if True in answers else None if None in answers else False


def rank(service: Service, wish: Wish) -> tuple[object, ...]:
    """Where a service stands. In words, what counts first:

    if no police was asked for, those we do not know of come last; what is near or in the state before nationwide, and
    what serves the whole state before what serves an unknown part of it; for the person's own group before for
    anyone, and not for somebody else; speaking their language; the less police the earlier; what was asked for most
    exactly; open now before closed; no conditions (faith, leaving the work) before conditions; free before not; a
    number before a page; the nearer.
    """
    need = wish.need
    speaks = not wish.languages or bool(wish.languages & {*service.languages})
    interprets = bool(service.interpretation_services)
    return (
        wish.no_police and service.police_contact == "unknown",
        _place(service, wish),
        _group(service, wish.population),
        0 if speaks else 1 if interprets else 2,
        POLICE_ORDER[service.police_contact],
        not {*need.prefer} & {*service.needs},
        min(service.needs.index(tag) for tag in need.tags if tag in service.needs),
        _closed(service, wish.now),
        service.stance in WITH_CONDITIONS,
        not (service.fees_description or "").startswith("free"),
        not (service.voice or service.text),
        distance(service, wish.town) or 0.0,
        service.id,
    )


def distance(service: Service, where: Town | None) -> float | None:
    """Kilometres to its nearest office; None where that is not known."""
    offices = (town(place.city, place.state) for place in service.locations)
    away = [where.km_to(office) for office in offices if office] if where else []
    return min(away, default=None)


WANTED: tuple[Callable[[Service], bool], ...] = (
    lambda s: s.stance in PEER_LED,
    lambda s: bool(s.voice or s.text),
    lambda s: s.stance not in WITH_CONDITIONS,
)


def pick(ranked: Sequence[Service]) -> list[Service]:
    """The first `AT_ONCE`; one peer-led, one with a number and one without conditions among them, if there are any."""
    picked = list(ranked[:AT_ONCE])
    met: list[Callable[[Service], bool]] = []
    for wanted in WANTED:
        better = next(filter(wanted, ranked), None)
        if better and not any(map(wanted, picked)):
            for at in reversed(range(len(picked))):
                others = [*picked[:at], *picked[at + 1 :], better]
                if all(any(map(kept, others)) for kept in met):
                    picked = others
                    break
        met += [wanted] if better else []
    return sorted(picked, key=ranked.index)


def _place(service: Service, wish: Wish) -> int:
    """0 near, 1 the state, 2 a part of the state that may be elsewhere, 3 nationwide, 4 an office far away."""
    if wish.state not in service.states:
        return 3
    away = distance(service, wish.town)
    served = serves(service, wish.state, wish.town)
    if away is not None and away <= NEAR_KM:
        return 0
    if any(area.state == wish.state and (area.counties or area.cities) for area in service.service_areas):
        return 0 if served and wish.town else 2
    return 1 if away is None else 4 if "outreach_drop_in" in service.needs else 1


def _group(service: Service, population: str | None) -> int:
    """0 for the person's own group (none named: people in the sex trades), 1 for anyone, 2 for others only."""
    if population and GROUPS.get(population, {population}) & {*service.populations}:
        return 0
    if OURS & {*service.populations}:
        return 1 if population else 0
    return 1 if not service.populations or EVERYONE & {*service.populations} else 2


def _closed(service: Service, now: dt.datetime | None) -> int:
    """0 open, 1 not known, 2 closed."""
    state = open_now(service, now) if now else None
    return 1 if state is None else 0 if state else 2
