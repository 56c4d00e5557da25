"""A form is read strictly, whatever spreadsheet wrote it, and every line that is wrong is named."""

import csv
import io

import pytest

from actions.review.decisions import by_row
from actions.review.form import COLUMNS, SHOWN, Decided, WrongForm, read_form, write_form
from actions.review.numbering import numbered
from tests.actions.review.conftest import TODAY


@pytest.fixture(scope="module")
def printed(item):
    return [item("law.OR.condoms"), item("or-new-day")]


@pytest.fixture
def form(tmp_path, printed):
    """Writes the form of `printed` with some lines filled in: {number: (decision, words, initials)}."""

    def fill(decisions, *, change=lambda row: row, delimiter=",", encoding="utf-8", end="\r\n"):
        file = tmp_path / "form.csv"
        write_form(file, numbered("Oregon", TODAY, printed))
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        for row in rows:
            decided = decisions.get(row["number"], ("", "", ""))
            row.update(zip(("decision", "words", "initials"), decided, strict=True))
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, delimiter=delimiter, lineterminator=end)
        writer.writeheader()
        writer.writerows(map(change, rows))
        file.write_bytes(text.getvalue().encode(encoding))
        return file

    return fill


def problems(file, printed) -> list[str]:
    with pytest.raises(WrongForm) as wrong:
        read_form(file, by_row(printed))
    *found, last = str(wrong.value).split("\n")
    assert last == "Nothing was changed."
    return found


def test_it_has_a_line_for_every_number_with_what_is_said(form, printed):
    rows = list(csv.DictReader(io.StringIO(form({}).read_text())))
    assert [row["number"] for row in rows] == ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1"]
    assert rows[0]["name"].startswith("law.OR.condoms#") and rows[0]["revision"] == printed[0].revision
    assert "keeps condoms from being used" in rows[0]["says"] and "Police: " in rows[5]["says"]


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"encoding": "utf-8-sig", "end": "\n"},
    ],
    ids=["commas", "semicolons", "tabs", "a mark at the start"],
)
def test_what_spreadsheets_write(form, printed, written):
    decisions = {
        "1.1": ("Correct", "", "A.E."),
        "1.2": ("change", "Say “may”; not “can”.", "ae"),
        "2.1": ("wrong", "", "AE "),
    }
    first, second, third = read_form(form(decisions, **written), by_row(printed))
    assert first.decision == "correct" and third == Decided("or-new-day#entry", "wrong", "")
    assert second.words == "Say “may”; not “can”."


OK = ("correct", "", "AE")


def replaced(number, **values):
    return lambda row: {**row, **values} if row["number"] == number else row


@pytest.mark.parametrize(
    ("decisions", "change", "said"),
    [
        ({"1.1": ("right", "", "AE")}, None, "1.1: decision: is right, and is to be correct, wrong, change"),
        ({"1.1": ("", "not so", "AE")}, None, "1.1: decision: is empty"),
        ({"1.1": ("change", "", "AE")}, None, "1.1: words: say what it is to be changed to"),
        ({"1.1": ("correct", "", "")}, None, "1.1: initials: are missing"),
        (
            {"1.1": OK},
            replaced("1.1", revision="r00000000"),
            "was changed since the sheet was printed (on paper r00000000",
        ),
        ({"1.1": OK}, replaced("1.1", revision=""), "was changed since the sheet was printed (on paper nothing"),
        (
            {"1.1": OK},
            replaced("1.1", name="law.OR.condoms#000000"),
            "there is nothing named law.OR.condoms#000000 any more",
        ),
        ({"1.1": OK}, replaced("1.1", name=""), "there is nothing named (empty)"),
        ({"1.1": OK, "1.2": ("correct", "", "BX")}, None, "initials of several people (AE, BX)"),
        ({}, None, "nothing is decided in it"),
    ],
)
def test_what_is_wrong_is_named(form, printed, decisions, change, said):
    (found,) = problems(form(decisions, change=change or (lambda row: row)), printed)
    assert said in found


def test_the_line_is_the_one_of_the_file(form, printed):
    (found,) = problems(form({"1.3": ("no", "", "AE")}), printed)
    assert found.partition("form.csv: ")[2].startswith("line 4: 1.3: ")


def test_a_line_that_stands_twice(form, printed):
    file = form({"1.1": OK})
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines, lines[1]]))
    (found,) = problems(file, printed)
    assert "stands twice" in found


def test_a_line_that_was_cut(form, printed):
    file = form({"1.1": OK})
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], "1.1,law.OR.condoms#1,r1,says,correct"]))
    assert "is not of 7 columns" in problems(file, printed)[0]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "number,name\n"])
def test_what_is_no_form(tmp_path, printed, text):
    (tmp_path / "form.csv").write_text(text)
    assert "the columns are to be number, name" in problems(tmp_path / "form.csv", printed)[0]


def test_a_file_that_cannot_be_read(tmp_path, printed):
    assert "There is no" in problems(tmp_path / "gone.csv", printed)[0]
    (tmp_path / "old.csv").write_bytes("number;résumé".encode("cp1252"))
    assert "cannot be read as UTF-8" in problems(tmp_path / "old.csv", printed)[0]


def test_a_long_list_is_cut(form, item):
    printed = [item("law.OR.condoms"), item("or-new-day")]
    file = form({"1.1": ("no", "", "AE")})
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], *[lines[1]] * (SHOWN + 5)]))
    found = problems(file, printed)
    assert len(found) == SHOWN + 1 and found[-1] == "… and 5 more."
