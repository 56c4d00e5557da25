"""`lantern review`: the list, a section, sign-offs, and on paper and back."""

import csv
import datetime as dt
import io
import subprocess
import sys
from functools import cache

import pytest
import yaml

from actions.knowledge import library as library_module
from actions.knowledge.library import Library
from actions.review.items import items
from bot.cli import main, review_common
from tests.actions.review.conftest import copy_data

TODAY = dt.date(2026, 11, 27)
BY = ("--name", "Ana Ejemplo", "--role", "attorney, Oregon")


@pytest.fixture
def review(tmp_path, monkeypatch, capsys):
    """Runs a command on a copy of the data: (exit code, standard output, standard error)."""
    data = copy_data(tmp_path / "data")
    monkeypatch.setattr(library_module, "DATA", data)
    monkeypatch.setattr(review_common, "today", lambda: TODAY)
    monkeypatch.setattr("bot.cli.review.today", lambda: TODAY)
    monkeypatch.setattr("bot.cli.review_paper.today", lambda: TODAY)
    monkeypatch.setenv("LANTERN_SWITCHES", str(tmp_path / "switches.yml"))

    def run(*arguments) -> tuple[int, str, str]:
        monkeypatch.setattr(library_module, "library", cache(lambda: Library.load(data)))  # a new process each time
        code = main(["review", *map(str, arguments)])
        return (code, *capsys.readouterr())

    run.data, run.switches = data, tmp_path / "switches.yml"
    return run


def reviewed(run) -> set[str]:
    return {one.name for one in items(Library.load(run.data)) if one.signed}


def test_the_list(review):
    code, out, _ = review()
    assert code == 0 and out.startswith("reporting: ") and "--most 0 lists them" in out
    _, out, _ = review("list", "--jurisdiction", "or", "--topic", "records", "--most", "2")
    assert out.count("unreviewed law.OR.records.") == 2 and "… and 3 more" in out
    assert "law.US" not in out and "5 sections and services: 5 unreviewed" in out
    _, out, _ = review("list", "--jurisdiction", "everywhere", "--topic", "crisis")
    assert "safety.crisis_danger" in out and "law." not in out


def test_what_there_is_nothing_of(review):
    for wrong in (("list", "--jurisdiction", "XX"), ("list", "--topic", "nope"), ("show", "law.OR.condom")):
        code, out, err = review(*wrong)
        assert code == 1 and not out and "Did you mean" in err
    assert "Did you mean law.OR.condoms" in err


def test_what_is_asked_most(review, tmp_path):
    (tmp_path / "asked.yml").write_text("report_without_police: 90\n")
    _, out, _ = review("list", "--asked", tmp_path / "asked.yml")
    assert out.index("rights.report_without_police") < out.index("law.OR.immunity")


def test_a_section_as_a_lawyer_reads_it(review):
    code, out, _ = review("show", "law.OR.condoms")
    text = " ".join(out.split())
    assert (
        code == 0 and "keeps condoms from being used as proof" in text and "https://www.oregonlegislature.gov" in text
    )
    assert "statute: none found in the ORS" in text and "lantern review sign law.OR.condoms --revision r" in text
    name = next(line.split()[1] for line in out.splitlines() if line.startswith("limit "))
    _, one, _ = review("show", name)
    assert "We could only search the web" in one and "text message" not in one
    assert review("show", "law.OR.condoms#000000")[0] == 1


def test_signing_and_what_changes_it(review):
    code, out, _ = review("sign", "law.OR.condoms", "or-new-day", *BY, "--date", "2026-11-20")
    assert code == 0 and "signed  law.OR.condoms  r" in out and reviewed(review) == {"law.OR.condoms", "or-new-day"}
    _, out, _ = review("list", "--only", "reviewed")
    assert "reviewed   law.OR.condoms" in out and "2 reviewed" in out
    law = review.data / "law" / "OR.yml"
    law.write_text(law.read_text().replace("A court may still say no", "A court can still say no"))
    assert reviewed(review) == {"or-new-day"}
    _, out, _ = review("list", "--only", "changed")
    assert "changed    law.OR.condoms" in out and "1 changed" in out
    _, out, _ = review("show", "law.OR.condoms")
    assert "changed since Ana Ejemplo, attorney, Oregon, signed it on 2026-11-20: counts as not reviewed" in out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("law.OR.condoms", "law.OR.nothing", *BY), "There is no section or service law.OR.nothing"),
        (("law.OR.condoms", *BY, "--date", "2026-11-28"), "still to come"),
        (("law.OR.condoms", *BY, "--revision", "r00000000"), "law.OR.condoms is r"),
        (("law.OR.condoms", "or-new-day", *BY, "--revision", "r00000000"), "it is of one NAME"),
        (("law.OR.condoms", "--name", " ", "--role", "attorney"), "The name is one line"),
    ],
)
def test_what_cannot_be_signed(review, options, said):
    code, _, err = review("sign", *options)
    assert code == 1 and said in err and not reviewed(review)


