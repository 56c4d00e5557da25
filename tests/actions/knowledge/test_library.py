"""The library as it stands in data/, and with something broken."""

import datetime as dt
import shutil

import pytest

from actions.knowledge.library import DATA, Library, library
from actions.knowledge.yaml_file import DataError, read_yaml

LAW_NOW = ("US", "CA", "NY", "OR", "TX", "UT", "IL", "FL", "OH", "GA", "WA")


@pytest.fixture
def data(tmp_path):
    """A copy of data/ to break."""
    return shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("nlu"))


def test_the_topics_are_the_intents():
    domain = read_yaml(DATA.parent / "domain.yml")
    assert set(domain["intents"]) == set(library().topics)
    assert len(library().topics) == 56


@pytest.mark.parametrize("code", LAW_NOW)
def test_law_has_statute_sources_and_dates(code):
    law = library().laws[code]
    assert law.immunity.statute and law.officer_contact.statute and law.records.statute
    for where, section in law.sections().items():
        keys = {key for fact in section.all_facts() for key in fact.sources}
        assert keys and keys <= set(law.sources), where


def test_every_claim_is_quoted_from_its_document():
    assert sum(len(document.claims) for document in library().documents.values()) >= 40
    assert all(claim.quote for document in library().documents.values() for claim in document.claims.values())


def test_every_service_says_what_it_does_about_police():
    assert all(service.police_contact_note for service in library().services)
    hotline = next(s for s in library().services if s.id == "national-human-trafficking-hotline")
    assert hotline.police_contact == "involves_police" and "Compass Connections" in hotline.police_contact_note


def test_a_broken_law_file_is_named(data):
    file = data / "law" / "OR.yml"
    file.write_text(file.read_text().replace("recheck_days: 90", "recheck_days: ninety"))
    with pytest.raises(DataError, match=r"OR\.yml: line 4: recheck_days"):
        Library.load(data)


def test_a_law_file_under_another_name(data):
    (data / "law" / "OR.yml").rename(data / "law" / "ZZ.yml")
    with pytest.raises(DataError, match=r"ZZ\.yml: line 1: code: is OR"):
        Library.load(data)


def test_facts_grow_stale():
    law = library().laws["OR"]
    stamp = law.stamp(law.immunity)
    last_day = stamp.checked_on + dt.timedelta(days=stamp.recheck_days)
    assert not stamp.is_stale(last_day) and stamp.is_stale(last_day + dt.timedelta(days=1))


def test_a_section_may_have_a_date_of_its_own():
    law = library().laws["OR"]
    own = law.immunity.copy(update={"checked_on": dt.date(2020, 1, 1), "recheck_days": 10})
    assert law.stamp(own).checked_on == dt.date(2020, 1, 1) and law.stamp(own).is_stale(dt.date(2020, 2, 1))
    assert law.stamp(law.condoms).checked_on == law.checked_on
