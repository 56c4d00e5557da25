"""Which of the services that fit are shown first."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from actions.knowledge.service_records import Service
from actions.services.clock import Clock, openings
from actions.services.groups import GROUPS, for_group, for_others, speaks
from actions.services.ranking import PEER_LED, SIDELINE, WITH_CONDITIONS, is_free
from actions.services.search import AT_ONCE
from actions.services.wish import Wish

FIRST = 100  # as far as we look for one that is open: who stands further down is far from what was asked for
Wanted = Callable[[Service], bool]


def pick(ranked: Sequence[Service], wish: Wish) -> list[Service]:
    """The first `AT_ONCE` of `ranked`, and among them, where there are any, one of each kind that `_wanted` names.

    What works with police stands last, and is left for later where this need is only a sideline of it.
    """
    picked = dict(_first(ranked, wish))
    met: list[Wanted] = []
    for wanted, look in _wanted(wish, len(ranked)):
        better = next((n for n, service in enumerate(islice(ranked, look)) if wanted(service)), None)
        if better is None:
            continue
        if not any(map(wanted, picked.values())):
            picked = _with(picked, better, ranked[better], met)
        met.append(wanted)
    order = sorted(picked, key=lambda n: (_with_police(picked[n]), n))
    return [picked[n] for n in order]


def _first(ranked: Sequence[Service], wish: Wish) -> Iterator[tuple[int, Service]]:
    later: list[tuple[int, Service]] = []
    found = 0
    for n, service in enumerate(islice(ranked, FIRST)):
        if found == AT_ONCE:
            return
        if _with_police(service) and not _main_work(service, wish):
            later.append((n, service))
        else:
            found += 1
            yield n, service
    yield from later[: AT_ONCE - found]


def _wanted(wish: Wish, every: int) -> Iterator[tuple[Wanted, int]]:
    """(what should be among the first, how far to look for it), what matters most first."""
    clock = Clock(wish.now)

    def takes_anyone(service: Service) -> bool:
        return _main_work(service, wish) and _takes(service, wish.population)

    yield lambda s: _has_number(s) and takes_anyone(s), every
    yield _has_number, every
    yield lambda s: s.stance not in WITH_CONDITIONS, every
    if wish.languages:
        yield lambda s: speaks(s.languages, bool(s.interpretation_services), wish.languages) > 0, every
    if wish.population:
        yield lambda s: for_group(s.populations, wish.population) > 0, every
    yield lambda s: s.stance in PEER_LED and not frozenset(wish.need.tags).isdisjoint(s.needs), every
    yield takes_anyone, every
    yield lambda s: takes_anyone(s) and clock.is_open(openings(s.schedules)) is True, min(FIRST, every)
    yield lambda s: is_free(s) and takes_anyone(s), every


def _has_number(service: Service) -> bool:
    return bool(service.voice or service.text)


def _with_police(service: Service) -> bool:
    return service.police_contact == "involves_police"


def _main_work(service: Service, wish: Wish) -> bool:
    return not frozenset(wish.need.tags).isdisjoint(service.needs[:SIDELINE])


def _takes(service: Service, population: str | None) -> bool:
    """Whether it takes anyone of that group, trafficked or not."""
    groups = {*service.populations}
    open_to = {"anyone", "sex_workers", *GROUPS.get(population or "", ())}
    is_open = groups <= {"adults"} or bool(open_to & groups)
    return is_open and not for_others(groups, population) and service.stance != "trafficking_focused"


def _with(picked: dict[int, Service], n: int, better: Service, met: Sequence[Wanted]) -> dict[int, Service]:
    """`picked` with `better` in the place of the last one that can go without losing what was `met`."""
    for last in sorted(picked, reverse=True):
        others = {at: service for at, service in picked.items() if at != last} | {n: better}
        if all(any(map(kept, others.values())) for kept in met):
            return others
    return picked
