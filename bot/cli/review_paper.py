"""`lantern review sheet` and `read`: on paper, and back."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from bot.cli.common import CannotRun, Commands, add_command, settings
from bot.cli.review_common import add_choice, add_reviewer, choose, everything, report, reviewer, today

if TYPE_CHECKING:
    from actions.knowledge.control import Switches
    from actions.review.decisions import Outcome
    from actions.review.signing import Reviewer


def add(under: Commands) -> None:
    """Adds the commands."""
    sheet = add_command(
        under, "sheet", "print what is to be reviewed in one place, with the form to type it in", _sheet
    )
    sheet.add_argument("place", metavar="PLACE", help='a postal code, US, or "everywhere"')
    add_choice(sheet, place=False)
    sheet.add_argument("--html", type=Path, metavar="FILE", help="write it as a page")
    sheet.add_argument("--pdf", type=Path, metavar="FILE", help="write it as a PDF")
    sheet.add_argument("--form", type=Path, metavar="FILE", help="write the form as CSV (default: beside the others)")
    sheet.add_argument("--all", action="store_true", help="also what is reviewed already")
    sheet.add_argument("--services", action="store_true", help="also the services listed there")
    read = add_command(under, "read", "take a filled-in form: sign, switch off and list what is to be written", _read)
    read.add_argument("form", type=Path, metavar="FILE", help="the form, filled in")
    add_reviewer(read)
    read.add_argument("--dry-run", action="store_true", help="say what would follow, and change nothing")


def _sheet(options: argparse.Namespace) -> int:
    from actions.knowledge.library import library
    from actions.review.form import write_form
    from actions.review.items import EVERYWHERE, SERVICES
    from actions.review.numbering import numbered
    from actions.review.page import as_html

    main = options.pdf or options.html
    if not main:
        raise CannotRun("Say where it is to be written: --html FILE, --pdf FILE, or both.")
    options.jurisdiction = options.place
    with_services = options.services or options.topic == SERVICES
    found = [
        item
        for item in choose(options)
        if (with_services or item.topic != SERVICES) and (options.all or item.state(today()) != "reviewed")
    ]
    if not found:
        raise CannotRun("Nothing of that is to be reviewed. --all prints what is reviewed already.")
    code = options.place.upper()
    title = library().places.get(code, "wherever a person is" if options.place == EVERYWHERE else code)
    sheet = numbered(title, today(), found)
    form = options.form or main.with_suffix(".csv")
    try:
        if options.html:
            options.html.write_text(as_html(sheet), encoding="utf-8")
        if options.pdf:
            from actions.review.pdf import write_pdf

            write_pdf(options.pdf, sheet)
        write_form(form, sheet)
    except OSError as error:
        raise CannotRun(f"{error.filename} cannot be written ({error.strerror}).") from None
    written = ", ".join(str(file) for file in (options.html, options.pdf, form) if file)
    rows = sum(len(item.rows) for item in sheet.items)
    Console(highlight=False, soft_wrap=True).print(escape(f"{len(found)} sections, {rows} numbers: {written}"))
    return 0


def _read(options: argparse.Namespace) -> int:
    from actions.knowledge.control import Switches
    from actions.knowledge.library import DATA
    from actions.review.decisions import by_row, outcome
    from actions.review.form import WrongForm, read_form
    from actions.review.signing import CannotSign, sign

    by = reviewer(options)
    known = by_row(everything())
    try:
        decided = outcome(read_form(options.form, known), known)
    except WrongForm as error:
        raise CannotRun(str(error)) from None
    switches = Switches(settings().switches)
    files: list[Path] = []
    if not options.dry_run:
        try:
            files = sign(
                decided.signed,
                by,
                DATA,
                taken_off=decided.taken_off,
                after=lambda: _switch_off(switches, decided, by),
            )
        except CannotSign as error:
            raise CannotRun(str(error)) from None
    report(list(decided.signed), files)
    _tell(decided, switches)
    if options.dry_run:
        Console().print("Nothing was changed (--dry-run).")
    return 0


def _switch_off(switches: "Switches", decided: "Outcome", by: "Reviewer") -> None:
    """Switches off what is wrong, all of it or nothing."""
    before = switches.file.read_bytes() if switches.file.exists() else None
    try:
        for name, words in decided.off:
            because = f"{by.name}, {by.role}, on {by.on}: wrong. {words}".strip()
            switches.turn({name}, off=True, because=because)
    except BaseException:
        if before is None:
            switches.file.unlink(missing_ok=True)
        else:
            switches.file.write_bytes(before)
        raise


def _tell(decided: "Outcome", switches: "Switches") -> None:
    console = Console(highlight=False, soft_wrap=True)
    for item in decided.taken_off:
        console.print(escape(f"sign-off taken off  {item.name}  {item.title}"))
    for name, _ in decided.off:
        console.print(escape(f"off  {name}"))
    for item, missing in decided.open:
        console.print(escape(f"not signed  {item.name}: {missing} of its numbers are not decided"))
    names = {item.name for item in decided.signed}
    for name in switches.read():
        if name.partition("#")[0] in names:
            console.print(escape(f"still off  {name}: `lantern on {name}` says it again"))
    if decided.to_write:
        console.print()
        console.print("To be written anew:")
    for one in decided.to_write:
        console.print(escape(f"{one.row.name} ({one.decided.decision})"))
        for line in one.row.lines:
            console.print(escape(f"  says      {line}"))
        if one.decided.words:
            console.print(escape(f"  reviewer  {one.decided.words}"))
