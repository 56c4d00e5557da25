"""Two months of simulated talks, for docs/reporting.md: python -m tests.bot.monthly.simulated writes them into it."""

import random
import re
import tempfile
from collections import Counter
from pathlib import Path

from actions.knowledge.library import library
from bot.monthly import files
from bot.monthly.report import Report, make_report
from bot.settings import ROOT

PAGE = ROOT / "docs" / "reporting.md"
BLOCK = re.compile(r"(<!-- simulated -->\n```\n).*?(```\n)", re.DOTALL)
TOPICS = {
    "immunity_reporting": 20, "rights_police_stop": 12, "expunge_eligibility": 11, "need_legal_help": 9,
    "need_shelter": 8, "need_hotline": 6, "t_visa_u_visa": 5, "crisis_suicide": 2, "crisis_danger": 3,
    "minor_disclosure": 1, "need_health": 3, "greet": 18, "privacy": 5, "language_switch": 2,
}  # fmt: skip
PLACES = {"": 40, "CA": 18, "NY": 12, "TX": 9, "OR": 7, "IL": 4, "WY": 1}  # "": none was named
LANGUAGES = {"en": 78, "es": 15, "zh": 5, "ko": 2}
CHANNELS = {"web": 88, "sms": 12}
GATES = {"crisis_suicide": "suicide", "crisis_danger": "danger", "minor_disclosure": "minor"}
UNANSWERED = {"": 88, "unanswered:asked": 7, "unanswered:out_of_scope": 3, "unanswered:not_known": 2}


def run_of(talks: int, dice: random.Random) -> Counter[str]:
    """What one run of the service counts in so many talks."""

    def one(weights: dict[str, int]) -> str:
        return dice.choices([*weights], [*weights.values()])[0]

    counts: Counter[str] = Counter()
    for _ in range(talks):
        topics = {one(TOPICS) for _ in range(dice.randint(1, 4))}
        cells = {"talks", f"channel:{one(CHANNELS)}", f"language:{one(LANGUAGES)}", f"place:{one(PLACES)}"}
        counts.update(cells - {"place:"} | {f"topic:{topic}" for topic in topics})
        counts.update(f"gate:{GATES[topic]}" for topic in sorted(topics & set(GATES)))
        for _ in range(dice.randint(1, 8)):
            counts.update({"messages", one(UNANSWERED)} - {""})
    counts["wrong_numbers"] += talks // 60
    return counts


def simulated() -> Report:
    """The report on October, beside September; the service was started twice in October."""
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, (month, talks, hours) in enumerate(
            [("2026-09", 310, 720), ("2026-10", 270, 500), ("2026-10", 160, 243)]
        ):
            files.write(folder / f"{month}-{number:08x}.json", run_of(talks, dice), hours)
        return make_report(files.read([folder], "2026-10"), files.read([folder], "2026-09"), library())


if __name__ == "__main__":
    from bot.monthly.showing import as_text

    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(BLOCK.sub(lambda m: f"{m[1]}{as_text(simulated())}{m[2]}", text), encoding="utf-8")
