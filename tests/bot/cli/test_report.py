"""`lantern report`: months that are over, and errors that say what to do."""

import datetime as dt
import json

import pytest

from bot.cli import main
from bot.monthly import files

LAST = files.month_of(dt.datetime.now(dt.UTC).replace(day=1) - dt.timedelta(days=1))
CURRENT = files.month_of(dt.datetime.now(dt.UTC))


@pytest.fixture
def report(tmp_path, monkeypatch, capsys):
    """Runs the command with a folder of its own: (exit code, standard output, standard error)."""
    folder = tmp_path / "counts"
    folder.mkdir()
    monkeypatch.setenv("LANTERN_COUNTS", str(folder))
    monkeypatch.setenv("LANTERN_SWITCHES", str(tmp_path / "switches.yml"))
    monkeypatch.setenv("LANTERN_OPERATOR", "A clinic")

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["report", *map(str, arguments)])
        return (code, *capsys.readouterr())

    run.folder = folder
    return run


def counted(folder, month: str, talks: int, run: int = 1) -> None:
    of_all = dict.fromkeys(("talks", "channel:web", "language:en", "place:OR"), talks)
    files.write(folder / f"{month}-{run:08x}.json", of_all, 500)


def test_the_last_month_that_is_over_beside_the_one_before(report):
    counted(report.folder, "2026-01", 60)
    counted(report.folder, LAST, 145)
    code, out, err = report()
    assert (code, err) == (0, "")
    assert "At least 140 talks." in out and "Oregon" in out


def test_a_month_beside_the_one_before(report):
    counted(report.folder, "2026-01", 60)
    counted(report.folder, "2025-12", 33)
    code, out, _ = report("--month", "2026-01")
    assert code == 0 and "Lantern in January 2026" in out
    assert "At least 60 talks; in December 2025 at least 30." in out


def test_the_page(report, tmp_path):
    counted(report.folder, "2026-01", 60)
    page = tmp_path / "january.html"
    code, out, _ = report("--month", "2026-01", "--html", page)
    assert code == 0 and "At least 60 talks." in out
    assert "Counted by A clinic." in page.read_text()
    code, _, err = report("--month", "2026-01", "--html", tmp_path / "no folder" / "january.html")
    assert code == 1 and "january.html cannot be written" in err


def test_json(report):
    counted(report.folder, "2026-01", 60)
    code, out, _ = report("--month", "2026-01", "--json")
    assert code == 0 and json.loads(out)["talks_at_least"] == 60


def test_counts_of_other_hosts(report, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    counted(report.folder, "2026-01", 60)
    counted(other, "2026-01", 25)
    _, out, _ = report("--month", "2026-01", "--json", "--also", other)
    assert json.loads(out)["talks_at_least"] == 80 and json.loads(out)["runs"] == 2


@pytest.mark.parametrize("month", [CURRENT, "2999-01"])
def test_a_month_that_is_not_over_is_not_reported(report, month):
    counted(report.folder, CURRENT, 60)
    code, out, err = report("--month", month)
    assert (code, out) == (1, "") and "is not over" in err


@pytest.mark.parametrize("month", ["2026-13", "january", "2026-1", "../../etc"])
def test_what_is_no_month(report, month):
    code, _, err = report("--month", month)
    assert code == 1 and "takes a year and a month" in err


def test_a_month_in_which_nothing_was_counted_names_those_there_are(report):
    code, _, err = report("--month", "2026-01")
    assert code == 1 and "No month was counted yet." in err
    counted(report.folder, "2025-12", 60)
    code, _, err = report("--month", "2026-01")
    assert code == 1 and "There are: 2025-12." in err


def test_a_damaged_file_is_named_and_the_others_can_still_be_reported(report, tmp_path):
    counted(report.folder, "2026-01", 60)
    damaged = report.folder / "2026-01-00000002.json"
    damaged.write_text('{"hours": 3, "cou')
    code, out, err = report("--month", "2026-01")
    assert (code, out) == (1, "") and "2026-01-00000002.json: is damaged" in err
    assert damaged.read_text() == '{"hours": 3, "cou'
    damaged.rename(tmp_path / "elsewhere.json")
    assert report("--month", "2026-01")[0] == 0


def test_where_nothing_is_counted_it_says_how_to_begin(report, monkeypatch):
    monkeypatch.setenv("LANTERN_COUNTS", "")
    code, _, err = report()
    assert code == 1 and "LANTERN_COUNTS is empty" in err


def test_a_folder_that_is_not_there(report, tmp_path):
    code, _, err = report("--also", tmp_path / "nowhere")
    assert code == 1 and "nowhere: cannot be read" in err
