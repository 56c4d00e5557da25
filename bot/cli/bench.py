"""`lantern bench`: Lantern beside stock Rasa, where its time goes and how its cost grows, as `docs/benchmarks.md`."""

import argparse
import signal
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.cli.common import CannotRun, Commands, add_command
from bot.settings import ROOT


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "measure Lantern beside stock Rasa on this machine (under 45 minutes), and write docs/benchmarks.md"
    parser = add_command(commands, "bench", about, _run)
    choices = ("beside", "profile", "growth", "tiny")
    parser.add_argument("--only", nargs="+", choices=choices, help="parts of the page (default: all)")
    parser.add_argument("--quick", action="store_true", help="small sizes, written into .bench: does all of it run?")
    parser.add_argument("--page", action="store_true", help="measure nothing; write the page from the figures again")


def _run(options: argparse.Namespace) -> int:
    from bot.bench import run
    from bot.bench.plan import QUICK, Plan
    from bot.bench.wrong import CannotBench

    plan = QUICK if options.quick else Plan()
    target = plan.folder / "docs" if options.quick else ROOT / "docs"
    signal.signal(signal.SIGTERM, _interrupt)  # what was started ends too, however this one is ended
    parts = () if options.page else options.only or run.PARTS
    figures = run.keep(target / "benchmarks.yml", {})
    try:
        for found in run.measure(parts, plan, target / "benchmarks", _say):
            figures = run.keep(target / "benchmarks.yml", found)  # at once: a later part may fail
    except CannotBench as error:
        raise CannotRun(str(error)) from error
    _write(target, figures)
    return 0


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _write(target: Path, figures: dict[str, Any]) -> None:
    from bot.bench import ratios, report

    page = target / "benchmarks.md"
    page.write_text(report.page(figures, target / "benchmarks", "benchmarks"), encoding="utf-8")
    if "beside" in figures:
        for row in ratios.targets(figures["beside"]):
            met = "met" if row.met == "yes" else "NOT met"
            _say(f"{row.what}: {row.ratio} (target {row.target}, {met}): {row.lantern} against {row.stock}")
    _say(f"Written: {page.relative_to(ROOT)}")


def _say(line: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(line, markup=False)
