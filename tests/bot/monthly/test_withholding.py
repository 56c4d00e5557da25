"""Nothing under ten, and nothing from which it could be told that something left out was there.

All small months are tried: for each page that a reader may see, and each cell it leaves out, there is a month without
any of that cell that makes the very same page. So no reader, even one who knows the rule, can tell.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

import pytest

from bot.monthly import withholding
from bot.monthly.cells import TALKS
from bot.monthly.withholding import kinds, may_be_told

KINDS = {"channel": ("web", "sms"), "language": ("en", "es")}
CELLS = (TALKS, "channel:web", "channel:sms", "language:en", "language:es", "topic:need_shelter")
World = tuple[int, ...]  # of each of CELLS


def worlds(most: int, topics: Iterable[int]) -> Iterator[World]:
    """Every month with up to `most` talks: each has one channel, and one or both languages."""
    for web, sms in product(range(most + 1), repeat=2):
        talks = web + sms
        if talks > most:
            continue
        for english in range(talks + 1):
            for spanish in range(talks - english, talks + 1):
                for topic in topics:
                    if topic <= talks:
                        yield talks, web, sms, english, spanish, topic


def check(pages: dict[World, set[World]]) -> int:
    """Fails where a page tells that something it leaves out was there; returns how many pages left something out.

    Args:
        pages: by what is shown of each of CELLS, everything that may have been the case.
    """
    left_out = 0
    for page, possible in pages.items():
        for at, count in enumerate(page):
            if count == 0:
                left_out += 1
                assert any(world[at] == 0 for world in possible), (dict(zip(CELLS, page, strict=True)), CELLS[at])
    return left_out


def page_of(world: World) -> World:
    told = may_be_told(dict(zip(CELLS, world, strict=True)), KINDS)
    return tuple(told.get(cell, 0) for cell in CELLS)


def test_from_no_page_it_can_be_told_that_something_left_out_was_there():
    pages: dict[World, set[World]] = defaultdict(set)
    seen: dict[World, World] = {}
    for world in worlds(33, topics=(0, 9, 10, 29)):
        tens = tuple(count // 10 * 10 for count in world)  # it sees no more of them
        if tens not in seen:
            seen[tens] = page_of(world)
        pages[seen[tens]].add(world)
    assert check(pages) > 20


def test_nor_over_two_runs(monkeypatch):
    """In steps of three, so that all pairs of runs can be tried."""
    monkeypatch.setattr(withholding, "STEP", 3)
    monkeypatch.setattr(withholding, "UNSEEN", 2)
    of_one: dict[World, set[World]] = defaultdict(set)  # whether there was any of each cell, by page of a run
    for world in worlds(8, topics=(0, 2, 3)):
        of_one[page_of(world)].add(tuple(min(count, 1) for count in world))
    pages: dict[World, set[World]] = defaultdict(set)
    for first, second in product(of_one, repeat=2):
        page = tuple(map(sum, zip(first, second, strict=True)))
        pages[page] |= {tuple(map(max, a, b)) for a, b in product(of_one[first], of_one[second])}
    assert check(pages) > 20


def test_the_trial_would_notice():
    """Without the rule the example of the module can be told: 90 to 99 on the page are not 100."""
    told = {(100, 90, 0, 100, 0, 0): {(103, 95, 8, 103, 0, 0), (100, 99, 1, 100, 0, 0)}}
    with pytest.raises(AssertionError, match="channel:sms"):
        check(told)


def told(**counts: int) -> dict[str, int]:
    """`counts` by cell, with two underscores for the colon."""
    return may_be_told({cell.replace("__", ":"): count for cell, count in counts.items()}, KINDS)


def test_a_number_that_would_tell_is_lowered():
    shown = told(talks=103, channel__web=95, channel__sms=8, language__en=103, place__OR=101)
    assert shown == {TALKS: 90, "channel:web": 90, "language:en": 90, "place:OR": 90}


def test_a_month_with_enough_of_everything_is_told_as_it_is():
    shown = told(talks=309, channel__web=210, channel__sms=99, language__en=259, language__es=50, messages=999)
    assert shown == {
        TALKS: 300, "channel:web": 210, "channel:sms": 90, "language:en": 250, "language:es": 50, "messages": 990,
    }  # fmt: skip


@pytest.mark.parametrize("sms", range(10))
def test_lowering_takes_no_more_than_a_step(sms):
    for talks in range(30, 300):
        given = {"channel__web": talks - sms, "channel__sms": sms, "language__en": talks}
        assert told(talks=talks, **given)[TALKS] >= talks // 10 * 10 - 10


def test_without_ten_talks_nothing_is_told():
    assert told(talks=9, channel__web=9, language__en=9, messages=200, unanswered__asked=30) == {}
    assert told() == {}


def test_a_language_that_is_no_longer_spoken_still_counts():
    shown = told(talks=205, channel__web=190, channel__sms=15, language__en=100, language__xx=105)
    assert shown[TALKS] == 200


def test_lanterns_own_kinds_are_all_there_can_be():
    assert set(kinds()) == {"language", "channel"}
    assert "en" in kinds()["language"] and set(kinds()["channel"]) == {"web", "sms"}
