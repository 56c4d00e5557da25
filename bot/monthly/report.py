"""A month as a report: tables of what may be shown, beside the month before, and what must be said about them."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.knowledge.library import Library
from bot.monthly.cells import TALKS
from bot.monthly.files import Month
from bot.monthly.tables import Table, tables
from bot.monthly.withholding import UNSEEN


@dataclass(frozen=True)
class Report:
    """Everything a report shows.

    Attributes:
        month: "2026-11".
        before: the month before, where something was counted in it.
        hours: for which the service ran; of several at once together.
        runs: of the service.
        talks: at least; None where there is nothing to show.
        talks_before: at least, in the month before; None where there is nothing to show.
        tables: none where there is nothing to show.
    """

    month: str
    before: str | None
    hours: int
    runs: int
    talks: int | None
    talks_before: int | None
    tables: tuple[Table, ...]

    @property
    def title(self) -> str:
        """As "November 2026"."""
        return month_title(self.month)

    @property
    def hours_of_month(self) -> int:
        """How many hours the month has."""
        year, month = map(int, self.month.split("-"))
        return 24 * calendar.monthrange(year, month)[1]

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON, without what it leaves out."""
        return {
            "month": self.month,
            "month_before": self.before,
            "talks_at_least": self.talks,
            "talks_month_before": self.talks_before,
            "hours": self.hours,
            "hours_of_month": self.hours_of_month,
            "runs": self.runs,
            "tables": {
                table.id: [
                    {"cell": row.cell, "label": row.label, "at_least": row.at_least, "month_before": row.before}
                    for row in table.rows
                ]
                for table in self.tables
            },
        }


def make_report(month: Month, before: Month | None, library: Library) -> Report:
    """The report on `month`, beside the month `before`."""
    shown = month.counts
    earlier = before.counts if before else {}
    return Report(
        month=month.month,
        before=before.month if before else None,
        hours=month.hours,
        runs=month.runs,
        talks=shown.get(TALKS),
        talks_before=earlier.get(TALKS),
        tables=tuple(tables(shown, earlier, library)) if shown else (),
    )


def month_title(month: str) -> str:
    """ "2026-11" as "November 2026"."""
    year, number = month.split("-")
    return f"{calendar.month_name[int(number)]} {year}"


def ran(report: Report) -> str:
    """For how long it was counted."""
    times = "once" if report.runs == 1 else f"{report.runs} times"
    return (
        f"Counted for {report.hours:,} hours; the month has {report.hours_of_month:,}. The service was started {times}."
    )


def rule(report: Report) -> Sequence[str]:
    """What every report says about its numbers."""
    return (
        "A talk is one conversation. It ends after some idle minutes, so one person can have several. Lantern knows no "
        "people and cannot count them.",
        f"Every number is rounded down to ten: “at least”. For each, up to {UNSEEN * report.runs} more are possible, "
        "now and then a few more than that. What did not come to ten is left out. A number is lowered where it would "
        "tell that something left out was there.",
        "Each table stands by itself. A talk can be in several rows, so rows do not add up. No number is about two "
        "things at once: nothing says which topics came from which state.",
    )
