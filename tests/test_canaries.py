"""Nothing of what a person wrote is left: the service is run as operators run it, at DEBUG, and everything is searched.

Unlikely words, a name, a telephone number and an address go through every channel and every way of failing, with Redis
and two workers, and without; workers are killed, the service is ended and started again. Afterwards logs, standard
streams, every file written, every key and value in Redis, the counts and the error pages are searched for any of it.
"""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from twilio.request_validator import RequestValidator

from bot.monthly.cells import is_cell
from bot.settings import ROOT
from tests.browser.served import free_port

NAME, NUMBER, ADDRESS, WORD = "Zebulon Quackenbush", "+15552019988", "198.51.100.77", "xylocarp"
CANARIES = re.compile(r"zebulon|quackenbush|2019988|201-998|198\.51\.100\.77|xylocarp", re.IGNORECASE)
SAID = f"my name is {NAME} call me at 555-201-9988 can i be arrested for {WORD} if i report in oregon"
TOKEN, PUBLIC = "0123456789abcdef0123456789abcdef", "https://chat.example.org"


class Service:
    """`lantern serve` in a folder of its own; `streams` is everything it printed."""

    def __init__(self, folder: Path, redis_url: str | None) -> None:
        self.folder, self.port, self.metrics = folder, free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.streams = folder / "streams"
        home, temporary = folder / "home", folder / "tmp"
        for made in (home, temporary):
            made.mkdir()
        own = {name: value for name, value in os.environ.items() if not name.startswith("LANTERN_")}
        self._environment = own | {
            "HOME": str(home),
            "TMPDIR": str(temporary),
            "LANTERN_LOG_LEVEL": "DEBUG",
            "LANTERN_SECRET": "only for these tests",
            "LANTERN_TWILIO_TOKEN": TOKEN,
            "LANTERN_PUBLIC_URL": PUBLIC,
            "LANTERN_PROXIES": "1",
            "LANTERN_OPTOUTS": str(folder / "optouts"),
            "LANTERN_REPORTS": str(folder / "reports.json"),
            "LANTERN_SWITCHES": str(folder / "switches.yml"),
            "LANTERN_COUNTS": str(folder / "counts"),
            "LANTERN_METRICS": f"127.0.0.1:{self.metrics}",
        }
        if redis_url:
            self._environment |= {"LANTERN_REDIS_URL": redis_url, "LANTERN_WORKERS": "2"}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.streams.open("ab") as streams:
            command = [sys.executable, "-m", "bot.cli", "serve", "--port", str(self.port)]
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=streams, stderr=subprocess.STDOUT
            )
        said = self.streams.read_text().count("Lantern answers on")
        for _ in range(1200):
            if self.streams.read_text().count("Lantern answers on") > said or self._process.poll() is not None:
                break
            time.sleep(0.1)
        assert self._process.poll() is None, self.streams.read_text()

    def end(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(20) == 0

    def kill_a_worker(self) -> None:
        assert self._process
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        if children:
            os.kill(int(children[0]), signal.SIGKILL)


@pytest.fixture(scope="module", params=["redis and two workers", "one process"])
def service(request, lantern, tmp_path_factory) -> Iterator[Service]:
    """`lantern` is asked for so that the model is there."""
    redis_url = None
    if request.param != "one process":
        from tests.redis_server import PROGRAM, RedisServer

        if not PROGRAM:
            pytest.skip("redis-server is not installed")
        redis = RedisServer(tmp_path_factory.mktemp("redis"))
        redis.start()
        request.addfinalizer(redis.kill)
        redis_url = redis.url
    service = Service(tmp_path_factory.mktemp("service"), redis_url)
    service.redis = redis if redis_url else None  # type: ignore[attr-defined]
    service.start()
    yield service


async def everything_happens(service: Service) -> list[str]:
    """Goes through every channel and every way of failing; returns what came back where nothing may be repeated."""
    seen: list[str] = []
    headers = {"X-Forwarded-For": ADDRESS, "User-Agent": f"phone of {NAME}"}
    async with aiohttp.ClientSession(service.url, headers=headers) as http:

        async def ask(path: str, **given: object) -> str:
            try:
                async with http.post(path, allow_redirects=False, **given) as answer:  # type: ignore[arg-type]
                    return await answer.text(errors="replace")
            except aiohttp.ClientError:  # a worker was killed under it
                return ""

        async def talk(text: str, carried: str) -> str:
            answer = await ask("/talk", json={"talk": carried, "text": text})
            return answer.partition('"talk":"')[2].partition('"')[0]

        carried = await talk(SAID, "")
        rasas_own = f'/ /greet{{"jurisdiction": "{NAME}", "followup": "{WORD}"}}'  # its syntax, as it reads it
        for text in ("texas", f"i want to die {NAME}", "and how much", f"{WORD} " * 200, rasas_own):
            carried = await talk(text, carried)
        await ask("/talk/keep", json={"talk": carried})
        page = await ask("/", data={"text": SAID})
        hidden = re.search(r'name="talk" value="([^"]+)"', page)
        await ask("/", data={"text": f"delete everything {NAME}", "talk": hidden[1] if hidden else ""})
        await ask("/leave", data={"talk": carried, "stay": ""})
        await ask("/leave", data={"talk": NAME})
        # Everything that is refused.
        seen += [await ask(f"/{WORD}", data={"text": SAID})]
        seen += [await ask("/talk", data=f'{{"text": "{SAID}'.encode(), headers={"Content-Type": "application/json"})]
        seen += [await ask("/talk", json=[SAID]), await ask("/talk", data={"text": SAID})]
        seen += [await ask("/", data={"text": WORD * 100_000})]
        seen += [await ask("/sms/twilio", data={"Body": SAID, "From": NUMBER}, headers={"X-Twilio-Signature": "no"})]
        async with http.get(f"/{NAME}?{WORD}={NUMBER}") as answer:
            seen.append(await answer.text())
        # Text messages, signed; the last one twice.
        for text in (SAID, "MORE", f"im 15 and {NAME}", "STOP", "hello", "START", "2", "2"):
            fields = {"From": NUMBER, "To": "+15005550006", "Body": text, "MessageSid": f"SM{WORD}{text[:1]}"}
            signed = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}/sms/twilio", fields)
            await ask("/sms/twilio", data=fields, headers={"X-Twilio-Signature": signed})
        # A crash in the middle of a turn.
        waiting = [asyncio.create_task(talk(SAID, "")) for _ in range(4)]
        await asyncio.sleep(0.02)
        service.kill_a_worker()
        await asyncio.gather(*waiting)
        await asyncio.sleep(2)
        for _ in range(12):  # enough to be counted
            await talk(SAID, "")
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{service.metrics}/metrics") as answer:
        seen.append(await answer.text())
    return seen


