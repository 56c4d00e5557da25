"""The training messages that both sides learn: as many as asked, spread over files as all messages are."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.settings import ROOT

NLU = ROOT / "data" / "nlu"


def count(folder: Path = NLU) -> int:
    """How many messages there are."""
    return sum(len(_examples(block)) for file in _files(folder) for block in _blocks(file))


def write(target: Path, most: int, folder: Path = NLU) -> int:
    """Writes at most `most` messages, and at least one of each block, into the folder `target`; returns how many.

    They are taken at even distances, so that every topic and language keeps its share.
    """
    share = min(1.0, most / count(folder))
    written = 0
    for file in _files(folder):
        blocks = []
        for block in _blocks(file):
            examples = _examples(block)
            kept = [examples[int(n / share)] for n in range(max(1, int(len(examples) * share)))]
            written += len(kept)
            blocks.append({**block, "examples": _as_given(kept)})
        out = target / file.relative_to(folder)
        out.parent.mkdir(parents=True, exist_ok=True)
        whole = {"version": "3.1", "nlu": blocks}
        text = yaml.dump(whole, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        out.write_text(text, encoding="utf-8")
    return written


def project(target: Path, messages: int) -> int:
    """A copy of what Lantern's model is made from, with so many messages; returns how many there are."""
    from bot.model import TRAINED_FROM

    shutil.rmtree(target, ignore_errors=True)
    for name in TRAINED_FROM:
        if name != "data/nlu":
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, target / name)
    return write(target / "data" / "nlu", messages)


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*/*.yml")))


def _blocks(file: Path) -> list[dict[str, Any]]:
    return list(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"])


def _examples(block: dict[str, Any]) -> list[Any]:
    """Its messages: lines of a list in one text, or a list of texts with metadata."""
    given = block["examples"]
    return [line for line in given.splitlines() if line.strip()] if isinstance(given, str) else list(given)


def _as_given(examples: list[Any]) -> Any:
    return "".join(f"{line}\n" for line in examples) if isinstance(examples[0], str) else examples
