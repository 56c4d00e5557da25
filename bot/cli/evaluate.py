"""`lantern evaluate`: how well messages are understood, as `docs/evaluation.md` or for any labelled file."""

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from actions.knowledge.library import library
from bot.cli.common import CannotRun, Commands, add_command, load, run, settings
from bot.settings import ROOT

if TYPE_CHECKING:
    from bot.agent import Lantern
    from bot.evaluation.report import Measured

PAGE = ROOT / "docs" / "evaluation.md"
SETS = {  # file -> where its messages come from
    "public_en": "what real people wrote in public, shortened, with their source; one labeller, a model. Two more, who "
    "did not see those labels, put one of the accepted topics first in 97.6 and 97.9 % of them",
    "public_2_en": "the same, from other posts; four in ten are ordinary law and life, out of scope; two labellers",
    "public_3_en": "sentences taken by chance from yet other posts; seven in ten are out of scope; two labellers",
    "strangers_en": "written to this topic list by someone who had not seen the training messages",
    "understanding_en": "the same, earlier and shorter",
    "fresh_en": "the same, latest, with 70 crises, half of them told indirectly; no message was written against it",
    "gate_held_out_en": "crises and look-alikes, written blind; nothing was written against it, but one threshold "
    "was chosen on it too",
    "red_team_en": "crises, look-alikes, buyers, abusers, typos and injections, written without sight of the gate",
    "strangers_es": "Spanish as written in the United States, like strangers_en",
    "after_posts_es": "Spanish written after English forum posts, in their roundabout way",
    "red_team_es": "crises and look-alikes in Spanish, written without sight of the gate",
    "strangers_zh": "Chinese as written in the United States, like strangers_en",
    "after_posts_zh": "the same in Chinese",
    "red_team_zh": "crises and look-alikes in Chinese, written without sight of the gate",
    "strangers_ko": "Korean as written in the United States, like strangers_en",
    "after_posts_ko": "the same in Korean",
    "red_team_ko": "crises and look-alikes in Korean, written without sight of the gate",
}
SCRIPTS = ROOT / "tests" / "conversations" / "scripts"


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "measure understanding on our own sets and write docs/evaluation.md, or on labelled files and print it"
    parser = add_command(commands, "evaluate", about, _run)
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="YAML list of {text, label, alt_labels?, lang?, crisis?}"
    )


def _run(options: argparse.Namespace) -> int:
    for file in options.files:
        if not file.exists():
            raise CannotRun(f"There is no file {file}.")
    run(_evaluate(options.files))
    return 0


async def _evaluate(files: list[Path]) -> None:
    from bot.evaluation.report import Page

    lantern = load(settings(), train_if_needed=True)
    page, console = Page(), Console(highlight=False, soft_wrap=True)
    if files:
        from bot.evaluation import report

        measured = [await _measure(lantern, file, "") for file in files]
        report.sets(page, measured)
        report.languages(page, [h for m in measured for h in m.heard])
        report.gate(page, measured)
        report.topics(page, [h for m in measured for h in m.heard])
        console.print(page.text(), markup=False)
        return
    await _write_page(lantern, page)
    PAGE.write_text(page.text(), encoding="utf-8")
    console.print(f"Written: {PAGE.relative_to(ROOT)}")


async def _write_page(lantern: "Lantern", page: "Page") -> None:  # type: ignore[name-defined]  # noqa: F821
    from bot.evaluation import by_text, report
    from bot.evaluation.comparison import table
    from bot.evaluation.conversations import hold, in_all_languages, otherwise, read_script

    measured = [await _measure(lantern, ROOT / "tests" / "data" / f"{name}.yml", about) for name, about in SETS.items()]
    page.say(
        "# How well Lantern understands",
        f"Written by `make evaluate` on {dt.date.today()}; nothing here is typed by hand. `make evaluate FILE=…` gives "
        "the same for any file of labelled messages. Percent, unless it says otherwise. A topic is right if the label "
        "or an accepted alternative is first; a confident wrong answer is a wrong topic answered without asking.",
        "## The sets",
        "\n".join(f"- `{m.name}`: {m.about}" for m in measured),
    )
    report.sets(page, measured)
    page.say("## By language")
    report.languages(page, [h for m in measured for h in m.heard])
    page.say(
        "## The safety gate", "A crisis is caught when the crisis answer is given; a quiet message must not get one."
    )
    report.gate(page, measured)
    page.say("## The red-team set by kind")
    report.kinds(page, next(m.heard for m in measured if m.name == "red_team_en"))
    page.say("## Whole conversations")
    files = sorted(SCRIPTS.glob("*.yml"))
    scripts = [script for file in files for script in in_all_languages(read_script(file))]
    held = [(script, await hold(lantern, script)) for script in scripts]
    failed = {script.title: wrong for script, exchanges in held if (wrong := otherwise(script, exchanges))}
    page.say(f"{len(scripts) - len(failed)} of {len(scripts)} scripted conversations went as written.")
    page.say(*(f"- {title}: {'; '.join(wrong)}" for title, wrong in failed.items()))
    page.say("## By text message")
    in_english = {file.stem for file in files}
    talks = [
        by_text.Talk.of((turn["user"] for turn in script.turns), exchanges)
        for script, exchanges in held
        if script.name in in_english
    ]
    by_text.section(page, talks, [*by_text.useful_answers(library(), dt.date.today())])
    page.say("## Pipelines compared")
    table(page)
    page.say("## By topic", "All sets but the red teams together.")
    report.topics(page, [h for m in measured if not m.name.startswith("red_team") for h in m.heard])


async def _measure(lantern: "Lantern", file: Path, about: str) -> "Measured":
    from bot.evaluation.measures import Heard
    from bot.evaluation.messages import read
    from bot.evaluation.report import Measured
    from bot.evaluation.typos import with_slips

    messages = read(file)
    heard = [Heard(message, await lantern.parse(message.text)) for message in messages]
    slipped = [Heard(message, await lantern.parse(with_slips(message.text))) for message in messages]
    return Measured(file.stem, about, heard, slipped)
