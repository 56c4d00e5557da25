"""`lantern check`: is everything in `data/` of its shape, sourced, readable and complete?"""

import argparse
import datetime as dt

from rich.console import Console
from rich.markup import escape

from actions.knowledge.check import Problem, check
from actions.knowledge.library import Library
from bot.cli.common import Commands, add_command, settings


def add(commands: Commands) -> None:
    """Adds the command."""
    add_command(commands, "check", "check everything in data/ and say what is wrong, by file", _run)


def _run(options: argparse.Namespace) -> int:
    settings()
    console = Console(highlight=False, soft_wrap=True)
    library = Library.load()
    report = check(library, dt.date.today())
    for problem in report.problems:
        console.print(escape(_line(problem)))
    console.print(
        f"{len(library.topics)} topics, {len(library.laws)} jurisdictions, {len(library.services)} services, "
        f"{report.sections} sections; reading grade {report.mean_grade:.1f} on average, "
        f"{report.highest_grade:.1f} at most."
    )
    errors = sum(problem.is_error for problem in report.problems)
    console.print(f"{errors} errors, {len(report.problems) - errors} notes.")
    return 1 if errors else 0


def _line(problem: Problem) -> str:
    return f"{'error' if problem.is_error else 'note '}  {problem.where}: {problem.what}"
