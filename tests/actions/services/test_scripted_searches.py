"""Twenty searches as people put them, and what a local advocate would expect to be named.

The words are read by the same readers as in a conversation, for the place, the group, the language, "no police" and
what exactly is needed; only the topic is given, so that no model is needed.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache

import pytest
from rasa.shared.nlu.training_data.message import Message

from actions.answer import Answer
from actions.compose.services import services_answer
from actions.conversation import Conversation
from actions.knowledge.library import library
from actions.knowledge.service_records import Service
from actions.services.ranking import PEER_LED, WITH_CONDITIONS
from actions.services.search import AT_ONCE
from bot.nlu.lexicon_extractor import LexiconExtractor
from bot.nlu.place_extractor import PlaceExtractor

AFTERNOON = dt.datetime(2026, 11, 25, 20, tzinfo=dt.UTC)  # a Wednesday, 3 pm in New York
NIGHT = dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC)  # 3 am in New York


@dataclass(frozen=True)
class Search:
    """One search.

    Attributes:
        words, topic: what the person writes, and what that is about.
        now: when.
        first: ids of which one must stand first; empty where it does not matter.
        among: ids that must be among the first three.
        absent: ids that must not be among them.
        said: what the answer must say.
    """

    words: str
    topic: str
    first: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    now: dt.datetime = AFTERNOON


SEARCHES = [
    Search(
        "i need somewhere to sleep tonight, houston",
        "need_shelter",
        first=("tx-hawc",),
        absent=("tx-law-help", "tx-rio-grande-legal-aid", "tx-lone-star-legal-aid"),  # lawyers, for tenants
        now=NIGHT,
    ),
    Search(
        "shelter in billings mt",
        "need_shelter",
        first=("mt-ywca-billings",),
        among=("swop-community-support-line",),
        said=("In or for Montana",),
    ),
    Search(
        "place to stay in casper wyoming",
        "need_shelter",
        first=("wy-211",),
        said=("I found nothing in Casper itself. These serve Wyoming:",),
    ),
    Search(
        "im 16 and need a place to sleep, seattle. im a teen",
        "need_youth_help",
        first=("wa-youthcare",),
        among=("national-safe-place",),
        absent=("boys-town-hotline", "children-of-the-night"),
    ),
    Search("need a shelter in oakland, im 32", "need_shelter", absent=("ca-dreamcatcher-youth", "covenant-house")),
    Search(
        "lawyer in portland oregon, no cops",
        "need_legal_help",
        first=("cupcake-girls",),
        among=("or-lawyer-referral", "lawhelp-org"),  # the second costs nothing
        absent=("or-new-day", "national-human-trafficking-hotline", "swop-behind-bars"),
        said=("I left out groups that work with police", "do you ever call the police?"),
    ),
    Search(
        "clear my record brooklyn",
        "need_legal_help",
        first=("ny-legal-aid-eip",),
        among=("ny-swp", "ny-gems"),
    ),
    Search(
        "who can help me get custody of my kids in ohio",
        "need_childcare_custody",
        first=("oh-legal-aid-line",),
        absent=("swop-behind-bars", "anniecannons", "national-human-trafficking-hotline"),
    ),
    Search(
        "sti test san francisco",
        "need_health",
        first=("ca-lyon-martin",),
        among=("hrsa-health-centers",),
        absent=("hhs-otip-letters", "covenant-house"),
        said=("In or for California",),
    ),
    Search(
        "rape kit chicago",
        "need_sa_exam",
        first=("il-chicago-rape-crisis",),
        among=("rainn-national-sexual-assault-hotline",),
    ),
    Search("rape kit in newark nj but not the police", "need_sa_exam", among=("nj-njcasa-hotline",)),
    Search(
        "hotline for trans people that wont call cops",
        "need_hotline",
        first=("trans-lifeline",),
        among=("swop-community-support-line",),
        absent=("national-human-trafficking-hotline",),
        said=("These answer from anywhere in the U.S.",),
    ),
    Search(
        "narcan in philly",
        "need_drug_help",
        first=("pa-project-safe",),
        among=("never-use-alone",),
        absent=("pa-salvation-army-new-day",),  # it works with police, and with conditions
    ),
    Search("clean needles and food, 80203", "need_drug_help", first=("co-hrac",)),
    Search(
        "someone to talk to at 3am, billings montana",
        "need_mental_health",
        among=("988-lifeline", "pineapple-support"),
        now=NIGHT,
    ),
    Search(
        "need food in atlanta, no money", "need_food_money_jobs", among=("usda-hunger-hotline", "ga-harm-reduction")
    ),
    Search(
        "a hotline in spanish, san juan puerto rico",
        "need_hotline",
        first=("pr-linea-matria",),
        absent=("national-human-trafficking-hotline",),
    ),
    Search(
        "other people who do sw in las vegas",
        "need_peer_support",
        first=("cupcake-girls",),
        among=("swop-usa",),
    ),
    Search(
        "hotline for native american women in oklahoma",
        "need_hotline",
        among=("strongheart-native-helpline", "ok-safeline"),
    ),
    Search(
        "someone posted my nudes, no police",
        "need_image_removal",
        first=("ccri-image-abuse-helpline",),
        among=("stopncii",),
        absent=("take-it-down-ncmec",),  # for people under 18
    ),
    Search(
        "a clinic on guam",
        "need_health",
        said=("I found nothing for Guam alone. These answer from anywhere:",),
        among=("hrsa-health-centers",),
    ),
]


def heard(search: Search) -> Conversation:
    """The words as a conversation would have them."""
    message = Message(data={"text": search.words})
    PlaceExtractor().process([message])
    LexiconExtractor().process([message])
    said: dict[str, list[str]] = {}
    for entity in message.get("entities", []):
        said.setdefault(entity["entity"], []).append(entity["value"])
    return Conversation(
        heard=search.topic,
        topic=search.topic,
        jurisdiction=next(iter(said.get("jurisdiction", ())), None),
        near=next(iter(said.get("near", ())), None),
        population=next(iter(said.get("population", ())), None),
        languages=tuple(said.get("language", ())),
        asked=tuple(said.get("need", ())),
        no_police="no_police" in said,
        now=search.now,
    )


@cache
def answered(search: Search) -> tuple[Answer, tuple[Service, ...]]:
    """The answer, and the services it shows."""
    answer, shown = services_answer(library(), heard(search), search.topic)
    by_id = {service.id: service for service in library().services}
    return answer, tuple(by_id[name] for name in shown)


every_search = pytest.mark.parametrize("search", SEARCHES, ids=[search.words for search in SEARCHES])


def test_there_are_twenty_and_they_name_services_that_are_there():
    known = {service.id for service in library().services}
    assert len(SEARCHES) >= 20
    assert {name for s in SEARCHES for name in (*s.first, *s.among, *s.absent)} <= known


@every_search
def test_what_an_advocate_would_expect(search):
    answer, shown = answered(search)
    names = [service.id for service in shown]
    assert 0 < len(names) <= AT_ONCE
    assert not search.first or names[0] in search.first, names
    assert {*search.among} <= {*names}, names
    assert not {*search.absent} & {*names}, names
    assert all(words in answer.text for words in search.said), answer.text


@every_search
def test_what_holds_for_every_search(search):
    _, shown = answered(search)
    talk = heard(search)
    found = [s for s in library().services if s.status == "active"]
    need = {*library().needs.needs[search.topic].tags}
    there = [s for s in found if need & {*s.needs} and {talk.jurisdiction, "US"} & s.states]
    assert all(service.status == "active" for service in shown)  # closed, paused and police-run ones are not
    assert not all(service.stance in WITH_CONDITIONS for service in shown)
    assert any(service.voice or service.text for service in shown)
    assert shown[0].police_contact != "involves_police"
    if talk.no_police:
        assert all(service.police_contact != "involves_police" for service in shown)
        known = [service.police_contact != "unknown" for service in shown]
        assert known == sorted(known, reverse=True)
    if any(service.stance in PEER_LED and "US" in service.states for service in there):
        assert any(service.stance in PEER_LED for service in shown)


@every_search
def test_the_police_line_stands_before_the_number(search):
    answer, shown = answered(search)
    for service in shown:
        after_its_name = answer.text.partition(f"{service.name}: ")[2]
        numbers = [at for phone in service.phones if (at := after_its_name.find(phone.number)) >= 0]
        assert 0 <= after_its_name.find("Police: ") < min(numbers, default=len(after_its_name))


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("lawyer in portland oregon", "Portland, OR"),
        ("shelter in billings mt", "Billings, MT"),
        ("rape kit, Newark NJ", "Newark, NJ"),
        ("clinic 94110", "San Francisco, CA"),
        ("shelter in wyoming", None),
        ("shelter near 99999", None),
        ("shelter in toronto", None),
        ("shelter in tijuana mexico", None),
    ],
)
def test_the_town_is_heard(words, near):
    assert heard(Search(words, "need_shelter")).near == near
