"""How cost grows, as a part of the page: a table and a chart for each growth, its reason, what would break first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.bench.chart import line_chart
from bot.bench.growth.reasons import REASONS
from bot.evaluation.report import Page

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Drawn:
    """One chart.

    Attributes:
        size: the column that grows, and what it is called.
        lines: column -> what it is called on the chart.
        others: more columns of the table.
    """

    title: str
    size: tuple[str, str]
    unit: str
    lines: Mapping[str, str]
    others: Mapping[str, str]
    log_y: bool = False


GROWTHS: Mapping[str, Drawn] = {
    "sessions": Drawn(
        "Sessions held",
        ("sessions", "sessions held"),
        "MB",
        {"memory_mb": "memory, MB"},
        {"turn_ms": "a turn, ms", "sweep_ms": "forgetting the idle, ms", "kb_a_session": "KB a session"},
        log_y=True,
    ),
    "services": Drawn(
        "Services of the directory",
        ("services", "services"),
        "ms",
        {"search_ms": "a search, ms", "search_p99_ms": "p99 of a search, ms"},
        {"memory_mb": "memory, MB", "read_seconds": "reading, s", "index_seconds": "indexing, s"},
    ),
    "messages": Drawn(
        "Training messages",
        ("messages", "messages"),
        "seconds",
        {"seconds": "training, s", "cpu_seconds": "processor, s"},
        {"peak_mb": "most memory, MB", "model_mb": "model, MB"},
    ),
    "languages": Drawn(
        "Languages",
        ("languages", "languages"),
        "MB",
        {"memory_mb": "memory beyond English, MB"},
        {"read_seconds": "reading one more, s", "gate_ms": "its safety gate, ms a message"},
    ),
    "workers": Drawn(
        "Workers on two cores",
        ("workers", "workers"),
        "MB",
        {"memory_after_load_mb": "memory, MB"},
        {
            "turns_a_second": "turns a second",
            "p50_ms": "p50, ms",
            "p95_ms": "p95, ms",
            "first_answer_seconds": "first answer, s",
        },
    ),
    "length": Drawn(
        "Length of a message",
        ("words", "words"),
        "ms",
        {"turn_ms": "a turn, ms"},
        {"worst_ms": "the slowest, ms"},
    ),
}


def section(made: Page, found: Mapping[str, Any], charts: Path, beside: str) -> None:
    """Adds the part to `made` and writes its charts into the folder `charts`, which the page calls `beside`."""
    made.say(
        "## How cost grows",
        f"Lantern alone. Measured on {found['measured_on']} in {found['minutes']:g} minutes: {found['machine']}.",
    )
    for name, drawn in GROWTHS.items():
        rows = found.get(name) or ()
        if len(rows) < 2:
            continue
        (charts / f"{name}.svg").write_text(_chart(drawn, rows), encoding="utf-8")
        made.say(f"### {drawn.title}", f"![{drawn.title}]({beside}/{name}.svg)")
        columns = {drawn.size[0]: drawn.size[1], **drawn.lines, **drawn.others}
        made.table(tuple(columns.values()), (tuple(_number(row[column]) for column in columns) for row in rows))
        reason: Callable[[Rows], Sequence[str]] = REASONS[name]
        made.say(*reason(rows))


def _chart(drawn: Drawn, rows: Rows) -> str:
    size, called = drawn.size
    series = {name: [(row[size], row[column]) for row in rows] for column, name in drawn.lines.items()}
    return line_chart(drawn.title, called, drawn.unit, series, log_y=drawn.log_y)


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
