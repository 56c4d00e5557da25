"""The tables of what there is."""

from actions.directory.coverage import by_need, need_table, page, police_table
from actions.knowledge.service_records import Need, Needs
from tests.actions.directory.given import service

NEEDS = Needs(
    needs={
        "need_shelter": Need(tags=("emergency_shelter", "housing"), lead="x"),
        "need_food_money_jobs": Need(tags=("food",), lead="x"),
    }
)
PLACES = {"OR": "Oregon", "WA": "Washington", "US": "everywhere"}
SERVICES = (
    service("one"),
    service(
        "two", service_areas=({"state": "OR"}, {"state": "WA"}), needs=("housing", "food"), police_contact="unknown"
    ),
    service("everywhere", service_areas=({"state": "US"},), needs=("food",), police_contact="involves_police"),
    service("closed", status="defunct", status_note="closed"),
    service("nobody answers", phones=()),
)


def test_counts():
    assert by_need(SERVICES, NEEDS) == {
        ("need_shelter", "OR"): 2,
        ("need_shelter", "WA"): 1,
        ("need_food_money_jobs", "OR"): 1,
        ("need_food_money_jobs", "WA"): 1,
        ("need_food_money_jobs", "US"): 1,
    }


def test_tables():
    assert need_table(SERVICES, NEEDS, PLACES).splitlines() == [
        "|  | shelter | food money jobs |",
        "| --- | ---: | ---: |",
        "| everywhere | – | 1 |",
        "| OR | 2 | 1 |",
        "| WA | 1 | 1 |",
    ]
    said = police_table(SERVICES).splitlines()
    assert "| not known | 0 | 1 | 33% |" in said and "| works with police | 1 | 0 | 33% |" in said
    assert said[-1] == "| all | 1 | 2 | 100% |"


def test_the_page():
    text = page(SERVICES, NEEDS, PLACES)
    assert "5 services, 3 of them shown" in text and need_table(SERVICES, NEEDS, PLACES) in text
    assert "0 services" in page((), NEEDS, PLACES)
