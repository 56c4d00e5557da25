"""The ranking rule: what stands first, and what never stands there."""

import datetime as dt
from random import Random

import pytest

from actions.knowledge.library import library
from actions.knowledge.service_records import Need, Service
from actions.knowledge.towns import town
from actions.services.picking import pick
from actions.services.ranking import PEER_LED, WITH_CONDITIONS
from actions.services.search import AT_ONCE, Directory
from actions.services.wish import Wish

NEEDS = sorted(library().needs.needs)
STATES = sorted(library().laws)
SHELTER = Need(tags=("emergency_shelter",), lead="x")


def ranked(topic: str, **wish):
    return library().directory.find(Wish(library().needs.needs[topic], **wish))


def service(name: str, **fields) -> Service:
    """A service that differs from another only in `fields`."""
    given = {
        "id": name,
        "name": name,
        "description": "x",
        "status": "active",
        "needs": ("emergency_shelter",),
        "service_areas": ({"state": "OR"},),
        "phones": ({"number": "503-555-0100"},),
        "fees_description": "free",
        "police_contact": "unknown",
        "police_contact_note": "x",
        "assured_date": "2026-11-20",
        "confidence": "high",
        "sources": ({"title": "x", "url": "https://example.org"},),
    }
    return Service(**{**given, **fields})


def order(*services: Service, **wish) -> list[str]:
    return [s.id for s in Directory(services).find(Wish(SHELTER, **{"state": "OR", **wish}))]


@pytest.mark.parametrize("state", STATES)
def test_every_need_has_something_in_every_place(state):
    for topic in NEEDS:
        found = ranked(topic, state=state)
        assert found, topic
        assert all({"US", state} & s.states and s.status == "active" and s.reachable for s in found)
        first = pick(found, Wish(library().needs.needs[topic], state=state))
        assert any(s.voice or s.text for s in first) or not any(s.voice or s.text for s in found)


@pytest.mark.parametrize("topic", NEEDS)
def test_none_that_works_with_police_when_that_was_refused(topic):
    for state in STATES:
        found = ranked(topic, state=state, no_police=True)
        assert all(s.police_contact != "involves_police" for s in found)
        known = [s.police_contact != "unknown" for s in found]
        assert known == sorted(known, reverse=True)  # those we do not know of come last


def test_a_peer_led_choice_and_one_without_conditions_are_among_the_first():
    for state in STATES:
        for topic in NEEDS:
            found = ranked(topic, state=state)
            first = pick(found, Wish(library().needs.needs[topic], state=state))
            peers = [s for s in found if s.stance in PEER_LED and {*library().needs.needs[topic].tags} & {*s.needs}]
            assert not peers or any(s in peers for s in first)
            assert not all(s.stance in WITH_CONDITIONS for s in first) or all(
                s.stance in WITH_CONDITIONS for s in found
            )
            assert len(first) == min(AT_ONCE, len(found))


def test_the_state_before_nationwide_and_near_before_the_state():
    us = service("us", service_areas=({"state": "US"},), police_contact="never_without_consent")
    state, near = service("state"), service("near", locations=({"city": "Portland", "state": "OR"},))
    assert order(us, state, near, town=town("Portland", "OR")) == ["near", "state", "us"]
    assert order(us, state) == ["state", "us"]


def test_a_county_service_is_for_its_county():
    lane = service("lane", service_areas=({"state": "OR", "counties": ("Lane",)},))
    assert order(lane, service("state"), town=town("Eugene", "OR"))[0] == "lane"
    assert order(lane, service("state"), town=town("Portland", "OR")) == ["state"]
    assert order(lane, service("state")) == ["state", "lane"]  # the town is not known: perhaps


def test_the_less_police_the_earlier():
    kinds = ["involves_police", "unknown", "may_report_minors", "only_if_imminent_danger", "never_without_consent"]
    assert order(*(service(kind, police_contact=kind) for kind in kinds)) == kinds[::-1]


