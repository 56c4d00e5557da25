"""`lantern serve`, started by the measurement itself on loopback, with a Redis of its own where it needs one."""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.load.processes import end
from bot.load.wrong import CannotLoad
from bot.settings import PREFIX, ROOT

IDLE_MINUTES = 1  # as short as the settings allow, so that forgetting happens within the measurement
START_SECONDS = 180.0
END_SECONDS = 20.0
PUBLIC_URL = "https://chat.example.org"
REDIS = "redis-server"
_ADDRESS = re.compile(r"Lantern answers on (http://\S+?)/ ")


@dataclass(frozen=True)
class Arrangement:
    """How the service runs."""

    title: str
    workers: int
    redis: bool


ARRANGEMENTS: Mapping[str, Arrangement] = {
    "one": Arrangement("one worker", 1, redis=False),
    "two": Arrangement("two workers with Redis", 2, redis=True),
    "one-redis": Arrangement("one worker with Redis", 1, redis=True),
}


@dataclass(frozen=True)
class Running:
    """A service that answers.

    Attributes:
        secret: what it was started with, as `token`.
        printed: file of what it printed; no line holds anybody's words.
    """

    url: str
    pid: int
    redis_pid: int | None
    secret: str
    token: str
    printed: Path = Path(os.devnull)

    def errors(self) -> Counter[str]:
        """The errors it logged, and how often, without their time."""
        lines = self.printed.read_text(errors="replace").splitlines()
        return Counter(line[line.index("ERROR") :] for line in lines if "ERROR" in line)


@contextmanager
def running(
    arrangement: Arrangement,
    models: Path,
    *,
    python: str = "",
    prefix: Sequence[str] = (),
    module: str = "bot.cli",
) -> Iterator[Running]:
    """The service, until the context ends.

    Args:
        python: of another installation than this one.
        prefix: of its command.
        module: what is run in place of the command line, with the same arguments.

    Raises:
        CannotLoad: where it does not start.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lantern-load-")))
        redis = stack.enter_context(_redis(folder)) if arrangement.redis else None
        secret, token = secrets.token_hex(16), secrets.token_hex(16)
        given = {
            "secret": secret,
            "twilio_token": token,
            "public_url": PUBLIC_URL,
            "models": str(models),
            "idle_minutes": str(IDLE_MINUTES),
            "sms_idle_minutes": str(IDLE_MINUTES),
            "optouts": str(folder / "optouts"),
            "reports": str(folder / "reports.json"),
            "counts": "",
            "metrics": "",
            "proxies": "0",  # then people on this machine are not limited
            "workers": str(arrangement.workers),
            "redis_url": f"unix://{folder / 'redis.sock'}" if redis else "",
        }
        printed = folder / "printed"
        command = [*prefix, python or sys.executable, "-m", module, "serve", "--host", "127.0.0.1", "--port", "0"]
        process, url = stack.enter_context(_serve(command, printed, environment(given)))
        yield Running(url, process.pid, redis.pid if redis else None, secret, token, printed)


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """This process's environment, with the settings `given` and no others."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return others | {f"{PREFIX}{name.upper()}": value for name, value in given.items()}


@contextmanager
def _serve(
    command: list[str], printed: Path, settings: Mapping[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with printed.open("wb") as stream, _ended(_start(command, stream, settings)) as process:
        until = time.monotonic() + START_SECONDS
        while not (address := _ADDRESS.search(printed.read_text(errors="replace"))):
            if process.poll() is not None or time.monotonic() > until:
                how = f"not within {START_SECONDS:.0f} s" if process.poll() is None else f"exit {process.returncode}"
                said = printed.read_text(errors="replace")[-500:].strip()
                raise CannotLoad(f"`lantern serve` did not start ({how}): {said or 'it printed nothing'}")
            time.sleep(0.1)
        yield process, address[1]


@contextmanager
def _redis(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis on a socket in `folder` that writes nothing to disk."""
    program, socket = shutil.which(REDIS), folder / "redis.sock"
    if not program:
        raise CannotLoad(f"{REDIS} is not installed.")
    command = [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no"]
    with (folder / "redis").open("wb") as stream, _ended(_start(command, stream, os.environ)) as process:
        until = time.monotonic() + START_SECONDS
        while not socket.exists():
            if process.poll() is not None or time.monotonic() > until:
                raise CannotLoad(f"{REDIS} did not start.")
            time.sleep(0.05)
        yield process


def _start(command: list[str], stream: IO[bytes], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stream, stderr=subprocess.STDOUT)  # noqa: S603


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        end(process, END_SECONDS)
