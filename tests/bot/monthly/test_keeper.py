"""Months are kept apart, across hours, restarts and disks that are full."""

import asyncio
import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest

from bot.monthly import files, keeper
from bot.monthly.keeper import CountsUnusable, Keeper, keeping

HOUR = dt.timedelta(hours=1)


class Clock:
    def __init__(self) -> None:
        self.now = dt.datetime(2026, 10, 30, 12, 20, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


class Run:
    """A run of the service."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.counts: Counter[str] = Counter()
        self.clock, self.folder = clock, folder
        self.keeper = Keeper(folder, lambda: self.counts, clock)

    def add(self, talks: int) -> None:
        for cell in ("talks", "channel:web", "language:en"):
            self.counts[cell] += talks

    def later(self, passed: dt.timedelta, talks: int = 0) -> None:
        self.add(talks)
        self.clock.now += passed
        self.keeper.tick()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "counts"


def counted(folder: Path, month: str = "2026-10") -> tuple[int, int, int]:
    read = files.read([folder], month)
    return read.counts.get("talks", 0), read.hours, read.runs


def test_it_is_written_once_an_hour_and_not_before(folder, clock):
    run = Run(folder, clock)
    run.later(0.9 * HOUR, talks=25)
    assert not list(folder.iterdir())
    run.later(0.1 * HOUR)
    assert counted(folder) == (20, 1, 1)
    run.later(HOUR, talks=5)
    assert counted(folder) == (30, 2, 1)


def test_it_is_written_whether_or_not_somebody_came(folder, clock):
    run = Run(folder, clock)
    dates = []
    for _ in range(3):
        run.later(HOUR)
        (file,) = folder.iterdir()
        dates.append(file.stat().st_mtime_ns)
    assert len(set(dates)) == 3
    assert counted(folder) == (0, 3, 1)


def test_nothing_under_ten_is_ever_on_the_disk(folder, clock):
    run = Run(folder, clock)
    for _ in range(40):
        run.later(HOUR, talks=3)
        for file in folder.iterdir():
            assert not [n for n in json.loads(file.read_text())["counts"].values() if n % 10]
    run.keeper.close()
    assert sum(counted(folder, month)[0] for month in ("2026-10", "2026-11")) == 110  # of 120


def test_no_time_but_the_month_is_on_the_disk(folder, clock):
    run = Run(folder, clock)
    run.later(HOUR, talks=20)
    run.keeper.close()
    (file,) = folder.iterdir()
    assert set(json.loads(file.read_text())) == {"hours", "counts"}
    assert "30" not in file.read_text() and "12:" not in file.read_text()
    assert folder.stat().st_mode & 0o077 == 0


def test_a_new_month_begins_at_nothing(folder, clock):
    run = Run(folder, clock)
    run.later(36 * HOUR, talks=47)  # into November
    run.later(HOUR, talks=25)
    assert counted(folder) == (40, 36, 1)
    assert counted(folder, "2026-11") == (20, 1, 1)
    run.later(HOUR, talks=5)
    assert counted(folder, "2026-11") == (30, 2, 1) and counted(folder) == (40, 36, 1)


def test_a_restart_adds_to_what_was_there(folder, clock):
    first = Run(folder, clock)
    first.later(dt.timedelta(minutes=20), talks=25)
    first.keeper.close()
    second = Run(folder, clock)
    second.later(HOUR, talks=12)
    assert counted(folder) == (30, 1, 2)


def test_what_was_counted_before_it_began_is_not_counted_again(folder, clock):
    run = Run(folder, clock)
    run.add(500)
    later = Keeper(folder, lambda: run.counts, clock)
    run.add(10)
    later.close()
    assert counted(folder)[0] == 10


def test_a_full_disk_loses_nothing_even_over_the_end_of_a_month(folder, clock, monkeypatch, caplog):
    run = Run(folder, clock)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(folder))

    with monkeypatch.context() as broken:
        broken.setattr(keeper.files, "write", full)
        run.later(HOUR, talks=20)
        run.later(40 * HOUR, talks=11)  # into November
        run.later(HOUR, talks=30)
    assert not list(folder.iterdir()) and "could not be written" in caplog.text and str(folder) not in caplog.text
    run.later(HOUR)
    assert counted(folder)[0] == 30 and counted(folder, "2026-11")[0] == 30
    run.later(HOUR)
    assert counted(folder)[2] == 1


def test_a_clock_that_is_set_back_harms_nothing(folder, clock):
    run = Run(folder, clock)
    run.later(HOUR, talks=20)
    run.later(-5 * HOUR, talks=10)
    run.later(HOUR, talks=10)
    assert counted(folder)[0] == 40


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CountsUnusable, match="counts cannot be written"):
        keeper.prepare(tmp_path / "file" / "counts")


async def test_a_single_process_looks_by_itself_and_writes_in_the_end(folder, clock, monkeypatch):
    monkeypatch.setattr(keeper, "LOOK_SECONDS", 0.01)
    run = Run(folder, clock)
    async with keeping(run.keeper):
        run.add(20)
        clock.now += HOUR
        await asyncio.sleep(0.2)
        assert counted(folder)[0] == 20
        run.add(10)
    assert counted(folder)[0] == 30
