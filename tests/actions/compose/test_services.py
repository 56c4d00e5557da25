"""The ranking rule: what stands first, and what never stands there."""

import pytest

from actions.compose.services import AT_ONCE, PEER_LED, find, pick
from actions.conversation import Conversation
from actions.knowledge.library import library

NEEDS = sorted(library().needs.needs)


def ranked(topic: str, **talk):
    return find(library().services, library().needs.needs[topic], Conversation(heard=topic, topic=topic, **talk))


@pytest.mark.parametrize("topic", NEEDS)
def test_only_open_reachable_services_of_the_place(topic):
    for service in ranked(topic, jurisdiction="OR"):
        assert service.status == "active"
        assert service.phone or service.text or service.chat_url or service.url
        assert {"US", "OR"} & {*service.jurisdictions}


@pytest.mark.parametrize("topic", NEEDS)
def test_every_need_has_something_without_a_place(topic):
    assert ranked(topic)


@pytest.mark.parametrize("topic", NEEDS)
def test_none_that_works_with_police_when_that_was_asked(topic):
    assert all(s.police_contact != "involves_police" for s in ranked(topic, no_police=True))


def test_the_place_comes_before_nationwide():
    found = ranked("need_legal_help", jurisdiction="CA")
    assert "CA" in found[0].jurisdictions


def test_unknown_police_contact_stands_after_a_known_better_one():
    found = [s for s in ranked("need_hotline") if "US" in s.jurisdictions]
    order = [s.police_contact for s in found]
    assert order.index("never_without_consent") < order.index("unknown") < order.index("involves_police")


def test_a_peer_led_choice_is_among_the_first():
    found = ranked("need_hotline")
    assert any(s.stance in PEER_LED for s in found)
    assert any(s.stance in PEER_LED for s in pick(found))
    assert len(pick(found)) == AT_ONCE


def test_a_group_of_ones_own_comes_first():
    found = ranked("need_hotline", population="trans")
    assert "trans" in found[0].populations
