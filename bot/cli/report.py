"""`lantern report`: a month in counts, for whoever runs this and whoever pays for it (docs/reporting.md)."""

import argparse
import datetime as dt
import json
import re
from pathlib import Path

from bot.cli.common import CannotRun, Commands, add_command, settings
from bot.settings import Settings

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def add(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "report", "print what was counted in a month, nothing under ten", _run)
    parser.add_argument("--month", metavar="YYYY-MM", help="one that is over (default: the last one)")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write it as a page, too")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.add_argument(
        "--also", type=Path, action="append", default=[], metavar="FOLDER", help="counts of another host, copied here"
    )


def _run(options: argparse.Namespace) -> int:
    from actions.knowledge.library import library
    from bot.monthly import files
    from bot.monthly.report import make_report
    from bot.monthly.showing import as_html, as_text

    read = settings()
    month = _month(options.month, files.month_of(dt.datetime.now(dt.UTC)))
    folders = _folders(read, options.also)
    known = files.months(folders)
    if month not in known:
        there = f"There are: {', '.join(known)}." if known else "No month was counted yet."
        raise CannotRun(f"Nothing was counted in {month} in {', '.join(map(str, folders))}. {there}")
    before = _before(month)
    earlier = files.read(folders, before) if before in known else None
    report = make_report(files.read(folders, month), earlier, library())
    if options.html:
        _write(options.html, as_html(report, read.operator))
    print(json.dumps(report.as_dict(), indent=2, ensure_ascii=False) if options.json else as_text(report), end="")  # noqa: T201
    return 0


def _month(wanted: str | None, current: str) -> str:
    """The month to report. Raises `CannotRun`."""
    month = wanted or _before(current)
    if not _MONTH.fullmatch(month):
        raise CannotRun("--month takes a year and a month, as 2026-11.")
    if month >= current:
        raise CannotRun(
            f"{month} is not over (in UTC). A month is reported once, when it is over: two reports of it on different "
            "days would tell what happened in between."
        )
    return month


def _before(month: str) -> str:
    first = dt.date.fromisoformat(f"{month}-01")
    return (first - dt.timedelta(days=1)).strftime("%Y-%m")


def _folders(read: Settings, also: list[Path]) -> list[Path]:
    folders = [*([read.counts] if read.counts else []), *also]
    if not folders:
        raise CannotRun(
            "Nothing is counted by the month: LANTERN_COUNTS is empty. Set it to a folder and start the service anew "
            "(docs/reporting.md)."
        )
    return folders


def _write(file: Path, page: str) -> None:
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise CannotRun(f"{file} cannot be written ({error.strerror}).") from None
