"""What is compared, and how far from the targets it is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]
LOAD_HEADER = (
    "bot, users",
    "turns a second",
    "turns a CPU second",
    "p50, ms",
    "p95, ms",
    "p99, ms",
    "cores",
    "cores of the users",
    "failed",
)


@dataclass(frozen=True)
class Row:
    """One line of the comparison, as it is printed."""

    what: str
    target: str
    ratio: str
    met: str
    with_all: str
    lantern: str
    stock: str


@dataclass(frozen=True)
class _Compared:
    what: str
    of: Callable[[Figures], float]  # a side's figures -> the value compared
    unit: str
    target: float | None = None  # of Lantern to stock
    more_is_better: bool = False


def _best(side: Figures) -> float:
    """Turns that a second of processor time answers, where most are answered."""
    return float(max(step["turns_a_cpu_second"] for step in side["load"]))


def _one_more(side: Figures) -> float:
    """MB that the second worker adds, after load."""
    return float(side["several"]["memory_after_load_mb"] - side["memory_after_load_mb"])


TARGETS = (
    _Compared("turns a second of processor time", _best, "", 10, more_is_better=True),
    _Compared("p95 of one user's turn", lambda side: float(side["one_user"]["p95_ms"]), "ms", 1 / 8),
    _Compared("memory of one worker, after load", lambda side: float(side["memory_after_load_mb"]), "MB", 1 / 3),
    _Compared("memory of one more worker", _one_more, "MB", 1 / 10),
    _Compared("start to first answer", lambda side: float(side["first_answer_seconds"]), "s", 1 / 4),
    _Compared("training, time", lambda side: float(side["training_seconds"]), "s", 1 / 4),
    _Compared("installation, bytes", lambda side: float(side["install_mb"]), "MB", 1 / 3),
)
OTHERS = (
    _Compared("p50 of one user's turn", lambda side: float(side["one_user"]["p50_ms"]), "ms"),
    _Compared("p99 of one user's turn", lambda side: float(side["one_user"]["p99_ms"]), "ms"),
    _Compared("memory of one worker, idle", lambda side: float(side["memory_idle_mb"]), "MB"),
    _Compared("training, processor time", lambda side: float(side["training_cpu_seconds"]), "s"),
    _Compared("training, most memory", lambda side: float(side["training_peak_mb"]), "MB"),
    _Compared("model", lambda side: float(side["model_mb"]), "MB"),
    _Compared("installation, time", lambda side: float(side["install_seconds"]), "s"),
    _Compared("packages", lambda side: float(side["packages"]), ""),
)


def targets(found: Figures) -> Iterator[Row]:
    """What has a target."""
    return (_row(one, found) for one in TARGETS)


def others(found: Figures) -> Iterator[Row]:
    """What else there is to compare: with stock, and with the widgets of others."""
    yield from (_row(one, found) for one in OTHERS)
    own = sum(found["pages"]["own"].values())
    for name, other in found["pages"]["others"].items():
        if "bytes" in other:
            kb = (f"{bytes_ / 1024:.1f} KB" for bytes_ in (own, other["bytes"]))
            yield Row(f"page and widget : {name} alone", "", _ratio(own / other["bytes"]), "", "", *kb)


def load_rows(found: Figures) -> Iterator[tuple[object, ...]]:
    """Every step of load of every bot."""
    names = {"stock": "stock", "lantern": "Lantern", "lantern_all": "Lantern, all messages"}
    for key, name in names.items():
        for step in found.get(key, {}).get("load", ()):
            yield _load(f"{name}, {step['people']}", step)
        if several := found.get(key, {}).get("several"):
            yield _load(f"{name}, {several['workers']} workers, {several['people']}", several)


def page_rows(pages: Figures) -> Iterator[tuple[str, str]]:
    """Bytes of our page, file by file, and of each bundle."""
    for name, size in pages["own"].items():
        yield f"Lantern: `{name}`", f"{size:,}"
    yield "Lantern: all of it", f"{sum(pages['own'].values()):,}"
    for name, one in pages["others"].items():
        size = f"{one['bytes']:,}" if "bytes" in one else one["missing"]
        yield f"{name} {one.get('version', '')}: `{one.get('file', '')}`, without any page around it", size


def missed(found: Figures) -> list[str]:
    """The targets that were not met, as sentences."""
    return [f"{row.what}: {row.ratio}, target {row.target}" for row in targets(found) if row.met != "yes"]


def _row(one: _Compared, found: Figures) -> Row:
    own, stock = one.of(found["lantern"]), one.of(found["stock"])
    ratio = own / stock if stock else 0.0
    met = "" if one.target is None else "yes" if _meets(one, ratio) else "**no**"
    everything = found.get("lantern_all")
    with_all = _ratio(one.of(everything) / stock) if everything and stock else ""
    unit = f" {one.unit}" if one.unit else ""
    values = (f"{value:,.0f}{unit}" if value >= 1000 else f"{value:.3g}{unit}" for value in (own, stock))
    return Row(one.what, _target(one), _ratio(ratio), met, with_all, *values)


def _meets(one: _Compared, ratio: float) -> bool:
    assert one.target is not None
    return ratio >= one.target if one.more_is_better else ratio <= one.target


def _target(one: _Compared) -> str:
    if one.target is None:
        return ""
    return f"≥ {one.target:g}×" if one.more_is_better else f"≤ 1/{1 / one.target:.0f}"


def _ratio(value: float) -> str:
    """ "12×", or "1/8.3" where it is less than one."""
    if value <= 0:
        return "0"
    return f"{value:.3g}×" if value >= 1 else f"1/{1 / value:.3g}"


def _load(name: str, step: Figures) -> tuple[object, ...]:
    numbers = ("turns_a_second", "turns_a_cpu_second", "p50_ms", "p95_ms", "p99_ms", "cores", "cores_of_the_people")
    values = (f"{step[number]:.3g}" if step[number] < 100 else f"{step[number]:.0f}" for number in numbers)
    return (name, *values, step["failed"])
