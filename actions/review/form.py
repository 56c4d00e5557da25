"""The form that goes with a printed sheet: a CSV file with a line for each number, to type in what is on paper.

Spreadsheets write CSV in several ways: with a mark at the start, with semicolons or tabs. All of them can be read.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from actions.review.items import Item
from actions.review.numbering import Sheet

Decision = Literal["correct", "wrong", "change"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)
COLUMNS = ("number", "name", "revision", "says", "decision", "words", "initials")
SHOWN = 20


class WrongForm(Exception):
    """A form cannot be taken as it is, and nothing was changed. `str(error)` lists what is wrong, by line."""

    def __init__(self, problems: list[str]) -> None:
        more = [f"… and {len(problems) - SHOWN} more."] if len(problems) > SHOWN else []
        super().__init__("\n".join([*problems[:SHOWN], *more, "Nothing was changed."]))


@dataclass(frozen=True)
class Decided:
    """What was decided about one row. `words`: the reviewer's own, as they are to be read by an author."""

    row: str
    decision: Decision
    words: str


def write_form(file: Path, sheet: Sheet) -> None:
    """Writes the empty form of `sheet`. Raises OSError."""
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(COLUMNS)
        for item in sheet.items:
            for numbered in item.rows:
                says = " / ".join(numbered.row.lines)
                writer.writerow([numbered.number, numbered.row.name, item.item.revision, says, "", "", ""])


def read_form(file: Path, known: Mapping[str, Item]) -> list[Decided]:
    """The decisions in `file`; lines without one are passed over. Raises `WrongForm`.

    Args:
        known: the item of every row there is, by the name of the row.
    """
    reader = csv.DictReader(io.StringIO(_text(file)), dialect=_dialect(file))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise WrongForm([f"{file}: line 1: the columns are to be {', '.join(COLUMNS)}"])
    problems: list[str] = []
    found: dict[str, Decided] = {}
    signed_by: set[str] = set()
    for line in reader:
        row = {name: (value or "").strip() if isinstance(value, str | None) else "" for name, value in line.items()}
        if not any(row[column] for column in ("decision", "words", "initials")):
            continue
        where = f"{file}: line {reader.line_num}: {row['number']}"
        wrong = list(_problems(line, row, known))
        if row["name"] in found:
            wrong.append(f"{row['name']} stands twice")
        problems.extend(f"{where}: {what}" for what in wrong)
        signed_by.add(row["initials"].replace(".", "").upper())
        if not wrong:
            decision = next(one for one in DECISIONS if one == row["decision"].lower())
            found[row["name"]] = Decided(row["name"], decision, row["words"])
    if len(signed_by) > 1 and not problems:
        problems.append(f"{file}: initials of several people ({', '.join(sorted(signed_by))}): one form holds one's")
    if not found and not problems:
        problems.append(f"{file}: nothing is decided in it")
    if problems:
        raise WrongForm(problems)
    return list(found.values())


def _problems(line: Mapping[str | None, object], row: Mapping[str, str], known: Mapping[str, Item]) -> Iterator[str]:
    if None in line or any(value is None for value in line.values()):
        yield f"is not of {len(COLUMNS)} columns"
        return
    item = known.get(row["name"])
    if item is None:
        yield f"there is nothing named {row['name'] or '(empty)'} any more: it was changed or taken out since"
    elif item.revision != row["revision"]:
        yield (
            f"{item.name} was changed since the sheet was printed (on paper {row['revision'] or 'nothing'}, "
            f"now {item.revision}): print it again"
        )
    if row["decision"].lower() not in DECISIONS:
        yield f"decision: is {row['decision'] or 'empty'}, and is to be {', '.join(DECISIONS)}"
    if row["decision"].lower() == "change" and not row["words"]:
        yield "words: say what it is to be changed to"
    if not row["initials"]:
        yield "initials: are missing"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise WrongForm([f"There is no {file}."]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise WrongForm([f"{file}: cannot be read as UTF-8 text ({type(error).__name__})"]) from None


def _dialect(file: Path) -> type[csv.Dialect]:
    """As the first line has it: the name of the first column says what stands between columns."""

    class Found(csv.excel):
        delimiter = next((sign for sign in ",;\t" if _text(file).startswith(f"{COLUMNS[0]}{sign}")), ",")

    return Found
