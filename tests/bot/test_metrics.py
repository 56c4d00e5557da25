"""Counts, and nothing that could be somebody."""

import subprocess
import sys
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer

from bot.agent import SAID_NOTHING
from bot.metrics import FEWEST, Counts, application
from bot.settings import ROOT
from bot.turn import Exchange, Turn, Understanding
from tests.browser.served import STATE

CANARY = "canary featherstone"


def count(counts: Counts, times: int, topic: str, gate: str | None = None) -> None:
    for _ in range(times):
        understood = Understanding(topic, 0.9, gate=gate, because=CANARY, entities=({"value": CANARY},))
        counts.answered(Turn(CANARY, CANARY, "sms"), Exchange(understood, STATE))


def test_few_are_not_shown():
    counts = Counts()
    count(counts, FEWEST - 1, "need_shelter")
    count(counts, FEWEST, "immunity_reporting", "danger")
    text = counts.text()
    assert "need_shelter" not in text
    assert 'lantern_turns_total{channel="sms",language="en",topic="immunity_reporting"} 10.0' in text
    assert 'lantern_alarms_total{kind="danger"} 10.0' in text


def test_nobody_is_in_them():
    counts = Counts()
    count(counts, 20, "privacy")
    assert "canary" not in counts.text().lower()


def test_no_time_tells_when_somebody_came_first():
    counts = Counts()
    count(counts, 20, "privacy")
    assert "_created" not in counts.text()


def test_they_move_in_steps_of_ten():
    """Or who asks every few seconds sees when somebody came."""
    counts, seen = Counts(), set()
    for _ in range(35):
        count(counts, 1, "privacy", "danger")
        seen |= {line.split()[-1] for line in counts.text().splitlines() if line.startswith("lantern_")}
    assert seen == {"10.0", "20.0", "30.0"}


def test_what_the_months_are_counted_from_is_not_shown():
    counts = Counts()
    for _ in range(50):
        counts.add(["place:OR", "talks"])
    assert counts.cells() == {"place:OR": 50, "talks": 50}
    assert "place" not in counts.text() and "cell" not in counts.text()


def test_the_folder_of_several_workers_goes_with_the_service():
    """What is in it is exact."""
    program = (
        "import os; from bot.metrics import SHARED, Counts, cells_of_workers, share_between_workers as share; share();"
        "Counts().add(['talks']); print(os.environ[SHARED], len(os.listdir(os.environ[SHARED])), cells_of_workers())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    folder, files, counted = done.stdout.split(maxsplit=2)
    assert int(files) > 0 and counted.strip() == "{'talks': 1}"
    assert not Path(folder).exists()


async def test_they_are_on_an_address_of_their_own(new_client):
    client = await new_client()
    assert (await client.get("/metrics")).status == 404
    counts = Counts()
    for _ in range(FEWEST):
        counts.answered(Turn("hi", "a"), Exchange(SAID_NOTHING, STATE))
        counts.failed(429)
    async with TestClient(TestServer(application(counts))) as operator:
        text = await (await operator.get("/metrics")).text()
    assert 'lantern_failed_total{status="429"} 10.0' in text
