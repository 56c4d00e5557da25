from copy import deepcopy

from bot.bench import ratios

LOAD = {
    "people": 8,
    "turns_a_second": 20.0,
    "turns_a_cpu_second": 20.0,
    "p50_ms": 40.0,
    "p95_ms": 80.0,
    "p99_ms": 90.0,
    "cores": 1.0,
    "cores_of_the_people": 0.1,
    "failed": 0,
}
STOCK = {
    "python": "3.10.13",
    "packages": 150,
    "install_mb": 2400.0,
    "install_seconds": 20.0,
    "training_seconds": 400.0,
    "training_cpu_seconds": 700.0,
    "training_peak_mb": 1500.0,
    "model_mb": 50.0,
    "first_answer_seconds": 40.0,
    "memory_idle_mb": 1000.0,
    "memory_after_load_mb": 1200.0,
    "one_user": {"p50_ms": 40.0, "p95_ms": 80.0, "p99_ms": 90.0},
    "load": [LOAD, {**LOAD, "people": 32, "turns_a_cpu_second": 25.0}],
    "several": {**LOAD, "workers": 2, "memory_after_load_mb": 2000.0},
}
OWN = {
    **STOCK,
    "training_seconds": 40.0,
    "install_mb": 800.0,
    "first_answer_seconds": 20.0,
    "memory_after_load_mb": 300.0,
    "one_user": {"p50_ms": 4.0, "p95_ms": 10.0, "p99_ms": 12.0},
    "load": [{**LOAD, "turns_a_cpu_second": 250.0}],
    "several": {**LOAD, "workers": 2, "memory_after_load_mb": 340.0},
}
PAGES = {
    "own": {"/": 3000, "/widget.js": 5000},
    "others": {"deep-chat": {"version": "2", "file": "d.js", "bytes": 80000}},
}
FOUND = {
    "measured_on": "2026-11-26",
    "minutes": 20,
    "machine": "two cores",
    "messages": 500,
    "all_messages": 79000,
    "epochs": None,
    "stock": STOCK,
    "lantern": OWN,
    "lantern_all": {**OWN, "memory_after_load_mb": 600.0},
    "pages": PAGES,
}


def test_targets_are_met_or_missed_by_the_figures():
    rows = {row.what: row for row in ratios.targets(FOUND)}
    assert rows["turns a second of processor time"].ratio == "10×"  # 250 of Lantern, 25 of stock at its best
    assert rows["turns a second of processor time"].met == "yes"
    assert rows["p95 of one user's turn"].ratio == "1/8" and rows["p95 of one user's turn"].met == "yes"
    assert rows["start to first answer"].ratio == "1/2" and rows["start to first answer"].met == "**no**"
    assert rows["memory of one more worker"].ratio == "1/20"
    assert (rows["memory of one worker, after load"].ratio, rows["memory of one worker, after load"].with_all) == (
        "1/4",
        "1/2",
    )
    assert ratios.missed(FOUND) == ["start to first answer: 1/2, target ≤ 1/4"]


def test_a_slower_lantern_misses():
    worse = deepcopy(FOUND)
    worse["lantern"]["load"][0]["turns_a_cpu_second"] = 249.0
    assert "turns a second of processor time: 9.96×, target ≥ 10×" in ratios.missed(worse)


def test_the_page_is_weighed_against_each_bundle_that_was_had():
    rows = {row.what: row for row in ratios.others(FOUND)}
    assert rows["page and widget : deep-chat alone"].ratio == "1/10"
    without = {**FOUND, "pages": {**PAGES, "others": {"deep-chat": {"missing": "npm is not installed"}}}}
    assert not [row for row in ratios.others(without) if "deep-chat" in row.what]
    assert any("npm is not installed" in size for _, size in ratios.page_rows(without["pages"]))


def test_every_step_of_every_bot_is_a_row():
    names = [row[0] for row in ratios.load_rows(FOUND)]
    assert names[:3] == ["stock, 8", "stock, 32", "stock, 2 workers, 8"]
    assert "Lantern, all messages, 2 workers, 8" in names and len(names) == 7
