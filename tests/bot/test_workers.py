"""Several processes on one socket: killed, changed and ended while people talk."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.monthly import files
from tests.browser.served import free_port

ROOT = Path(__file__).parents[2]


class Running:
    """A parent and its workers."""

    def __init__(self, process: subprocess.Popen[str], port: int, metrics: int) -> None:
        self.process, self.metrics = process, metrics
        self.url = f"http://127.0.0.1:{port}"

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(child) for child in children.split()]

    def wait_for(self, true) -> None:
        for _ in range(200):
            if true():
                return
            time.sleep(0.05)
        raise AssertionError("it did not come to that in 10 seconds")


@contextmanager
def running(workers: int, redis_url: str, counts: str = "") -> Iterator[Running]:
    port, metrics = free_port(), free_port()
    command = [sys.executable, "-m", "tests.served_by_workers"]
    command += [f"127.0.0.1:{port}", str(workers), redis_url, f"127.0.0.1:{metrics}", counts]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Running(process, port, metrics)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@pytest.fixture
def service(redis_server) -> Iterator[Running]:
    with running(2, redis_server.url) as service:
        yield service


async def talk_for(url: str, seconds: float, people: int = 4) -> list[int]:
    """Statuses of what `people` asked, each after the other's answer, on a new connection each time."""
    until = time.monotonic() + seconds
    statuses: list[int] = []

    async def one() -> None:
        talk = ""
        while time.monotonic() < until:
            asked = {"talk": talk, "text": "oregon"}
            new = aiohttp.ClientSession(headers={"Connection": "close"})
            async with new as http, http.post(f"{url}/talk", json=asked) as answer:
                statuses.append(answer.status)
                talk = (await answer.json())["talk"]

    await asyncio.gather(*(one() for _ in range(people)))
    return statuses


async def test_a_killed_worker_is_started_again_and_the_other_goes_on(service):
    before = service.workers
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    await asyncio.sleep(0.1)
    assert set(await talk_for(service.url, 1)) == {200}
    service.wait_for(lambda: len(service.workers) == 2)
    assert before[0] not in service.workers


async def test_a_new_model_takes_over_without_a_lost_turn(service):
    before = service.workers
    talking = asyncio.create_task(talk_for(service.url, 3))
    await asyncio.sleep(0.3)
    service.process.send_signal(signal.SIGHUP)
    statuses = await talking
    assert set(statuses) == {200}
    await asyncio.to_thread(service.wait_for, lambda: not set(before) & set(service.workers))
    assert len(service.workers) == 2


async def test_asked_to_end_it_answers_what_was_asked_and_ends(service):
    talking = asyncio.create_task(talk_for(service.url, 0.5))
    await asyncio.sleep(0.2)
    await talking
    before = time.monotonic()
    service.process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(service.process.wait, 12) == 0
    assert time.monotonic() - before < 11
    with pytest.raises(aiohttp.ClientError):
        await talk_for(service.url, 0.1, people=1)


async def test_one_worker_shows_the_counts_of_all(service):
    await talk_for(service.url, 1.0)
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{service.metrics}/metrics") as answer:
        assert answer.status == 200
        assert "# EOF" in await answer.text()


async def test_no_talk_that_was_counted_for_the_month_is_lost_with_a_worker(redis_server, tmp_path):
    folder = tmp_path / "counts"
    with running(2, redis_server.url, str(folder)) as service:
        talks = len(await begin_talks(service.url, 30))
        for worker in service.workers:
            os.kill(worker, signal.SIGKILL)
        await asyncio.sleep(0.1)
        service.wait_for(lambda: len(service.workers) == 2)
        talks += len(await begin_talks(service.url, 25))
        assert not list(folder.iterdir())  # the first hour is not over
    (file,) = folder.iterdir()
    month = file.name[:7]
    counts = files.read([folder], month).counts
    assert talks == 55 and counts == {"talks": 50, "channel:web": 50, "language:en": 50, "messages": 50}


async def test_one_process_keeps_the_month_too(tmp_path):
    folder = tmp_path / "counts"
    with running(1, "", str(folder)) as service:
        assert len(await begin_talks(service.url, 12)) == 12
    (file,) = folder.iterdir()
    assert files.read([folder], file.name[:7]).counts["talks"] == 10


async def begin_talks(url: str, number: int) -> list[int]:
    """Each a talk of its own, on a connection of its own."""
    statuses = []
    for _ in range(number):
        new = aiohttp.ClientSession(headers={"Connection": "close"})
        async with new as http, http.post(f"{url}/talk", json={"talk": "", "text": "oregon"}) as answer:
            statuses.append(answer.status)
    assert set(statuses) == {200}
    return statuses


async def test_a_thousand_idle_connections_do_not_keep_anybody_out(service):
    port = int(service.url.rpartition(":")[2])
    idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(1000)]
    try:
        assert set(await talk_for(service.url, 0.5)) == {200}
    finally:
        for _, writer in idle:
            writer.close()


async def test_redis_killed_and_back_under_load(service, redis_server):
    async def statuses() -> set[int]:
        found = set()
        for _ in range(6):
            async with aiohttp.ClientSession() as http, http.get(f"{service.url}/health/ready") as answer:
                found.add(answer.status)
        return found

    assert await statuses() == {200}
    redis_server.kill()
    assert await statuses() == {503}
    redis_server.start()
    assert await statuses() == {200}
