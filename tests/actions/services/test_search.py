"""The ranking rule: what stands first, and what never stands there."""

import datetime as dt

import pytest

from actions.knowledge.library import library
from actions.knowledge.service_records import Need, Service
from actions.knowledge.towns import town
from actions.services.search import AT_ONCE, PEER_LED, WITH_CONDITIONS, Directory, Wish, pick, serves

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
        assert any(s.voice or s.text for s in pick(found)) or not any(s.voice or s.text for s in found)


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
            first = pick(found)
            assert not any(s.stance in PEER_LED for s in found) or any(s.stance in PEER_LED for s in first)
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
    assert serves(lane, "OR", None) is None


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
