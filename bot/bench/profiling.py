"""Where the time of one turn goes: a table by stage, and a flame graph."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.bench.own import served
from bot.bench.plan import Plan
from bot.bench.process import environment
from bot.bench.serving import Served
from bot.bench.side import rounded
from bot.bench.stages import AGENT, FORWARD, SKIPPED, STAGES, WRITTEN
from bot.bench.users import crowd, one_user
from bot.settings import ROOT

OUTSIDE = "HTTP, sockets, headers"
A_SECOND = 200  # samples of the flame graph
_PLACES = (sysconfig.get_paths()["purelib"], sysconfig.get_paths()["stdlib"], str(ROOT))


def stages(models: Path, plan: Plan, sent: Sequence[str]) -> dict[str, Any]:
    """Milliseconds a turn of each part, and the share of each; one user, nobody else."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "stages.json"
        told = {WRITTEN: str(written), SKIPPED: str(1 + plan.warm_turns)}  # one is asked while it starts
        with _told(told), served(models, module="bot.bench.stages") as bot:
            turns = plan.runs * plan.turns
            heard = asyncio.run(one_user(bot, turns, plan.warm_turns, sent))
        counted = json.loads(written.read_text(encoding="utf-8"))
    turns_counted = counted["calls"][AGENT]
    each = {part: 1000 * counted["seconds"].get(part, 0.0) / turns_counted for part in STAGES}
    inside, whole = sum(each.values()), 1000 * sum(heard.seconds) / len(heard.seconds)
    each[OUTSIDE] = max(0.0, whole - inside)
    return {
        "turns": turns,
        "turn_ms": rounded(whole),
        "beyond_the_forward_pass_ms": rounded(whole - each[FORWARD]),
        "parts": {part: rounded(took) for part, took in sorted(each.items(), key=lambda one: -one[1])},
    }


def flame_graph(models: Path, plan: Plan, sent: Sequence[str], target: Path) -> str:
    """Writes the flame graph to `target`; why there is none, where py-spy is missing or may not look."""
    program = shutil.which("py-spy", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if not program:
        return "py-spy is not installed (`uv sync` brings it)"
    with served(models) as bot, tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "flame.svg"
        seconds = max(2, round(plan.seconds))
        command = [program, "record", "--pid", str(bot.pids[0]), "--duration", str(seconds), "--rate", str(A_SECOND)]
        command += ["--format", "flamegraph", "--output", str(drawn)]
        with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as spying:  # noqa: S603
            _talk_meanwhile(bot, seconds, sent)
            output = spying.communicate()[0].decode(errors="replace")
        if not drawn.exists():
            return f"py-spy could not look: {output.strip()[-200:]}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_without_places(drawn.read_text(encoding="utf-8")), encoding="utf-8")
    return ""


def _talk_meanwhile(bot: Served, seconds: float, sent: Sequence[str]) -> None:
    asyncio.run(crowd(bot, 1, seconds, sent))


def _without_places(svg: str) -> str:
    """`svg` without where things are on this machine."""
    for place in _PLACES:
        svg = svg.replace(f"{place}/", "")
    return re.sub(r"(?<=[( ])/[\w./-]+/(?=[\w-]+\.py)", "", svg)


@contextmanager
def _told(given: Mapping[str, str]) -> Iterator[None]:
    """Environment variables for the processes that start within the context."""
    os.environ.update(given)
    try:
        yield
    finally:
        for name in given:
            del os.environ[name]
