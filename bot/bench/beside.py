"""Both bots, installed, taught the same messages, served and talked with: the figures that are compared."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from bot.bench import environments, own, pages, sample, side
from bot.bench.child import in_child
from bot.bench.environments import Installed
from bot.bench.plan import Plan
from bot.bench.process import Done
from bot.bench.side import MB, rounded
from bot.bench.stock import Stock
from bot.bench.users import messages

Say = Callable[[str], None]
SEVERAL = 2  # workers, to see what one more takes


def measure(plan: Plan, say: Say) -> dict[str, Any]:
    """Everything about both. Raises `CannotBench`."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    sent = messages()
    say("Installing both, twice")
    stock_installed, own_installed = environments.stock(plan.folder), environments.lantern(plan.folder)
    project = plan.folder / "project"
    count = sample.project(project, plan.sample)
    say(f"Training stock Rasa on {count} messages")
    texts = in_child("texts", {}, {})
    stock = Stock(plan.folder / "stock-project", stock_installed.python, project / "data" / "nlu", texts, plan.epochs)
    stock_figures = _figures(stock_installed, stock.train(), stock.model.stat().st_size)
    say(f"It took {stock_figures['training_seconds']:.0f} s. Training Lantern on the same")
    trained = own.train(plan.folder / "models-sample", project)
    own_figures = _figures(own_installed, trained.took, trained.bytes)
    result: dict[str, Any] = {"messages": count, "all_messages": sample.count(), "epochs": plan.epochs}
    say("Talking with stock Rasa")
    stock_figures |= side.measure(stock.running, plan, sent)
    stock_figures["several"] = side.several(stock.running, SEVERAL, plan.people[-1], plan, sent)
    say("Talking with Lantern")
    own_figures |= _served(trained, plan, sent)
    if plan.everything:
        say(f"Training Lantern on all {result['all_messages']} messages")
        everything = own.train(plan.folder / "models")
        whole = _figures(own_installed, everything.took, everything.bytes)
        say(f"It took {whole['training_seconds']:.0f} s. Talking with it")
        result["lantern_all"] = {**whole, **_served(everything, plan, sent)}
    with own.served(trained.models) as bot:
        result["pages"] = {"own": pages.own(bot), "others": pages.others(plan.folder)}
    return {**result, "stock": stock_figures, "lantern": own_figures}


def _served(trained: own.Trained, plan: Plan, sent: tuple[str, ...]) -> dict[str, Any]:
    def serve(workers: int) -> Any:
        return own.served(trained.models, workers)

    figures = side.measure(serve, plan, sent)
    return {**figures, "several": side.several(serve, SEVERAL, plan.people[-1], plan, sent)}


def _figures(installed: Installed, trained: Done, model_bytes: int) -> dict[str, Any]:
    about: Mapping[str, Any] = asdict(installed)
    return {
        "python": about["version"],
        "packages": about["packages"],
        "install_mb": rounded(about["bytes"] / MB),
        "install_seconds": rounded(about["seconds"]),
        "training_seconds": rounded(trained.seconds),
        "training_cpu_seconds": rounded(trained.cpu_seconds),
        "training_peak_mb": rounded(trained.peak / MB),
        "model_mb": rounded(model_bytes / MB),
    }
