"""A bot that answers over HTTP, whichever it is: how a turn is asked for, and until when it starts."""

import json
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.bench.process import said
from bot.bench.wrong import CannotBench
from bot.load.processes import cpu_seconds, memory

TRY_EVERY = 0.05  # seconds
PATIENCE = 60.0  # for one answer while it starts
A_MESSAGE = "i need a lawyer"


@dataclass(frozen=True)
class Dialect:
    """How a bot is talked with: one POST of JSON a turn.

    Attributes:
        path: where turns are posted.
        begin: what stands for a talk that has not begun.
        asked: (talk, message) -> what is posted.
        heard: (talk, what came back) -> the talk for the next turn. Raises `ValueError` where nothing was said.
    """

    path: str
    begin: Callable[[], str]
    asked: Callable[[str, str], dict[str, str]]
    heard: Callable[[str, Any], str]


def _heard_widget(_talk: str, answer: Any) -> str:
    if not answer["answer"]["lines"]:
        raise ValueError("nothing was said")
    return str(answer["talk"])


def _heard_rest(talk: str, answers: Any) -> str:
    if not any(answer.get("text") for answer in answers):
        raise ValueError("nothing was said")
    return talk


WIDGET = Dialect("/talk", lambda: "", lambda talk, text: {"talk": talk, "text": text}, _heard_widget)
REST = Dialect(
    "/webhooks/rest/webhook",
    lambda: secrets.token_hex(16),
    lambda talk, text: {"sender": talk, "message": text},
    _heard_rest,
)


@dataclass(frozen=True)
class Served:
    """A bot that answers at `url`; `pids` are the roots of its process trees, a Redis not among them."""

    url: str
    pids: tuple[int, ...]
    dialect: Dialect

    def memory(self) -> int:
        """Resident bytes of all its processes, pages that they share counted once."""
        return sum(map(memory, self.pids))

    def cpu_seconds(self) -> float:
        """Processor time of all its processes so far."""
        return sum(map(cpu_seconds, self.pids))

    def answers(self) -> bool:
        """Asks once, in a talk of its own: True where something was said."""
        asked = json.dumps(self.dialect.asked(self.dialect.begin(), A_MESSAGE)).encode()
        request = urllib.request.Request(  # noqa: S310  our own address
            self.url + self.dialect.path, asked, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310
                self.dialect.heard("", json.load(response))
        except (OSError, urllib.error.URLError, ValueError, KeyError):
            return False
        return True


def until_it_answers(bot: Served, process: subprocess.Popen[bytes], printed: Path, seconds: float) -> None:
    """Waits for the first answer. Raises `CannotBench` where none comes in time."""
    until = time.monotonic() + seconds
    while not bot.answers():
        if process.poll() is not None or time.monotonic() > until:
            raise CannotBench(f"It did not answer within {seconds:.0f} s: {said(printed)}")
        time.sleep(TRY_EVERY)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