def test_ones_own_group_before_anyone_before_others():
    trans, anyone, men = (service(p, populations=(p,)) for p in ("trans", "anyone", "men"))
    assert order(men, anyone, trans, population="trans") == ["trans", "anyone", "men"]


def test_ones_language_first_then_interpreters():
    spanish = service("spanish", languages=("English", "Spanish"))
    interpreted = service("interpreted", interpretation_services="by phone")
    languages = frozenset({"Spanish"})
    assert order(service("english"), interpreted, spanish, languages=languages) == ["spanish", "interpreted", "english"]


def test_open_before_closed():
    day = service("day", schedules=({"opens_at": "09:00", "closes_at": "17:00", "timezone": "America/Los_Angeles"},))
    always = service("zz-always", schedules=({"timezone": "America/Los_Angeles"},))
    night = dt.datetime(2026, 11, 25, 8, tzinfo=dt.UTC)  # midnight in Oregon
    assert order(day, always, now=night) == ["zz-always", "day"]
    assert order(day, always, now=night + dt.timedelta(hours=10)) == ["day", "zz-always"]


def test_no_conditions_before_conditions_and_free_before_not():
    faith = service("a-faith", stance="faith_based")
    paid = service("b-paid", fees_description="20 dollars")
    assert order(faith, paid, service("c-free")) == ["c-free", "b-paid", "a-faith"]


def test_closed_unreachable_and_other_places_are_never_found():
    closed = service("closed", status="defunct", status_note="closed in 2023")
    mute = service("mute", phones=())
    elsewhere = service("elsewhere", service_areas=({"state": "ME"},))
    assert order(closed, mute, elsewhere) == []


def first(*services: Service, **wish) -> list[str]:
    """Ids of what is shown first."""
    wanted = Wish(SHELTER, **{"state": "OR", **wish})
    return [s.id for s in pick(Directory(services).find(wanted), wanted)]


def test_next_door_before_near_before_the_rest_of_the_state():
    def at(name: str, city: str, **fields) -> Service:
        return service(name, locations=({"city": city, "state": "OR"},), **fields)

    far, near, here = at("a-far", "Bend"), at("b-near", "Salem"), at("c-here", "Portland")
    walk_in = at("a-walk-in", "Bend", needs=("emergency_shelter", "outreach_drop_in"))
    us = service("us", service_areas=({"state": "US"},))
    portland = town("Portland", "OR")
    assert order(far, near, here, walk_in, us, town=portland) == ["c-here", "b-near", "a-far", "us", "a-walk-in"]


def test_what_was_asked_for_before_what_comes_near_it():
    need = Need(tags=("food", "money", "jobs"), lead="x")
    food, jobs, sideline = (
        service("food", needs=("food",)),
        service("jobs", needs=("jobs",)),
        service("a-sideline", needs=("health", "youth", "lgbtq", "food")),
    )
    directory = Directory([food, jobs, sideline])

    def ids(**wish) -> list[str]:
        return [s.id for s in directory.find(Wish(need, state="OR", **wish))]

    assert ids() == ["food", "a-sideline", "jobs"]
    assert ids(asked=frozenset({"jobs"})) == ["jobs", "food", "a-sideline"]


def test_what_only_helps_besides_stands_after_and_takes_no_place_of_peers():
    need = Need(tags=("childcare_family",), lead="x", also=("legal_help",))
    peers = service("a-peers", needs=("legal_help",), stance="sex_worker_led")
    kids = [service(f"kids-{n}", needs=("childcare_family",)) for n in range(4)]
    wish = Wish(need, state="OR")
    found = Directory([peers, *kids]).find(wish)
    assert [s.id for s in found][-1] == "a-peers" and peers not in pick(found, wish)


