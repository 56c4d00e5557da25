"""A directory by people who have never heard of us: what we make of it, and what we leave out."""

import datetime as dt

import pytest

from actions.directory.from_hsds import POLICE_RUN, UNKNOWN_POLICE, Defaults
from tests.actions.directory.given import TODAY, hsds, only, read, uid, write_json


def made(tmp_path, given=None, defaults=None, **changes):
    """What becomes of one service."""
    file = write_json(tmp_path / "one.json", given or hsds(**changes))
    return read(file, **({"defaults": defaults} if defaults else {}))


def one(tmp_path, **changes):
    return made(tmp_path, **changes).services[0]


def term(name: str, code: str | None = None) -> dict:
    known = {"id": uid(f"{name}{code}"), "name": name, "code": code, "description": ""}
    return {"id": uid(f"attribute {name}{code}"), "taxonomy_term": known}


def test_what_it_does_not_say_is_filled_in_carefully(tmp_path):
    found = one(tmp_path)
    assert (found.police_contact, found.police_contact_note) == ("unknown", UNKNOWN_POLICE)
    assert (found.review, found.confidence, found.stance) == ("unreviewed", "low", "general")
    assert found.assured_date == dt.date(2026, 10, 1)
    assert [(s.title, s.url) for s in found.sources] == [("Harbor House", "https://shelter.example.org")]
    assert [(p.city, p.state, p.postal_code) for p in found.locations] == [("Portland", "OR", "97205")]
    assert found.states == {"OR"} and found.needs == ("emergency_shelter",) and found.organization == "Harbor House"


@pytest.mark.parametrize(
    ("name", "organization"),
    [
        ("Victim Services", "Lane County Sheriff's Office"),
        ("Springfield Police Department Advocates", "City of Springfield"),
        ("Witness Help", "Office of the District Attorney"),
        ("Tip Line", "State Attorney General"),
    ],
)
def test_police_and_prosecutors_are_not_unknown(name, organization, tmp_path):
    found = one(tmp_path, name=name, organization={"id": "o", "name": organization})
    assert (found.police_contact, found.police_contact_note) == ("involves_police", POLICE_RUN)


def test_a_name_that_only_says_police_is_not_police(tmp_path):
    assert one(tmp_path, name="Don't Call the Police").police_contact == "unknown"


@pytest.mark.parametrize(
    ("terms", "needs", "populations"),
    [
        ([term("Emergency Shelter")], ("emergency_shelter",), ()),
        ([term("homeless shelters")], ("emergency_shelter",), ()),
        ([term("Food Pantries", "BD-1800.2000")], ("food",), ()),
        ([term("Whatever it is", "BH-1800.1500-100")], ("emergency_shelter", "domestic_violence"), ()),
        ([term("Human Trafficking Hotlines")], ("hotline",), ("trafficking_survivors",)),
        ([term("Support Groups"), term("Women"), term("Immigrants")], ("peer_support",), ("women", "immigrants")),
        ([term("legal_help")], ("legal_help",), ()),
    ],
)
def test_their_words_in_ours(terms, needs, populations, tmp_path):
    found = one(tmp_path, attributes=terms)
    assert (found.needs, found.populations) == (needs, populations)


def test_words_we_do_not_have_are_told(tmp_path):
    found = made(tmp_path, attributes=[term("Food Pantry"), term("Tax Preparation", "DT-8800")])
    assert found.services[0].needs == ("food",)
    assert found.unmapped == {"DT-8800 Tax Preparation": 1}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"attributes": [term("Tax Preparation")]}, "it meets no need we have words for"),
        ({"attributes": []}, "it does not say what it is for"),
        ({"service_at_locations": []}, "it names no place in the United States"),
        ({"service_areas": [{"id": "1", "name": "Everywhere nice"}], "service_at_locations": []}, "it names no place"),
    ],
)
def test_what_is_not_for_us_is_left_out_and_told(change, why, tmp_path):
    file = write_json(tmp_path / "two.json", hsds(), hsds("Other", **change))
    found = read(file)
    assert [s.name for s in found.services] == ["Night Shelter"] and found.read == 2
    assert [str(p) for p in found.left_out] == [f"two.json: row 2: Other: {found.left_out[0].message[7:]}"]
    assert why in found.left_out[0].message


def test_a_directory_with_nothing_for_us_is_not_taken(tmp_path):
    file = write_json(tmp_path / "one.json", hsds(attributes=[]))
    with pytest.raises(AssertionError, match="none of them for us"):
        only(file)