def filled(file, decide) -> None:
    """Fills in a form: `decide(row)` gives the decision and the words."""
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    for row in rows:
        row["decision"], row["words"] = decide(row)
        row["initials"] = "AE" if row["decision"] else ""
    with file.open("w", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def decide(row):
    if row["name"].startswith("law.OR.condoms#"):
        return ("wrong", "A 2025 law says more.") if row["number"].endswith(".2") else ("correct", "")
    if row["name"].startswith("law.OR.immunity#"):
        return ("change", "Say that it is ORS 136.437.") if row["number"] == "1.1" else ("", "")
    return "correct", ""


def test_on_paper_and_back(review, tmp_path):
    code, out, _ = review("sheet", "or", "--html", tmp_path / "or.html", "--pdf", tmp_path / "or.pdf", "--services")
    assert code == 0 and "17 sections" in out and (tmp_path / "or.pdf").read_bytes().startswith(b"%PDF-")
    assert "1. Oregon: Being arrested for reporting" in (tmp_path / "or.html").read_text()
    filled(tmp_path / "or.csv", decide)
    before = {file: file.read_bytes() for file in review.data.rglob("*.yml")}
    _, out, _ = review("read", tmp_path / "or.csv", *BY, "--dry-run")
    assert "Nothing was changed" in out and before == {file: file.read_bytes() for file in review.data.rglob("*.yml")}
    code, out, _ = review("read", tmp_path / "or.csv", *BY)
    assert code == 0 and "signed  law.OR.records.process" in out and "law.OR.condoms#" in out
    assert len(reviewed(review)) == 15 and not reviewed(review) & {"law.OR.condoms", "law.OR.immunity"}
    ((name, row),) = yaml.safe_load(review.switches.read_text()).items()
    assert name.startswith("law.OR.condoms#")
    assert row["because"] == "Ana Ejemplo, attorney, Oregon, on 2026-11-27: wrong. A 2025 law says more."
    assert "reviewer  Say that it is ORS 136.437." in out and "not signed  law.OR.immunity: " in out
    code, out, _ = review("sheet", "or", "--html", tmp_path / "again.html", "--services")
    assert "2 sections" in out  # what is signed is not printed again


def test_a_form_that_is_wrong_changes_nothing(review, tmp_path):
    review("sheet", "OR", "--html", tmp_path / "or.html")
    filled(tmp_path / "or.csv", lambda row: ("correct", "") if row["number"] != "2.1" else ("maybe", ""))
    code, out, err = review("read", tmp_path / "or.csv", *BY)
    assert code == 1 and "2.1: decision: is maybe" in err and err.endswith("Nothing was changed.\n")
    assert not out and not reviewed(review) and not review.switches.exists()


def test_a_sheet_from_before_a_change_is_refused(review, tmp_path):
    review("sheet", "OR", "--html", tmp_path / "or.html")
    filled(tmp_path / "or.csv", lambda row: ("correct", ""))
    law = review.data / "law" / "OR.yml"
    law.write_text(
        law.read_text().replace(
            "status: none_found\n  statute: none found in the ORS", "status: barred\n  statute: ORS 1"
        )
    )
    code, _, err = review("read", tmp_path / "or.csv", *BY)
    assert code == 1 and "law.OR.condoms was changed since the sheet was printed" in err and not reviewed(review)


def test_where_the_switches_cannot_be_written_nothing_is_signed(review, tmp_path):
    review("sheet", "OR", "--html", tmp_path / "or.html")
    filled(tmp_path / "or.csv", decide)
    review.switches.write_text("- a list")
    code, _, err = review("read", tmp_path / "or.csv", *BY)
    assert code == 1 and "switches.yml" in err and not reviewed(review) and review.switches.read_text() == "- a list"


def test_somebody_elses_sign_off_is_taken_off(review, tmp_path):
    review("sign", "law.OR.condoms", *BY)
    review("sheet", "OR", "--html", tmp_path / "or.html", "--all")
    filled(tmp_path / "or.csv", lambda row: ("change", "More.") if row["name"].endswith("condoms#short") else ("", ""))
    _, out, _ = review("read", tmp_path / "or.csv", "--name", "Ben", "--role", "attorney")
    assert "sign-off taken off  law.OR.condoms" in out and not reviewed(review)


def test_what_is_still_off_is_said(review, tmp_path):
    review.switches.write_text("law.OR.condoms: {since: '2026-11-20', because: old}\n")
    review("sheet", "OR", "--html", tmp_path / "or.html")
    filled(tmp_path / "or.csv", lambda row: ("correct", ""))
    _, out, _ = review("read", tmp_path / "or.csv", *BY)
    assert "still off  law.OR.condoms: `lantern on law.OR.condoms` says it again" in out


def test_a_sheet_has_to_go_somewhere(review, tmp_path):
    assert "--html FILE, --pdf FILE" in review("sheet", "OR")[2]
    assert "cannot be written" in review("sheet", "OR", "--html", tmp_path / "no" / "or.html")[2]
    assert "cannot be written" in review("sheet", "OR", "--pdf", tmp_path / "no" / "or.pdf")[2]


def test_it_does_not_wait_for_rasa():
    code = "import sys; from bot.cli import main; main(['review']); sys.exit(any(m[:4] == 'rasa' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0
