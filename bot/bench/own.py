"""Lantern, trained and served by the benchmark: the product's own commands, in processes of their own.

They run in the installation that `environments.py` made, without the tools of developers, whose packages Rasa would
import too; where that is not there, in this one.
"""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import model
from bot.bench.process import Done, measured
from bot.bench.serving import WIDGET, Served
from bot.bench.wrong import CannotBench
from bot.load.service import ARRANGEMENTS, Arrangement, running
from bot.load.wrong import CannotLoad
from bot.settings import ROOT

INSTALLED = "lantern"  # folder of the installation, beside those of models
TRAIN = "import sys; from pathlib import Path; from bot import model; model.train(Path(sys.argv[1]), Path(sys.argv[2]))"


@dataclass(frozen=True)
class Trained:
    """A model of Lantern's: its folder, as `LANTERN_MODELS` takes it, its bytes, and what training took."""

    models: Path
    bytes: int
    took: Done


def train(models: Path, project: Path = ROOT) -> Trained:
    """Trains on the messages of `project`, in an empty folder, so that nothing is taken from a cache.

    Raises:
        CannotBench: it made no model.
    """
    shutil.rmtree(models, ignore_errors=True)
    models.mkdir(parents=True)
    cache = models / "rasa-cache"
    given = {"RASA_CACHE_DIRECTORY": str(cache)}
    took = measured([_python(models), "-c", TRAIN, models, project], ROOT, models / "training.printed", given)
    made = model.current(models, project)
    if not made.exists():
        raise CannotBench(f"Training made no model of {project}.")
    shutil.rmtree(cache, ignore_errors=True)
    made.replace(model.current(models))  # where `lantern serve` looks for it
    return Trained(models, model.current(models).stat().st_size, took)


@contextmanager
def served(
    models: Path, workers: int = 1, *, redis: bool = False, prefix: Sequence[str] = (), module: str = "bot.cli"
) -> Iterator[Served]:
    """`lantern serve`, once it has answered; several workers share a Redis.

    Args:
        prefix: of the command, as in `("taskset", "-c", "0")`.
        module: what is run in place of the command line, with the same arguments.

    Raises:
        CannotBench: it does not start.
    """
    arrangement = ARRANGEMENTS["one"]
    if workers > 1 or redis:
        arrangement = Arrangement(f"{workers} workers with Redis", workers, redis=True)
    try:
        with running(arrangement, models, python=_python(models), prefix=prefix, module=module) as service:
            bot = Served(service.url, (service.pid,), WIDGET)
            if not bot.answers():
                raise CannotBench(f"{bot.url} was asked, and said nothing")
            yield bot
    except CannotLoad as error:
        raise CannotBench(str(error)) from error


def _python(models: Path) -> str:
    """The Python of the installation beside the folder `models`."""
    beside = models.parent / INSTALLED / "bin" / "python"
    return str(beside) if beside.exists() else sys.executable