def address(**changes) -> list:
    given = {"id": "a", "city": "Toronto", "state_province": "ON", "postal_code": "M5V 3L9", "country": "CA"}
    return [{"id": "at", "location": {"id": "l", "addresses": [{**given, **changes}]}}]


def test_places_abroad_are_no_error(tmp_path):
    file = write_json(tmp_path / "two.json", hsds(), hsds("Abroad", service_at_locations=address()))
    found = read(file)
    assert len(found.left_out) == 1 and "United States" in found.left_out[0].message
    both = hsds("Both", service_at_locations=address(), service_areas=[{"id": "1", "name": "New York"}])
    found = read(write_json(tmp_path / "both.json", both))
    assert found.services[0].states == {"NY"} and not found.services[0].locations


def test_a_territory_may_call_itself_a_country(tmp_path):
    given = address(city="San Juan", state_province="PR", postal_code="00901", country="PR")
    assert one(tmp_path, service_at_locations=given).states == {"PR"}


@pytest.mark.parametrize(
    ("name", "areas"),
    [
        ("Oregon", [("OR", (), ())]),
        ("or", [("OR", (), ())]),
        ("State of Washington", [("WA", (), ())]),
        ("Statewide", [("OR", (), ())]),
        ("Nationwide", [("US", (), ())]),
        ("United States of America", [("US", (), ())]),
        ("Washington, D.C.", [("DC", (), ())]),
        ("Multnomah County", [("OR", ("Multnomah",), ())]),
        ("Clark County, WA", [("WA", ("Clark",), ())]),
        ("Vancouver, WA", [("WA", (), ("Vancouver",))]),
        ("Everyone who needs it", [("OR", (), ())]),
        (None, [("OR", (), ())]),
    ],
)
def test_whom_it_serves(name, areas, tmp_path):
    found = one(tmp_path, service_areas=[{"id": "1", "name": name}])
    assert [(a.state, a.counties, a.cities) for a in found.service_areas] == areas


def test_several_areas(tmp_path):
    names = ["Lane County, OR", "Salem, OR", "Benton County, OR", "Idaho", "Ada County, ID"]
    found = one(tmp_path, service_areas=[{"id": str(n), "name": name} for n, name in enumerate(names)])
    assert [(a.state, a.counties, a.cities) for a in found.service_areas] == [
        ("ID", (), ()),
        ("OR", ("Lane", "Benton"), ("Salem",)),
    ]


def test_phones(tmp_path):
    phones = [
        {"id": "1", "number": "503-555-0100", "extension": 12, "description": "Front desk"},
        {"id": "2", "number": "503-555-0101", "type": "fax"},
        {"id": "3", "number": "503-555-0102", "type": "text"},
        {"id": "4", "number": "503-555-0103", "type": "textphone"},
        {"id": "5", "number": "503-555-0100", "type": "voice"},
        {"id": "6", "number": "988", "type": "hotline"},
        {"id": "7", "number": "1-800-RUNAWAY"},
    ]
    assert [(p.number, p.type, p.description) for p in one(tmp_path, phones=phones).phones] == [
        ("503-555-0100", "voice", "Front desk, extension 12"),
        ("503-555-0102", "sms", None),
        ("503-555-0103", "tty", None),
        ("988", "voice", None),
        ("1-800-RUNAWAY", "voice", None),
    ]


def test_phones_of_its_place_or_organization_where_it_has_none(tmp_path):
    organization = {"id": "o", "name": "Harbor House", "phones": [{"id": "1", "number": "503-555-0199"}]}
    given = hsds(phones=..., organization=organization)
    assert made(tmp_path, given).services[0].voice.number == "503-555-0199"
    given["service_at_locations"][0]["location"]["phones"] = [{"id": "2", "number": "503-555-0150"}]
    assert made(tmp_path, given).services[0].voice.number == "503-555-0150"


