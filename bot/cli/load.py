"""`lantern load`: simulated people against a service that it starts itself, as `docs/load.md`."""

import argparse
import datetime as dt
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from actions.knowledge.library import library
from bot import model
from bot.cli.common import CannotRun, Commands, add_command, run, settings
from bot.settings import ROOT

if TYPE_CHECKING:
    from bot.load.people import Tally
    from bot.load.run import Plan
    from bot.load.soak import Soak

PAGE = ROOT / "docs" / "load.md"
SCRIPTS = ROOT / "tests" / "conversations" / "scripts"
IN_STEPS, IN_A_SOAK = 512, 32  # people
MOST_PEOPLE, MOST_SECONDS, MOST_MINUTES = 1024, 120, 60
STEPS_MINUTES = 11  # for all steps together; the rest of twelve minutes is for ends
LONG_ENOUGH = 5  # minutes until a soak says anything about memory


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "let more and more simulated people talk with a service on this machine, and write docs/load.md"
    parser = add_command(commands, "load", about, _run)
    parser.add_argument("--people", type=_up_to(MOST_PEOPLE, int), metavar="N", help="at once (default: 512; soak: 32)")
    parser.add_argument("--seconds", type=_up_to(MOST_SECONDS), default=15.0, metavar="S", help="a step (default: 15)")
    parser.add_argument("--think", type=_up_to(20), default=2.0, metavar="S", help="between turns (default: 2)")
    parser.add_argument("--soak", type=_up_to(MOST_MINUTES), metavar="MINUTES", help="so long, instead of steps")
    parser.add_argument(
        "--on",
        nargs="+",
        choices=("one", "two", "one-redis"),
        help="one worker, two workers with Redis, one worker with Redis (default: all; soak: two)",
    )


def _run(options: argparse.Namespace) -> int:
    from bot.load.wrong import CannotLoad

    read = settings()
    if not model.current(read.models).exists():
        raise CannotRun(f"There is no model for today's data in {read.models}. Run `make train` (or `lantern train`).")
    try:
        wrong = run(_soak(options, read.models) if options.soak else _steps(options, read.models))
    except CannotLoad as error:
        raise CannotRun(str(error)) from error
    if wrong:
        raise CannotRun(f"See {PAGE.relative_to(ROOT)}: {'; '.join(wrong)}.")
    return 0


async def _steps(options: argparse.Namespace, models: Path) -> list[str]:
    from bot.load import report
    from bot.load.machine import described
    from bot.load.run import Load
    from bot.load.service import ARRANGEMENTS

    machine = described()
    load = Load(_plan(options, models), library(), _say)
    held = await load.steps([ARRANGEMENTS[name] for name in options.on or ARRANGEMENTS])
    _write(
        {
            report.STEPS: report.steps_part(
                held, machine, load.own_places, options.seconds, options.think, dt.date.today()
            )
        }
    )
    return _wrong(step.tally for one in held for step in one.steps)


async def _soak(options: argparse.Namespace, models: Path) -> list[str]:
    from bot.load import report
    from bot.load.machine import described
    from bot.load.run import Load
    from bot.load.service import ARRANGEMENTS

    wrong = []
    for name in options.on or ["two"]:
        arrangement, machine = ARRANGEMENTS[name], described()
        soak = await Load(_plan(options, models), library(), _say).soak(arrangement)
        part = report.soak_part(soak, arrangement.redis, machine, options.think, dt.date.today())
        _write({f"{report.SOAK}: {arrangement.title}": part})
        wrong += [*_wrong([soak.tally]), *_grown(soak, options.soak)]
    return wrong


def _plan(options: argparse.Namespace, models: Path) -> "Plan":
    from bot.load.run import Plan

    return Plan(
        scripts=SCRIPTS,
        models=models,
        people=options.people or (IN_A_SOAK if options.soak else IN_STEPS),
        seconds=60 * options.soak if options.soak else options.seconds,
        think=options.think,
        most_seconds=60 * STEPS_MINUTES,
    )


def _wrong(tallies: "Iterable[Tally]") -> list[str]:
    """Turns that may never be lost or crossed; those that were refused under load are no failure."""
    counted = list(tallies)
    numbers = {kind: sum(tally.of_kind(kind) for tally in counted) for kind in ("lost", "crossed")}
    return [f"{number} turns {kind}" for kind, number in numbers.items() if number]


def _grown(soak: "Soak", minutes: float) -> list[str]:
    from bot.load.soak import MOST_GROWTH

    if minutes < LONG_ENOUGH or abs(soak.growth) <= MOST_GROWTH:
        return []
    return [f"memory changed by {soak.growth:+.1%} after it had settled"]


def _write(parts: dict[str, str]) -> None:
    from bot.load.report import page_with

    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(page_with(parts, before), encoding="utf-8")
    _say(f"Written: {PAGE.relative_to(ROOT)}")


def _say(line: str) -> None:
    Console(stderr=True, highlight=False).print(line, markup=False)


def _up_to(most: float, kind: Callable[[str], float] = float) -> Callable[[str], float]:
    """A type for argparse: a number above 0, and at most `most`."""

    def number(text: str) -> float:
        value = kind(text)
        if not math.isfinite(value) or not 0 < value <= most:
            raise argparse.ArgumentTypeError(f"takes a number above 0, and at most {most:g}")
        return value

    return number
