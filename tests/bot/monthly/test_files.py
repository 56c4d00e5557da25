"""Whole tens on disk, and damage that is said aloud and harms nothing else."""

import datetime as dt
import json

import pytest

from actions.knowledge.yaml_file import DataError
from bot.monthly import files

OF_ALL = {"channel:web": 39, "language:en": 39}  # what every talk has
OCTOBER = "2026-10-0a1b2c3d.json"


def test_only_whole_tens_are_written(tmp_path):
    file = tmp_path / OCTOBER
    files.write(file, OF_ALL | {"talks": 39, "topic:need_shelter": 10, "place:WY": 9, "place:OR": 0}, hours=3)
    counts = {"channel:web": 30, "language:en": 30, "talks": 30, "topic:need_shelter": 10}
    assert json.loads(file.read_text()) == {"hours": 3, "counts": counts}
    assert file.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in tmp_path.iterdir()] == [OCTOBER]


def test_runs_and_hosts_are_added_up(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir(), there.mkdir()
    files.write(here / "2026-10-00000001.json", OF_ALL | {"talks": 29, "place:OR": 19}, 100)
    files.write(here / "2026-10-00000002.json", OF_ALL | {"talks": 39}, 200)
    files.write(here / "2026-09-00000001.json", OF_ALL | {"talks": 39}, 300)
    files.write(there / "2026-10-00000001.json", OF_ALL | {"talks": 19, "place:OR": 19}, 400)
    month = files.read([here, there, here], "2026-10")
    assert (month.hours, month.runs) == (700, 3)
    assert (month.counts["talks"], month.counts["place:OR"], month.counts["channel:web"]) == (60, 20, 90)
    assert files.months([here, there]) == ["2026-09", "2026-10"]


def test_other_files_are_no_counts(tmp_path):
    for name in ("2026-10-0a1b2c3d.new", "notes.txt", "2026-10.json"):
        (tmp_path / name).write_text("not ours")
    assert files.months([tmp_path]) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"counts": {}}',
        '{"hours": 1, "counts": []}',
        '{"hours": -1, "counts": {}}',
        '{"hours": 9999, "counts": {}}',
        '{"hours": true, "counts": {}}',
        '{"hours": 1, "counts": {"talks": 13}}',
        '{"hours": 1, "counts": {"talks": 0}}',
        '{"hours": 1, "counts": {"talks": "10"}}',
        '{"hours": 1, "counts": {"somebody": 10}}',
        '{"hours": 1, "counts": {}, "who": "a"}',
        "\udcff",
    ],
)
def test_a_damaged_file_is_named_and_left_as_it_is(tmp_path, text):
    file = tmp_path / OCTOBER
    file.write_text(text, errors="surrogateescape")
    before = file.read_bytes()
    with pytest.raises(DataError, match=rf"{OCTOBER}: is damaged .*Nothing was changed"):
        files.read([tmp_path], "2026-10")
    assert file.read_bytes() == before
    assert files.read([tmp_path], "2026-09").runs == 0  # another month can be read


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(DataError, match="nowhere: cannot be read"):
        files.months([tmp_path / "nowhere"])


def test_months_are_in_utc():
    west = dt.timezone(dt.timedelta(hours=-8))
    assert files.month_of(dt.datetime(2026, 10, 31, 20, tzinfo=west)) == "2026-11"