def test_plain_short_words(tmp_path):
    about = "<p>Beds &amp; breakfast.</p>\n<script>x</script> " + "We are here for you, always. " * 20
    found = one(
        tmp_path,
        description=about,
        fees_description="FREE of charge",
        minimum_age=18,
        maximum_age=24,
        required_documents=[{"id": "1", "document": "Photo ID"}, {"id": "2", "document": "Proof of address"}],
        languages=[{"id": "1", "name": "Thai"}, {"id": "2", "code": "es"}, {"id": "3", "code": "xx"}],
    )
    assert found.description.startswith("Beds & breakfast. x We are here for you, always.")
    assert len(found.description) <= 300 and found.description.endswith("always.")
    assert found.fees_description == "free of charge" and found.eligibility_description == "Ages 18 to 24."
    assert found.may_ask == "They may ask for: Photo ID; Proof of address."
    assert found.languages == ("Thai", "Spanish")


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("Beds for the night. Call (503) 555-0100 first.", "Beds for the night."),
        ("Beds. Open since 1999, 40 beds. Text 503.555.0100!", "Beds. Open since 1999, 40 beds."),
        ("Call 1-800-555-0100", "Night Shelter"),
    ],
)
def test_no_number_stands_before_the_police_line(about, said, tmp_path):
    assert one(tmp_path, description=about, organization=...).description == said


def test_tags_alone_are_no_words(tmp_path):
    found = one(tmp_path, name="<b>Beds</b>", description="<p></p>", organization=...)
    assert (found.name, found.description) == ("Beds", "Beds")


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ({"fees_description": "No charge"}, "free"),
        ({"fees_description": "Sliding scale"}, "Sliding scale"),
        ({"cost_options": [{"id": "1", "amount": 0}]}, "free"),
        ({"cost_options": [{"id": "1", "amount": 5.5, "amount_description": "a night"}]}, "5.5 USD a night"),
        ({"cost_options": [{"id": "1", "option": "ask"}]}, None),
        ({}, None),
    ],
)
def test_costs(costs, said, tmp_path):
    assert one(tmp_path, **costs).fees_description == said


@pytest.mark.parametrize(
    ("ages", "populations"),
    [
        ({"maximum_age": 17}, ("minors",)),
        ({"minimum_age": 18}, ("adults",)),
        ({"maximum_age": 24}, ("minors", "young_adults")),
        ({"minimum_age": 18, "maximum_age": 24}, ("young_adults",)),
        ({"maximum_age": 64}, ()),
        ({}, ()),
    ],
)
def test_ages(ages, populations, tmp_path):
    assert one(tmp_path, **ages).populations == populations


def test_one_that_is_not_active_says_why(tmp_path):
    assert "calls it defunct" in one(tmp_path, status="defunct").status_note
    assert one(tmp_path, status="inactive", alert="Closed for repairs.").status_note == "Closed for repairs."


def test_defaults_of_a_whole_directory(tmp_path):
    given = hsds(assured_date=..., url=...)
    defaults = Defaults(TODAY, dt.date(2026, 9, 1), "https://211.example.org")
    found = made(tmp_path, given, defaults).services[0]
    assert found.assured_date == dt.date(2026, 9, 1) and found.sources[0].url == "https://211.example.org"
    given["last_modified"] = "2026-08-05T10:30:45.123Z"
    assert made(tmp_path, given, defaults).services[0].assured_date == dt.date(2026, 8, 5)


def test_a_coalition_says_what_it_does_about_the_police(tmp_path):
    """All that somebody has to write into their own HSDS data."""
    policy = {"id": "1", "taxonomy_term": {"id": "2", "code": "never_without_consent", "name": "never"}}
    policy["taxonomy_term"]["taxonomy"] = "Lantern police_contact"
    note = {"id": "3", "value": "We ask you first.", "taxonomy_term": {"id": "4", "code": "police_contact_note"}}
    note["taxonomy_term"]["taxonomy"] = "Lantern fields"
    found = one(tmp_path, attributes=[term("Shelter"), policy, note])
    assert (found.police_contact, found.police_contact_note) == ("never_without_consent", "We ask you first.")


def test_organizations_with_their_services_inside(tmp_path):
    organization = {
        "id": "o",
        "name": "Harbor House",
        "services": [hsds(organization=...), hsds("Two", organization=...)],
    }
    file = write_json(tmp_path / "one.json", organization)
    assert [(s.name, s.organization) for s in read(file).services] == [
        ("Night Shelter", "Harbor House"),
        ("Two", "Harbor House"),
    ]


def test_null_and_nothing_are_the_same(tmp_path):
    blank = dict.fromkeys(("email", "schedules", "fees_description", "minimum_age", "program"))
    assert one(tmp_path, **blank) == one(tmp_path)
    assert one(tmp_path, email="", fees_description="", maximum_age="") == one(tmp_path)
