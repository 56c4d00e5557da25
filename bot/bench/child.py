"""Runs one of the measurements that need Lantern inside their own process: `python -m bot.bench.child NAME JSON`.

A fresh process each, so that memory is that measurement's alone and the parent loads no Rasa.
"""

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.bench.process import environment
from bot.bench.wrong import CannotBench
from bot.settings import ROOT

CHILDREN = {  # name -> module with a function `measure(**given)`, whose result can be written as JSON
    "texts": "bot.bench.texts",
    "sessions": "bot.bench.growth.sessions",
    "services": "bot.bench.growth.services",
    "languages": "bot.bench.growth.languages",
    "length": "bot.bench.growth.length",
}


def in_child(name: str, given: Mapping[str, Any], settings: Mapping[str, str], folder: Path = ROOT) -> Any:
    """What `measure(**given)` of the child returns.

    Args:
        settings: of Lantern's, for the child: "LANTERN_MODELS" and the like.
        folder: the project that it runs in.

    Raises:
        CannotBench: it failed.
    """
    with tempfile.NamedTemporaryFile(suffix=".json") as written:
        command = [sys.executable, "-m", "bot.bench.child", name, json.dumps(given), written.name]
        done = subprocess.run(  # noqa: S603
            command, cwd=folder, env=environment(**settings), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise CannotBench(f"Measuring {name} failed: {(done.stderr or done.stdout)[-800:].strip()}")
        return json.loads(Path(written.name).read_text(encoding="utf-8"))


def main() -> None:
    """What the child does."""
    name, given, written = sys.argv[1:]
    result = importlib.import_module(CHILDREN[name]).measure(**json.loads(given))
    Path(written).write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