@pytest.fixture(scope="module")
def left(service) -> tuple[float, list[str]]:
    """When it began, and what came back; in between the service was ended and started again."""
    began = time.time()
    seen = asyncio.run(everything_happens(service))
    service.end()
    service.start()
    seen += asyncio.run(everything_happens(service))
    return began, seen


def test_errors_and_counts_repeat_nothing(left):
    _, seen = left
    assert len(seen) > 12
    assert [text[:200] for text in seen if CANARIES.search(text)] == []


def test_what_it_printed_at_debug_holds_nothing(service, left):
    printed = service.streams.read_text()
    assert "A worker ended unasked" in printed or service.redis is None
    assert CANARIES.findall(printed) == []


def test_no_file_holds_anything(service, left):
    began, _ = left
    folders = [service.folder, ROOT, Path("/dev/shm")]
    skipped = {".git", ".venv", ".uv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "models"}
    for folder in folders:
        for file in folder.rglob("*"):
            if skipped & set(file.relative_to(folder).parts) or not file.is_file() or file.stat().st_mtime < began:
                continue
            if file.suffix in (".py", ".pyc", ".md"):  # this file itself, while it is being written
                continue
            assert not CANARIES.search(f"{file.name} {file.read_bytes().decode(errors='replace')}"), file


def test_counts_of_the_month_hold_whole_tens_of_our_own_names(service, left):
    files = list((service.folder / "counts").iterdir())
    assert files
    for file in files:
        counts = json.loads(file.read_text())["counts"]
        assert "place:OR" in counts and "channel:web" in counts
        assert all(is_cell(name) and count % 10 == 0 for name, count in counts.items())


def test_redis_holds_nothing_and_everything_in_it_has_a_time_to_live(service, left):
    if service.redis is None:
        pytest.skip("there is no Redis in this one")
    client, kept = service.redis.client(), service.redis.everything()
    assert any(b"talk:" in key for key in kept) and any(b"optout" not in key for key in kept)
    for key, value in kept.items():
        assert not CANARIES.search(f"{key.decode()} {value.decode(errors='replace')}"), key
        assert client.ttl(key) > 0, key


def test_no_core_is_dumped(service, left):
    limits = Path(f"/proc/{service._process.pid}/limits").read_text()
    assert re.search(r"Max core file size\s+0\s+0", limits)
    assert not list(service.folder.rglob("core*"))


def test_in_the_end_it_ends(service, left):
    service.end()
