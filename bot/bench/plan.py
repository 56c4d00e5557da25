"""How thoroughly to measure: the plan of `docs/benchmarks.md`, and a quick one to see that everything runs."""

from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT

FOLDER = ROOT / ".bench"


@dataclass(frozen=True)
class Plan:
    """Sizes and repetitions.

    Attributes:
        sample: training messages that both sides learn; they are spread over topics and languages as all messages are.
        epochs: of stock's training; None for those of its own default.
        everything: train Lantern on all its messages too, and measure that model beside the other.
        starts: of each service.
        turns: of one user, after `warm_turns`; three times over.
        people: users at once.
        seconds: of each step of load.
        sessions, services, messages, languages, workers, words: sizes of what grows.
        folder: where environments, models and samples are kept between runs.
    """

    sample: int = 500
    epochs: int | None = None
    everything: bool = True
    starts: int = 3
    runs: int = 3
    turns: int = 200
    warm_turns: int = 30
    people: tuple[int, ...] = (1, 8, 32)
    seconds: float = 12.0
    sessions: tuple[int, ...] = (10, 100, 1_000, 10_000, 100_000)
    services: tuple[int, ...] = (300, 1_000, 5_000, 20_000, 50_000)
    messages: tuple[int, ...] = (2_000, 10_000, 50_000)
    languages: int = 8
    workers: tuple[int, ...] = (1, 2, 4, 8)
    words: tuple[int, ...] = (1, 5, 10, 15, 20, 40, 80, 160, 320)
    folder: Path = FOLDER


QUICK = Plan(
    sample=300,
    epochs=3,
    everything=False,
    starts=1,
    runs=1,
    turns=20,
    warm_turns=5,
    people=(1, 4),
    seconds=3.0,
    sessions=(10, 1_000),
    services=(300, 2_000),
    messages=(300, 600),
    languages=5,
    workers=(1, 2),
    words=(1, 10, 80),
    folder=FOLDER / "quick",
)
