"""`docs/benchmarks.md`, out of the figures of `docs/benchmarks.yml`: nothing on it is typed by hand but the reasons."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.bench import ratios
from bot.bench.growth import report as growth
from bot.bench.run import FLAME
from bot.bench.unmet import reasons
from bot.evaluation.report import Page

HEAD = (
    "# Fast and small",
    "Written by `make bench` (under 45 minutes on two cores); nothing here is typed by hand but the reasons. The "
    "numbers are in [benchmarks.yml](benchmarks.yml), and `lantern bench --page` writes this page from them again. "
    "`lantern bench --only growth` (or `beside`, `profile`, `tiny`) measures one part; `--quick` shows in a few "
    "minutes that all of it runs.",
)


def page(figures: Mapping[str, Any], charts: Path, beside: str) -> str:
    """The page; its charts are written into `charts`, which it calls `beside`."""
    made = Page()
    made.say(*HEAD)
    charts.mkdir(parents=True, exist_ok=True)
    if "beside" in figures:
        _compared(made, figures["beside"])
    if "profile" in figures:
        _profiled(made, figures["profile"], beside)
    if "growth" in figures:
        growth.section(made, figures["growth"], charts, beside)
    if "tiny" in figures:
        _tiny(made, figures["tiny"])
    return made.text()


def _compared(made: Page, found: Mapping[str, Any]) -> None:
    made.say("## Beside stock Rasa", _when(found))
    rows = [*ratios.targets(found), *ratios.others(found)]
    made.table(
        ("Lantern : stock", "target", "ratio", "met", "with all messages", "Lantern", "stock"),
        ((r.what, r.target, r.ratio, r.met, r.with_all, r.lantern, r.stock) for r in rows),
    )
    made.say(*reasons(rows))
    stock, own = found["stock"], found["lantern"]
    made.say(
        f"Both learned the same {found['messages']:,} messages in four languages (of {found['all_messages']:,}, every "
        "topic and language with its share), the same rules and the same stories. “With all messages” is Lantern after "
        "learning all of them, against stock after the sample.",
        f"**Stock** is Rasa 3.6.21 as published, with all its published dependencies, on Python {stock['python']}: the "
        f"`config.yml` of `rasa init` {_how_configured(found['epochs'])}, `rasa run` with the REST "
        "channel and `rasa run actions` beside it. Its actions pick a text out of a dictionary, the same texts that "
        f"Lantern says; Lantern's own look up law and services. **Lantern** is `lantern serve` on Python "
        f"{own['python']}, asked at `/talk` as the widget asks. Several workers have a Redis, which is not counted.",
        "Memory is that of the whole process tree, pages that several processes share counted once (PSS). Processor "
        "time is that of the tree too. The people who talk run on the same two cores. Each installation is made twice "
        "and the second is timed: files come from uv's cache and are copied, so no network is measured.",
    )
    made.say("### Under load")
    made.table(ratios.LOAD_HEADER, ratios.load_rows(found))
    made.say("### What a phone fetches", "Bytes, gzipped.")
    made.table(("what", "bytes"), ratios.page_rows(found["pages"]))


def _profiled(made: Page, found: Mapping[str, Any], beside: str) -> None:
    made.say("## Where the time of a turn goes", _when(found))
    whole = found["turn_ms"]
    rows = ((part, f"{ms:.2f}", f"{ms / whole:.0%}") for part, ms in found["parts"].items())
    made.table(("part", "ms a turn", "share"), rows)
    made.say(
        f"{whole:.1f} ms a turn on average over {found['turns']} turns of one user. The pipeline runs once in each: "
        "for the message, the sentences of a long one, the parts of a double question; the encoder reads each of them "
        f"by itself. Beyond the encoder it is {found['beyond_the_forward_pass_ms']:.1f} ms, where 3 ms are "
        "the target. Each part is without the parts within it; the clocks around them are part of what is measured."
    )
    if found["no_flame_graph"]:
        made.say(f"There is no flame graph: {found['no_flame_graph']}.")
    else:
        made.say(f"![Flame graph of one user's turns]({beside}/{FLAME})")


def _tiny(made: Page, found: Mapping[str, Any]) -> None:
    asked = found["asked"]
    made.say("## A tiny host", _when(found))
    tries = {found["asked_mb"]: asked}
    if "smallest" in found:
        tries[found["smallest_mb"]] = found["smallest"]
    columns = ("first_answer_seconds", "p50_ms", "p95_ms", "turns_a_second", "memory_mb", "peak_mb")
    made.table(
        ("MB allowed", "first answer, s", "p50, ms", "p95, ms", "turns a second", "memory, MB", "most, MB"),
        ((f"{allowed}", *(_number(one.get(c)) for c in columns)) for allowed, one in tries.items()),
    )
    made.say(f"One core at {found['share_of_a_core']:.0%} of its speed. Enforced by {asked['enforced_by']}.")
    if "failed_because" in asked:
        made.say(f"With {found['asked_mb']} MB it does not run: {asked['failed_because']}")
    elif "smallest" in found:
        made.say(
            f"The smallest that works is {found['smallest_mb']} MB; with {found['too_small_mb']} MB it does not start, "
            "or answers too slowly. “Most” counts files too, which Linux keeps in memory while there is room."
        )


def _how_configured(epochs: int | None) -> str:
    if epochs:
        return f"with {epochs} epochs, to see quickly whether all of this runs (its training time says nothing)"
    return "untouched (so Rasa's default pipeline and policies)"


def _when(found: Mapping[str, Any]) -> str:
    return f"Measured on {found['measured_on']} in {found['minutes']:g} minutes: {found['machine']}."


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}"
