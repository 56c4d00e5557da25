from bot.bench import report
from bot.bench.growth.report import GROWTHS
from bot.bench.run import keep
from tests.bot.bench.test_ratios import FOUND

ABOUT = {"measured_on": "2026-11-26", "minutes": 3, "machine": "two cores"}
TRY = {"first_answer_seconds": 12.0, "p50_ms": 30.0, "p95_ms": 60.0, "turns_a_second": 20.0, "memory_mb": 300.0}
FIGURES = {
    "beside": FOUND,
    "profile": {
        **ABOUT,
        "turns": 600,
        "turn_ms": 10.0,
        "beyond_the_forward_pass_ms": 4.0,
        "parts": {"encoder, forward pass": 6.0, "safety gate": 4.0},
        "no_flame_graph": "py-spy is not installed",
    },
    "growth": {
        **ABOUT,
        **{
            name: [dict.fromkeys((drawn.size[0], *drawn.lines, *drawn.others), 1.0 + 9 * n) for n in range(3)]
            for name, drawn in GROWTHS.items()
        },
    },
    "tiny": {
        **ABOUT,
        "asked_mb": 512,
        "share_of_a_core": 0.5,
        "asked": {**TRY, "enforced_by": "a control group"},
        "smallest_mb": 320,
        "smallest": TRY,
        "too_small_mb": 304,
    },
}


def test_all_of_it_is_on_the_page_ratios_first(tmp_path):
    page = report.page(FIGURES, tmp_path, "benchmarks")
    headings = [line for line in page.splitlines() if line.startswith("#")]
    assert headings[:2] == ["# Fast and small", "## Beside stock Rasa"]
    assert page.index("| turns a second of processor time | ≥ 10× | 10× | yes |") < page.index("## Where the time")
    assert "| encoder, forward pass | 6.00 | 60% |" in page
    assert "There is no flame graph: py-spy is not installed." in page
    assert "The smallest that works is 320 MB" in page
    for name, drawn in GROWTHS.items():
        assert f"### {drawn.title}" in headings and f"](benchmarks/{name}.svg)" in page
        assert (tmp_path / f"{name}.svg").read_text().startswith("<svg")
    assert "would break first" in page


def test_a_part_that_was_not_measured_is_left_out(tmp_path):
    page = report.page({"tiny": FIGURES["tiny"]}, tmp_path, "benchmarks")
    assert "## A tiny host" in page and "stock Rasa" not in page.split("\n## ", 1)[1]


def test_a_host_that_is_too_small_is_said(tmp_path):
    small = {**FIGURES["tiny"], "asked": {"failed_because": "It did not start.", "enforced_by": "a control group"}}
    del small["smallest"]
    page = report.page({"tiny": small}, tmp_path, "benchmarks")
    assert "With 512 MB it does not run: It did not start." in page


def test_a_run_of_one_part_keeps_the_others(tmp_path):
    file = tmp_path / "docs" / "benchmarks.yml"
    keep(file, {"tiny": {"asked_mb": 512}, "beside": {"messages": 1}})
    assert keep(file, {"tiny": {"asked_mb": 256}}) == {"beside": {"messages": 1}, "tiny": {"asked_mb": 256}}
    assert keep(file, {})["tiny"] == {"asked_mb": 256}
