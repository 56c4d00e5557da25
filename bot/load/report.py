"""`docs/load.md`: a part for the steps and one for each soak. A run writes its own parts; the others stay."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation.report import Page
from bot.load.people import Tally
from bot.load.processes import MB
from bot.load.service import IDLE_MINUTES
from bot.load.soak import MOST_GROWTH, SETTLED, Soak
from bot.load.steps import GAIN, Step, percentile

KINDS = ("errors", "lost", "crossed")
HEADER = ("people", "answers a second", "p50", "p95", "p99", *KINDS, "memory", "cores", "own cores", "other cores")
REAL_THINKING = 20.0  # seconds of a person who reads an answer and types; for the last sentence only
PARTS = 10  # rows of a soak's table
STEPS, SOAK = "In steps", "Soak"
HEAD = f"""# How much Lantern bears

Written by `make load` (steps, at most twelve minutes) and `make soak` (ten minutes); nothing here is typed by hand.
`lantern load --help` lists the options: people, seconds, thinking time, which arrangement. Both start `lantern serve`
themselves, on loopback, with a Redis of its own where it takes one, and talk with nothing else.

Simulated people hold the conversations of `tests/conversations/scripts`, each within questions about a place of their
own, on the page without JavaScript, through the widget's `/talk`, and by signed text messages; they think between
turns, pick from the choices of their last answer, ask on without naming the place, and leave or just vanish. A
conversation is forgotten after {IDLE_MINUTES} minute, so that forgetting is part of what is measured. The first
answers of a process, which take longer, are not.

Before any load the whole cast talks one at a time. Under load every answer must be the one from then, in the
person's own session, under the person's own words: **crossed** counts answers that are not, **lost** those that never
came or came from a conversation that the service no longer knew, **errors** those that were refused with a status or a
text that says so, and crises that were answered by text message at once because nothing could be remembered.
Answers that list services are compared by what they are about, not word by word: who is open now comes first.
Memory is of the service's whole process tree, pages that several processes share counted once (PSS), without Redis.
"Cores" are the processors that the service kept busy. The people run on the same ones: "own cores" is what they take,
"other cores" what everything else on the machine takes, Redis included; where that is more than a little, the service
could do better than the table says.
"""


@dataclass(frozen=True)
class Held:
    """The steps of one arrangement; `failed_cold` conversations failed among the first after the start."""

    title: str
    steps: Sequence[Step]
    stopped_early: bool
    failed_cold: int = 0


def steps_part(
    held: Iterable[Held], machine: str, own_places: tuple[int, int], seconds: float, think: float, today: dt.date
) -> str:
    """The part about the steps, without its heading."""
    page = Page()
    page.say(
        f"Measured on {today}: {machine}. Steps of {seconds:g} s, people doubled until the answers grow by less than "
        f"{GAIN - 1:.0%}; they think {think:g} s on average. Of the {own_places[1]} answers that the cast gets on the "
        f"page, {own_places[0]} are the law of the person's own place. Times are in milliseconds, memory is in MB."
    )
    for one in held:
        page.say(f"### {one.title[0].upper()}{one.title[1:]}")
        page.table(HEADER, map(_row, one.steps))
        page.say(*_saturation(one), *_reasons(step.tally for step in one.steps))
        if one.failed_cold:
            page.say(f"Of the first conversations after the start, not measured, {one.failed_cold} were refused.")
    return page.text()


def soak_part(soak: Soak, redis: bool, machine: str, think: float, today: dt.date) -> str:
    """The part about one soak, without its heading."""
    page = Page()
    minutes = (soak.ended - soak.began) / 60
    page.say(
        f"Measured on {today}: {machine}. {soak.people} people for {minutes:.3g} minutes, who think {think:g} s on "
        f"average: {len(soak.tally.answered)} answers, {_counts(soak.tally)}."
    )
    page.table(
        ("minutes", "answers a second", "p50", "p95", "p99", "memory", *(["Redis"] if redis else [])),
        (_soak_row(soak, n, redis) for n in range(PARTS)),
    )
    page.say(
        f"Memory settled at {soak.settled / MB:.0f} MB (the median between {SETTLED[0]:.0%} and {SETTLED[1]:.0%} of "
        f"the time) and was {soak.at_the_end / MB:.0f} MB in the last tenth: {soak.growth:+.1%}, where "
        f"{MOST_GROWTH:.0%} are allowed."
    )
    page.say(*_reasons([soak.tally]))
    return page.text()


def page_with(parts: Mapping[str, str], page: str) -> str:
    """The page with `parts`, by heading, in place of their like in `page`; the others stay."""
    kept = [block.partition("\n") for block in f"\n{page}".split("\n## ")[1:]]
    all_parts = {heading: text.strip() for heading, _, text in kept} | dict(parts)
    ordered = sorted(all_parts, key=lambda heading: (heading != STEPS, heading))
    return "\n".join([HEAD, *(f"## {heading}\n\n{all_parts[heading].strip()}\n" for heading in ordered)])


def _row(step: Step) -> tuple[object, ...]:
    kinds = (step.tally.of_kind(kind) for kind in KINDS)
    return (
        step.people,
        f"{step.throughput:.1f}",
        *_times(step.seconds),
        *kinds,
        f"{step.memory / MB:.0f}",
        f"{step.cores:.2f}",
        f"{step.own_cores:.2f}",
        f"{step.other_cores:.2f}",
    )


def _soak_row(soak: Soak, number: int, redis: bool) -> tuple[object, ...]:
    start, end = number / PARTS, (number + 1) / PARTS
    length, took = soak.ended - soak.began, soak.seconds(start, end)
    memory = [f"{soak.memory(start, end, of) / MB:.0f}" for of in ("service", "redis")[: 1 + redis]]
    return (
        f"{start * length / 60:.3g} to {end * length / 60:.3g}",
        f"{len(took) / (length / PARTS):.1f}",
        *_times(took),
        *memory,
    )


def _times(ordered: Sequence[float]) -> list[str]:
    return [f"{1000 * percentile(ordered, percent):.0f}" for percent in (50, 95, 99)]


def _saturation(held: Held) -> Iterable[str]:
    if not held.steps:
        yield "No step fitted into the time."
        return
    best = max(held.steps, key=lambda step: step.throughput)
    how = "The time or the people ended before it was saturated; the most was" if held.stopped_early else "Saturated at"
    people = best.throughput * (REAL_THINKING + percentile(best.seconds, 50))
    yield (
        f"{how} {best.throughput:.1f} answers a second, with {best.people} people. People who take "
        f"{REAL_THINKING:g} s to read and to type could be {people:.0f} at once (calculated)."
    )


def _reasons(tallies: Iterable[Tally]) -> Iterable[str]:
    total = Tally()
    for tally in tallies:
        total.failed.update(tally.failed)
    if total.failed:
        yield f"What went wrong: {'; '.join(total.reasons())}."


def _counts(tally: Tally) -> str:
    return ", ".join(f"{tally.of_kind(kind)} {kind}" for kind in KINDS)
