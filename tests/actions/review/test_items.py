"""Everything that is said from sources can be signed, and stands where its danger puts it."""

import datetime as dt
from dataclasses import replace

import pytest

from actions.knowledge.library import library
from actions.knowledge.names import sections
from actions.knowledge.yaml_file import DataError
from actions.review import danger
from actions.review.asked import read_asked
from actions.review.danger import LEVELS
from actions.review.items import in_order, items
from tests.actions.review.conftest import ANA, TODAY


def test_nothing_is_left_out(small):
    names = {one.name for one in items(small)}
    shown = {service.id for service in small.services if service.status == "active"}
    assert names == {name for name, *_ in sections(small)} | shown


def test_every_sentence_is_on_a_line_of_its_own_with_its_sources(item):
    section = library().laws["OR"].records.eligibility
    rows = item("law.OR.records.eligibility").rows()
    facts = [row for row in rows if row.kind in ("first", "fact", "limit", "next step")]
    assert [row.lines for row in facts] == [(fact.say,) for fact in section.all_facts()]
    assert all(row.sources for row in facts) and len({row.name for row in rows}) == len(rows)
    assert rows[-2].lines == section.short
    fields = "\n".join(rows[-1].lines)
    assert "status: adults and minors" in fields and "ORS 137.221" in fields and "deadline: none found" in fields
    assert "https://lasoregon.org" in fields  # an address stays as it is


def test_a_service_says_what_it_does_about_police_before_its_number(item):
    (row,) = item("or-new-day").rows()
    text = "\n".join(row.lines)
    assert text.index("Police: ") < text.index("503-258-7081") and row.sources


def test_every_level_names_what_there_is():
    of = library()
    assert {topic for level in LEVELS for topic in level.topics} <= set(of.topics)
    assert {path for level in LEVELS for path in level.law} == set(of.laws["OR"].sections())
    assert sum(len(level.topics) for level in LEVELS) == len({t for level in LEVELS for t in level.topics})


def test_the_most_dangerous_comes_first(small):
    order = [one.name for one in in_order(list(items(small)), {})]
    first, last = order.index("law.OR.immunity"), order.index("law.OR.records.process")
    assert first < order.index("law.OR.safe_harbor") < order.index("safety.crisis_danger") < last
    assert (
        order.index("rights.minor_disclosure.followups.others_learn") < last < order.index("rights.victim_compensation")
    )


def test_a_promise_about_police_comes_before_a_warning():
    one = library().services[0]
    promise, warning = (
        one.copy(update={"police_contact": kind}) for kind in ("never_without_consent", "involves_police")
    )
    assert danger.of_service(promise) < danger.of_service(warning)


def test_inside_a_level_what_is_asked_most(small):
    found = [one for one in items(small) if LEVELS[one.level].name == "reporting"]
    assert in_order(found, {})[0].name == "law.OR.immunity"
    assert in_order(found, {"US": 20, "OR": 10})[0].name == "law.US.immunity"
    assert in_order(found, {"report_without_police": 200})[0].topic == "report_without_police"


def test_how_a_review_stands(item):
    one = item("law.OR.condoms")
    signed = replace(one, signed=ANA.sign(one))
    later = one.holds_until + dt.timedelta(days=1)
    assert one.state(TODAY) == "unreviewed" and replace(one, lapsed=ANA.sign(one)).state(TODAY) == "changed"
    assert signed.state(TODAY) == "reviewed" and signed.state(later) == "stale"
    assert one.is_stale(later) and not one.is_stale(one.holds_until)


REPORT = '{"month": "2026-10", "tables": {"topic": [{"cell": "topic:need_shelter", "at_least": 40}], "place": []}}'


def test_counts_of_ones_own_or_of_a_report(tmp_path):
    file = tmp_path / "asked.yml"
    file.write_text("immunity_reporting: 120\nOR: 30\n")
    assert read_asked(file) == {"immunity_reporting": 120, "OR": 30}
    file.write_text(REPORT)
    assert read_asked(file) == {"need_shelter": 40}


@pytest.mark.parametrize("text", ["- a list", "OR: many", "OR: true", "OR: -1"])
def test_what_is_no_count(tmp_path, text):
    (tmp_path / "asked.yml").write_text(text)
    with pytest.raises(DataError, match="count"):
        read_asked(tmp_path / "asked.yml")
