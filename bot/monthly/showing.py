"""A report as text for a terminal, and as a page that needs nothing else: no script, nothing from another site."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from rich.cells import cell_len

from actions.html import templates
from bot.monthly.report import Report, month_title, ran, rule
from bot.monthly.tables import Table

LABEL, BAR = 50, 16  # columns
WIDTH = 96
NOTHING = "Nothing to show: no number of talks came to ten."
NOTHING_IN_TABLE = "No number came to ten."

_templates = templates(Path(__file__).parent / "templates")
_templates.globals.update(
    month_title=month_title, ran=ran, rule=rule, nothing=NOTHING, nothing_in_table=NOTHING_IN_TABLE
)


def as_html(report: Report, operator: str) -> str:
    """The page. `operator` is who runs the installation."""
    return _templates.get_template("report.html").render(report=report, operator=operator)


def as_text(report: Report) -> str:
    """Lines for a terminal."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"Lantern in {report.title}"
    yield ""
    if report.talks is None:
        yield NOTHING
    else:
        yield f"At least {report.talks:,} talks{_beside(report)}."
    yield ran(report)
    for table in report.tables:
        yield ""
        yield from _table(report, table)
    yield ""
    for line in rule(report):
        yield from wrap(line, WIDTH)


def _beside(report: Report) -> str:
    if report.before is None:
        return ""
    before = f"at least {report.talks_before:,}" if report.talks_before else "fewer than ten"
    return f"; in {month_title(report.before)} {before}"


def _table(report: Report, table: Table) -> Iterator[str]:
    head = f"{table.title} ({table.counted})"
    earlier = f"{'before':>9}" if report.before else ""
    yield f"{head:<{LABEL}}{'at least':>10}{earlier}"
    for row in table.rows:
        before = f"{f'{row.before:,}' if row.before else '–':>9}" if report.before else ""
        bar = "▇" * max(1, round(BAR * row.at_least / table.largest))
        label = f"  {row.label}"
        yield f"{label}{' ' * (LABEL - cell_len(label))}{row.at_least:>10,}{before}  {bar}"
    if not table.rows:
        yield f"  {NOTHING_IN_TABLE}"
