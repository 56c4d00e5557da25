import datetime as dt

from bot.load import report
from bot.load.people import Tally
from bot.load.processes import MB, Sample
from bot.load.report import Held, page_with, soak_part, steps_part
from bot.load.soak import Soak
from bot.load.steps import Step

TODAY = dt.date(2026, 11, 20)


def step(people: int, throughput: float, **failed: int) -> Step:
    tally = Tally()
    tally.failed.update({(kind, "page", "why"): number for kind, number in failed.items()})
    return Step(people, throughput, (0.1, 0.2, 0.3), tally, 500 * MB, 0.9, 0.1, 0.2)


def test_steps_as_a_table_with_what_went_wrong():
    held = [Held("two workers", [step(4, 2.0), step(8, 3.0, errors=2, lost=1)], stopped_early=False, failed_cold=2)]
    text = steps_part(held, "2 processors", (30, 100), 15, 2, TODAY)
    assert "2026-11-20: 2 processors" in text and "### Two workers" in text
    assert "| 8 | 3.0 | 200 | 300 | 300 | 2 | 1 | 0 | 500 | 0.90 | 0.10 | 0.20 |" in text
    assert "Saturated at 3.0 answers a second, with 8 people" in text and "could be 61 at once" in text
    assert "errors on the page: why, 2×; lost on the page: why, 1×." in text
    assert "not measured, 2 were refused" in text


def test_it_says_when_there_was_no_saturation():
    assert "before it was saturated" in steps_part([Held("one", [step(4, 2.0)], True)], "", (0, 0), 1, 1, TODAY)
    assert "No step fitted" in steps_part([Held("one", [], True)], "", (0, 0), 1, 1, TODAY)


def test_a_soak_over_time():
    samples = [Sample(float(second), (100 + second // 300) * MB, 5 * MB) for second in range(0, 601, 2)]
    tally = Tally([(float(second), 0.05) for second in range(600)])
    text = soak_part(Soak(32, 0.0, 600.0, tally, samples), True, "2 processors", 2, TODAY)
    assert "32 people for 10 minutes" in text and "600 answers, 0 errors, 0 lost, 0 crossed" in text
    assert "| 9 to 10 | 1.0 | 50 | 50 | 50 | 101 | 5 |" in text
    assert "settled at 100 MB" in text and "was 101 MB in the last tenth: +1.0%" in text


def test_a_part_replaces_its_like_and_leaves_the_others():
    first = page_with({"Soak: one worker": "soaked", report.STEPS: "stepped\n\n### One\n"}, "")
    assert first.startswith("# How much") and first.index("stepped") < first.index("soaked")
    second = page_with({report.STEPS: "stepped again"}, first)
    assert "soaked" in second and "stepped again" in second and "### One" not in second
    assert second.count("## In steps") == second.count("# How much") == 1
    assert page_with({report.STEPS: "stepped again"}, second) == second
