"""What goes out comes in again, whole: as JSON, as JSON lines, as tables."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.directory.exporting import write_json, write_tables
from actions.directory.taxonomy import taxonomy
from actions.knowledge.service_records import DAYS, Service
from tests.actions.directory.given import TODAY, hsds, read, service
from tests.actions.directory.given import write_json as write_given

FORMS = ("json", "jsonl", "zip", "folder")
ANYTHING = service(
    "everything-there-is",
    organization="Harbor House",
    status="temporarily closed",
    status_note="Being rebuilt.",
    needs=("emergency_shelter", "food"),
    populations=("trans", "minors"),
    service_areas=({"state": "OR", "counties": ("Multnomah", "Lane"), "cities": ("Salem",)}, {"state": "WA"}),
    locations=({"city": "Portland", "state": "OR", "postal_code": "97205"}, {"city": "Salem", "state": "OR"}),
    stance="sex_worker_led",
    phones=(
        {"number": "503-555-0100", "description": "day and night"},
        {"number": "233733", "type": "sms", "keyword": "HELP"},
        {"number": "503-555-0101", "type": "tty"},
        {"number": "503-555-0102", "type": "video"},
        {"number": "503-555-0103", "type": "whatsapp"},
        {"number": "1-800-555-4357 (1-800-555-HELP)"},
    ),
    chat_url="https://shelter.example.org/chat",
    url="https://shelter.example.org",
    email="help@example.org",
    schedules=(
        {"timezone": "America/Los_Angeles"},
        {"byday": ("SU", "MO"), "opens_at": "20:00", "closes_at": "23:59", "timezone": "America/Denver"},
        {"byday": ("TU",), "opens_at": "20:00", "closes_at": "23:59", "timezone": "America/Denver"},
    ),
    hours="Call first, “any” day; or text",
    languages=("English", "200+ by interpreter"),
    interpretation_services="By phone",
    fees_description="free (carrier rates may apply)",
    eligibility_description="Ages 18 to 24.",
    anonymous="yes",
    confidential="no",
    may_ask="Your first name.",
    need_not_tell="What work you do.",
    police_contact="may_report_minors",
    police_contact_source="https://shelter.example.org/police",
    confidence="medium",
    review={"name": "A. Person", "role": "advocate", "on": "2026-11-21"},
    sources=(
        {
            "title": "Its page",
            "url": "https://shelter.example.org/police",
            "excerpt": "We ask first.",
            "published": "2026",
        },
        {"title": "Another", "url": "https://example.org"},
    ),
)
LONELY = service("lonely", phones=(), organization=None, url=None)
NAMED_AS_ITS_ORGANIZATION = service("twice", organization="twice")


def there_and_back(services, form, folder):
    path = folder / ("out" if form == "folder" else f"out.{form}")
    (write_json if form.startswith("json") else write_tables)(path, services)
    return path, read(path)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_lost(form, tmp_path):
    given = [ANYTHING, LONELY, NAMED_AS_ITS_ORGANIZATION]
    _, found = there_and_back(given, form, tmp_path)
    assert found.services == given
    assert not found.merged and not found.left_out and not found.unmapped


@pytest.mark.parametrize("form", FORMS)
def test_import_export_import_is_stable(form, tmp_path):
    theirs = read(write_given(tmp_path / "theirs.json", hsds(), hsds("Day Center", phones=[], url="example.org/day")))
    first, again = there_and_back(theirs.services, form, tmp_path)
    assert again.services == theirs.services
    (tmp_path / "second").mkdir()
    second, third = there_and_back(again.services, form, tmp_path / "second")
    assert third.services == theirs.services
    if first.is_file() and form != "zip":  # which holds the time
        assert first.read_bytes() == second.read_bytes()


words = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Z")) | st.just(" "), min_size=1, max_size=40)
plain = words.map(lambda text: " ".join(text.split())).filter(bool)
maybe = st.none() | plain
clock = st.from_regex(r"([01][0-9]|2[0-4]):[0-5][0-9]", fullmatch=True)
ids = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
hosts = st.from_regex(r"[a-z]{1,8}\.example", fullmatch=True).map("https://{}".format)
services = st.builds(
    Service,
    id=ids,
    name=plain,
    description=plain,
    organization=maybe,
    status=st.sampled_from(["active", "inactive"]),
    status_note=plain,
    needs=st.lists(st.sampled_from(sorted(taxonomy().needs)), min_size=1, max_size=4, unique=True),
    populations=st.lists(st.sampled_from(sorted(taxonomy().populations)), max_size=3, unique=True),
    service_areas=st.lists(
        st.fixed_dictionaries(
            {"state": st.sampled_from(["OR", "NY", "US"]), "counties": st.lists(plain, max_size=2)},
        ),
        min_size=1,
        max_size=3,
    ),
    locations=st.lists(st.fixed_dictionaries({"city": plain, "state": st.just("OR")}), max_size=2, unique_by=str),
    phones=st.lists(
        st.fixed_dictionaries(
            {"number": st.from_regex(r"503-555-01[0-9]{2}", fullmatch=True), "keyword": maybe, "description": maybe}
        ),
        max_size=3,
        unique_by=lambda phone: phone["number"],
    ),
    chat_url=st.none() | hosts,
    url=st.none() | hosts,
    schedules=st.lists(
        st.fixed_dictionaries(
            {
                "byday": st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True),
                "opens_at": clock,
                "closes_at": clock,
                "timezone": st.sampled_from(["America/Chicago", "Etc/UTC"]),
            }
        ),
        max_size=3,
    ),
    hours=maybe,
    languages=st.lists(plain, max_size=3, unique=True),
    fees_description=maybe,
    may_ask=maybe,
    police_contact=st.sampled_from(["unknown", "involves_police", "never_without_consent"]),
    police_contact_note=plain,
    assured_date=st.dates(dt.date(2000, 1, 1), TODAY),
    confidence=st.sampled_from(["high", "medium", "low"]),
    review=st.just("unreviewed"),
    sources=st.lists(st.fixed_dictionaries({"title": plain, "url": hosts, "excerpt": maybe}), min_size=1, max_size=2),
)


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(services, min_size=1, max_size=3, unique_by=(lambda s: s.id, lambda s: s.name.casefold())))
def test_any_service_survives(tmp_path_factory, given):
    folder = tmp_path_factory.mktemp("any")
    for form in ("json", "zip"):
        _, found = there_and_back(given, form, folder)
        assert found.services == given or found.merged
