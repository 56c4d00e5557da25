"""A whole measurement, with the canned service in place of one that is started."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from actions.knowledge.library import library
from bot.load import run, steps
from bot.load.run import Load, Plan
from bot.load.service import ARRANGEMENTS, Running
from bot.load.wrong import CannotLoad
from tests.bot.load.conftest import SECRET, TOKEN


@pytest.fixture
def load(talking, tmp_path, monkeypatch):
    """Makes a measurement of so many seconds; `said` is what it told."""
    said: list[str] = []
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / "one.yml").write_text("title: One\nturns:\n- user: a lawyer in oregon\n")

    @contextmanager
    def canned(_arrangement, _models) -> Iterator[Running]:
        yield Running(str(talking.http._base_url), os.getpid(), None, SECRET, TOKEN)

    monkeypatch.setattr(run, "running", canned)
    monkeypatch.setattr(steps, "SETTLE_SECONDS", 0.1)
    monkeypatch.setattr(steps, "DRAIN_SECONDS", 0.1)

    def make(most_seconds: float = 30.0) -> tuple[Load, list[str]]:
        plan = Plan(scripts, Path(), people=8, seconds=0.3, think=0.05, most_seconds=most_seconds)
        return Load(plan, library(), said.append), said

    return make


async def test_steps_on_two_arrangements_after_one_rehearsal(load):
    one, said = load()
    held = await one.steps([ARRANGEMENTS["one"], ARRANGEMENTS["two"]])
    assert [h.title for h in held] == ["one worker", "two workers with Redis"]
    assert [s.people for s in held[0].steps] == [4, 8]
    assert not any(s.tally.failed for h in held for s in h.steps)
    assert said.count("Rehearsing: everybody talks alone") == 1


async def test_what_is_refused_while_the_service_is_cold_is_told(load, talking, monkeypatch):
    one, said = load()
    real, calls = run.rehearse, []

    async def cold(http, keys, cast):
        calls.append(cast)
        if len(calls) == 2:
            raise CannotLoad("HTTP 503")
        return await real(http, keys, cast)

    monkeypatch.setattr(run, "rehearse", cold)
    [held] = await one.steps([ARRANGEMENTS["one"]])
    assert held.failed_cold == 1 and "While it was cold: HTTP 503" in said
    assert held.steps


async def test_it_keeps_within_its_time(load):
    one, _ = load(most_seconds=0.2)
    [held] = await one.steps([ARRANGEMENTS["one"]])
    assert held.steps == [] and held.stopped_early


async def test_a_soak(load):
    one, _ = load()
    soaked = await one.soak(ARRANGEMENTS["one"])
    assert soaked.people == 8 and soaked.tally.answered and not soaked.tally.failed