def test_what_is_only_for_somebody_else_comes_last():
    young = service("a-young", populations=("minors", "young_adults"), locations=({"city": "Portland", "state": "OR"},))
    grown = service("b-grown", populations=("adults",))
    anyone = service("c-anyone", populations=("anyone",))
    women = service("d-women", populations=("women",))
    portland = town("Portland", "OR")
    assert order(young, grown, anyone, town=portland) == ["b-grown", "c-anyone", "a-young"]
    assert order(young, grown, anyone, town=portland, population="youth") == ["a-young", "c-anyone", "b-grown"]
    assert order(women, anyone, population="men") == ["c-anyone", "d-women"]


def test_works_with_police_never_first_and_later_where_it_is_a_sideline():
    police = service("a-police", police_contact="involves_police", locations=({"city": "Portland", "state": "OR"},))
    others = [service(name) for name in ("b", "c", "d")]
    aside = police.copy(update={"needs": ("health", "food", "jobs", "emergency_shelter")})
    assert first(police, *others, town=town("Portland", "OR")) == ["b", "c", "a-police"]
    assert first(aside, *others, town=town("Portland", "OR")) == ["b", "c", "d"]
    assert first(police) == ["a-police"]


def test_one_that_is_open_and_one_for_the_persons_own_group_are_among_the_first():
    day = {"opens_at": "09:00", "closes_at": "17:00", "timezone": "America/Los_Angeles"}
    closed = [service(f"a-{n}", schedules=(day,), populations=("anyone",)) for n in range(4)]
    us = {"service_areas": ({"state": "US"},)}
    always = service("always", schedules=({"timezone": "America/Los_Angeles"},), populations=("anyone",), **us)
    deaf = service("deaf", populations=("deaf",), **us)
    night = dt.datetime(2026, 11, 25, 8, tzinfo=dt.UTC)  # midnight in Oregon
    assert first(*closed, always, now=night) == ["a-0", "a-1", "always"]
    assert "deaf" in first(*closed, always, deaf, now=night, population="deaf")


def test_those_that_were_shown_are_left_out():
    found = Directory([service(name) for name in "abcde"]).find(Wish(SHELTER, state="OR"))
    assert [s.id for s in found.without(("b", "d", "nobody"))] == ["a", "c", "e"]
    assert found.without(()) is found and len(found) == 5 and [s.id for s in found[1:3]] == ["b", "c"]


def test_thousands_in_one_place_are_found_as_few_are():
    """The order of many is that of any few of them."""
    random = Random(7)
    choices = {
        "populations": ((), ("anyone",), ("minors",), ("sex_workers",), ("women",)),
        "police_contact": ("unknown", "involves_police", "never_without_consent"),
        "languages": ((), ("English",), ("English", "Spanish")),
        "stance": ("general", "faith_based", "survivor_led"),
        "fees_description": (None, "free", "5 dollars"),
        "needs": (("emergency_shelter",), ("food", "emergency_shelter"), ("food",)),
        "schedules": ((), ({},), ({"byday": ("WE",), "opens_at": "22:00", "closes_at": "04:00"},)),
        "service_areas": (({"state": "OR"},), ({"state": "OR", "counties": ("Lane",)},), ({"state": "US"},)),
        "locations": ((), ({"city": "Portland", "state": "OR"},), ({"city": "Eugene", "state": "OR"},)),
    }
    many = [service(f"s{n:04}", **{field: random.choice(of) for field, of in choices.items()}) for n in range(1_500)]
    wish = {"town": town("Eugene", "OR"), "languages": frozenset({"Spanish"}), "population": "youth", "no_police": True}
    every = order(*many, **wish, now=dt.datetime(2026, 11, 26, 6, tzinfo=dt.UTC))
    assert 300 < len(every) < len(many)
    for _ in range(20):
        few = random.sample(many, 12)
        names = {s.id for s in few}
        found = order(*few, **wish, now=dt.datetime(2026, 11, 26, 6, tzinfo=dt.UTC))
        assert found == [name for name in every if name in names]
