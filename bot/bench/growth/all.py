"""Every growth, one after the other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.bench import own, sample, side
from bot.bench.child import in_child
from bot.bench.growth import more_languages
from bot.bench.plan import Plan
from bot.bench.side import MB, rounded
from bot.bench.users import messages

Say = Callable[[str], None]


def measure(plan: Plan, models: Path, say: Say) -> dict[str, Any]:
    """Rows of each growth, by its name. Raises `CannotBench`."""
    settings = {"LANTERN_MODELS": str(models), "LANTERN_MOST_SESSIONS": str(max(plan.sessions) + 1000)}
    say("Growth: sessions, services, message length")
    found: dict[str, Any] = {
        "sessions": in_child("sessions", {"sizes": plan.sessions}, settings),
        "services": [in_child("services", {"size": size}, settings) for size in plan.services],
        "length": in_child("length", {"sizes": plan.words}, settings),
    }
    say("Growth: languages, workers")
    project = plan.folder / "languages"
    more_languages.project(project, plan.languages)
    found["languages"] = in_child("languages", {}, {}, project)
    found["workers"] = [_workers(models, number, plan) for number in plan.workers]
    for number in plan.messages:
        say(f"Growth: training on {number} messages")
        found.setdefault("messages", []).append(_trained(plan.folder, number))
    return found


def _workers(models: Path, number: int, plan: Plan) -> dict[str, Any]:
    def serve(workers: int) -> Any:
        return own.served(models, workers, redis=True)

    return side.several(serve, number, plan.people[-1], plan, messages())


def _trained(folder: Path, number: int) -> dict[str, Any]:
    project = folder / "project-growth"
    count = sample.project(project, number)
    trained = own.train(folder / "models-growth", project)
    return {
        "messages": count,
        "seconds": rounded(trained.took.seconds),
        "cpu_seconds": rounded(trained.took.cpu_seconds),
        "peak_mb": rounded(trained.took.peak / MB),
        "model_mb": rounded(trained.bytes / MB),
    }
