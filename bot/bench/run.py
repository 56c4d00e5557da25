"""A run as a whole: parts are measured one after the other, and kept in `docs/benchmarks.yml`."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot import model
from bot.bench import beside, profiling, tiny
from bot.bench.growth import all as growth
from bot.bench.plan import QUICK, Plan
from bot.bench.users import messages
from bot.bench.wrong import CannotBench
from bot.load.machine import described
from bot.settings import Settings

PARTS = ("beside", "profile", "growth", "tiny")
FLAME = "flame.svg"
Say = Callable[[str], None]


def measure(parts: Sequence[str], plan: Plan, charts: Path, say: Say) -> Iterator[dict[str, Any]]:
    """The figures of each of `parts` by its name, with when, on what and how long it was measured.

    Raises:
        CannotBench: one of them failed; those before it are done.
    """
    measures: Mapping[str, Callable[[], dict[str, Any]]] = {
        "beside": lambda: beside.measure(plan, say),
        "profile": lambda: _profile(plan, charts, say),
        "growth": lambda: growth.measure(plan, _models(plan), say),
        "tiny": lambda: _tiny(plan, say),
    }
    for part in parts:
        about, began = _about(), time.monotonic()
        figures = measures[part]()
        yield {part: {**about, "minutes": round((time.monotonic() - began) / 60, 1), **figures}}


def keep(file: Path, found: Mapping[str, Any]) -> dict[str, Any]:
    """Puts `found` into `file`, beside the parts of other runs; returns all of it."""
    before = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
    kept = {part: figures for part in PARTS if (figures := {**(before or {}), **found}.get(part))}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8")
    return kept


def _profile(plan: Plan, charts: Path, say: Say) -> dict[str, Any]:
    say("Where the time of a turn goes")
    models, sent = _models(plan), messages()
    figures = profiling.stages(models, plan, sent)
    return {**figures, "no_flame_graph": profiling.flame_graph(models, plan, sent, charts / FLAME)}


def _tiny(plan: Plan, say: Say) -> dict[str, Any]:
    say("A tiny host")
    return tiny.measure(_models(plan), messages(), search=plan is not QUICK)


def _models(plan: Plan) -> Path:
    """A folder with a model for today's data: of this benchmark, or of this installation. Raises `CannotBench`."""
    for folder in (plan.folder / "models", plan.folder / "models-sample", Settings.read().models):
        if model.current(folder).exists():
            return folder
    raise CannotBench("There is no model for today's data: run the part `beside`, or `lantern train`.")


def _about() -> dict[str, Any]:
    return {
        "measured_on": str(dt.date.today()),
        "machine": described(),
    }
