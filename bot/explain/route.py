"""Which rule of `data/rules.yml` a topic falls under."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from actions.knowledge.yaml_file import read_yaml
from bot.settings import ROOT

RULES_FILE = ROOT / "data" / "rules.yml"


def rules_for(topic: str, file: Path = RULES_FILE) -> list[str]:
    """The rules that name `topic`, in the order of the file."""
    return [rule["rule"] for rule in read_yaml(file)["rules"] if topic in _intents(rule["steps"])]


def _intents(steps: list[dict[str, Any]]) -> Iterator[str]:
    for step in steps:
        if "intent" in step:
            yield step["intent"]
        yield from _intents(step.get("or", []))
