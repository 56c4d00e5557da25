"""A copy of the project that speaks more languages: Spanish again, under codes that Lantern does not speak yet."""

import shutil
from pathlib import Path

from bot.settings import ROOT

COPIED, OTHERS = "es", ("de", "fr", "pt", "ru", "vi", "tl", "ar")


def project(target: Path, most: int) -> None:
    """Makes the copy, without training messages, so that it speaks `most` languages."""
    shutil.rmtree(target, ignore_errors=True)
    for name in ("actions", "bot"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", target / "data", ignore=shutil.ignore_patterns("nlu"))
    data = target / "data"
    spoken = 1 + sum(1 for _ in (data / "translations").glob("*/language.yml"))
    for code in OTHERS[: max(0, most - spoken)]:
        shutil.copytree(data / "translations" / COPIED, data / "translations" / code)
        shutil.copy(data / "lexicon" / f"{COPIED}.yml", data / "lexicon" / f"{code}.yml")
        shutil.copy(data / "safety" / f"gate.{COPIED}.yml", data / "safety" / f"gate.{code}.yml")
