"""`lantern check`: is everything in `data/`, and of your own, of its shape, sourced, readable and complete?"""

import argparse
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from actions.directory.checking import check_directory
from actions.knowledge import catalogs
from actions.knowledge.catalogs import ENGLISH, languages
from actions.knowledge.check import Problem, check
from actions.knowledge.check_messages import check_messages
from actions.knowledge.check_reviews import check_reviews, count
from actions.knowledge.coverage import by_topic, confidence, statuses
from actions.knowledge.library import Library
from actions.overlay.checking import check_overlay
from actions.overlay.reading import read_overlay
from bot.cli.common import Commands, add_command, settings


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "check everything in data/ and of your own, and say what is wrong, by file"
    parser = add_command(commands, "check", about, _run)
    parser.add_argument("--coverage", action="store_true", help="also print what is answered where")


def _run(options: argparse.Namespace) -> int:
    read, today = settings(), dt.date.today()
    console = Console(highlight=False, soft_wrap=True)
    library = Library.load()
    report = check(library, today)
    problems = [*report.problems, *check_messages(library), *check_directory(read.directory, library, today)]
    problems += check_reviews(library, today)
    problems += _overlay(read.overlay, library, today)
    problems += [Problem(*wrong) for language in languages() for wrong in _translation(language, library)]
    for problem in problems:
        console.print(escape(_line(problem)))
    if options.coverage:
        _coverage(console, library)
    holes = sum(row.holes for row in by_topic(library))
    console.print(
        f"{len(library.topics)} topics, {len(library.laws)} jurisdictions, {len(library.services)} services, "
        f"{report.sections} sections; reading grade {report.mean_grade:.1f} on average, "
        f"{report.highest_grade:.1f} at most; {holes} topics without an answer in some place."
    )
    signed = count(library)
    console.print(
        f"Reviewed: {signed.sections} of {report.sections} sections, {signed.services} of {len(library.services)} "
        f"services; {signed.lapsed} changed since somebody signed them."
    )
    errors = sum(problem.is_error for problem in problems)
    console.print(f"{errors} errors, {len(problems) - errors} notes.")
    return 1 if errors or holes else 0


def _overlay(folder: Path, library: Library, today: dt.date) -> Iterator[Problem]:
    if folder.is_dir():
        found = check_overlay(read_overlay(folder), library, today)
        yield from (replace(problem, where=f"overlay: {problem.where}") for problem in found)


def _translation(language: str, library: Library) -> Iterator[tuple[str, str]]:
    return iter(()) if language == ENGLISH else catalogs.problems(language, library)


def _coverage(console: Console, library: Library) -> None:
    """Prints what is answered where."""
    table = Table("topic", "a place's own", "the same everywhere", "no answer")
    for row in by_topic(library):
        table.add_row(row.name, str(row.own or ""), str(row.general or ""), str(row.holes or ""))
    console.print(table)
    table = Table("part of the law", "status")
    for path, counts in statuses(library).items():
        table.add_row(path, ", ".join(f"{status} {n}" for status, n in counts.most_common()))
    console.print(table)
    sure = ", ".join(f"{level} {n}" for level, n in confidence(library).most_common())
    console.print(f"How sure the sections of the law are: {sure}.")


def _line(problem: Problem) -> str:
    return f"{'error' if problem.is_error else 'note '}  {problem.where}: {problem.what}"
