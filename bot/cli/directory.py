"""`lantern directory`: bring a directory of services of your own, take ours with you, and keep both true."""

import argparse
import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from bot.cli import directory_care
from bot.cli.common import CannotRun, Commands, add_command, settings

if TYPE_CHECKING:
    from actions.directory.importing import Imported

SHOWN = 20


def add(commands: Commands) -> None:
    """Adds the command and the commands under it."""
    about = "bring services of your own (HSDS 3), write them out, and see what to call, mend and add"
    parser = commands.add_parser("directory", help=about, description=about)
    under = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_import(under)
    export = add_command(under, "export", "write every service as HSDS 3, those not shown too", _export)
    export.add_argument(
        "path", type=Path, metavar="PATH", help="a .json, .jsonl or .zip file, or a folder for the CSVs"
    )
    export.add_argument("--format", choices=("json", "csv"), help="(default: as PATH ends)")
    directory_care.add(under)


def _add_import(under: Commands) -> None:
    about = "replace your own services by a directory: HSDS 3 as .json, .jsonl, or a folder or .zip of CSV tables"
    parser = add_command(under, "import", about, _import)
    parser.add_argument("path", type=Path, metavar="PATH", help="the directory")
    parser.add_argument("--dry-run", action="store_true", help="check it and say what would happen; change nothing")
    parser.add_argument("--add", action="store_true", help="keep the services of earlier imports beside these")
    parser.add_argument("--schema", type=Path, metavar="FILE", help="check each against this official JSON Schema too")
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write all that is told about it here, as JSON lines"
    )
    parser.add_argument(
        "--assured-date",
        type=dt.date.fromisoformat,
        metavar="DATE",
        help="when it was checked (YYYY-MM-DD), for those of its services that do not say it themselves",
    )
    parser.add_argument("--source", type=_web_page, metavar="URL", help="its own web page, for services that name none")


def _web_page(text: str) -> str | None:
    from actions.directory.values import web_address

    try:
        return web_address(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} {error}") from None


def _import(options: argparse.Namespace) -> int:
    from actions.directory import store
    from actions.directory.from_hsds import Defaults
    from actions.directory.importing import read_directory
    from actions.directory.problems import CannotRead, NotImported
    from actions.directory.schema import Schema
    from actions.knowledge.library import Library

    file = settings().directory
    if not options.path.exists():
        raise CannotRun(f"There is no {options.path}.")
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(escape(f"Reading {options.path} …"))
    try:
        found = read_directory(
            options.path,
            Defaults(dt.date.today(), options.assured_date, options.source),
            built_in=Library.load().services,
            keep=store.read(file) if options.add else (),
            schema=Schema(options.schema) if options.schema else None,
        )
    except (CannotRead, NotImported) as error:
        raise CannotRun(f"{error}\nNothing was changed.") from None
    _tell(found)
    try:
        if options.report:
            options.report.write_text("".join(f"{line}\n" for line in _report(found)), encoding="utf-8")
        if options.dry_run:
            console.print("This was a try; nothing was changed.")
            return 0
        store.write(file, found.services)
    except OSError as error:
        raise CannotRun(f"{error.filename} cannot be written ({error.strerror}). Nothing was changed.") from None
    console.print(escape(f"Written: {file}. A running `lantern serve` uses it within seconds."))
    return 0


def _tell(found: "Imported") -> None:
    console = Console(highlight=False, soft_wrap=True)
    own = [merge for merge in found.merged if merge.built_in]
    console.print(
        f"{found.read:,} services read. Your own are {len(found.services):,} now; "
        f"{len(found.left_out):,} were left out, {len(own):,} are among Lantern's own already, "
        f"{len(found.merged) - len(own):,} were merged with one another"
        + (f", {len(found.replaced):,} took the place of an earlier one." if found.replaced else ".")
    )
    unknown = sum(service.police_contact == "unknown" for service in found.services)
    console.print(f"Of {unknown:,} we do not know what they do about the police, and will say so.")
    _list(console, "left out", map(str, found.left_out))
    _list(console, "merged", map(str, found.merged))
    terms = (f"{term} ({count:,} times)" for term, count in found.unmapped.most_common())
    _list(console, "no word for", terms)


def _list(console: Console, what: str, lines: Iterable[str]) -> None:
    every = list(lines)
    for line in every[:SHOWN]:
        console.print(escape(f"{what}  {line}"))
    if len(every) > SHOWN:
        console.print(f"{what}  … and {len(every) - SHOWN:,} more (--report FILE writes them all)")


def _report(found: "Imported") -> Iterable[str]:
    for left in found.left_out:
        yield json.dumps({"left_out": str(left)}, ensure_ascii=False)
    for merge in found.merged:
        kind = "already_built_in" if merge.built_in else "merged"
        row = {kind: merge.given, "into": merge.kept, "name": merge.name, "differs": merge.differs}
        yield json.dumps(row, ensure_ascii=False)
    for replaced in found.replaced:
        yield json.dumps({"replaced": replaced})
    for term, count in found.unmapped.most_common():
        yield json.dumps({"no_word_for": term, "times": count}, ensure_ascii=False)


def _export(options: argparse.Namespace) -> int:
    from actions.directory import exporting
    from actions.knowledge.library import library

    settings()
    path, suffix = options.path, options.path.suffix.lower()
    kind = options.format or ("json" if suffix in (".json", ".jsonl", ".ndjson") else "csv")
    if kind == "json" and path.is_dir() or kind == "csv" and path.is_file() and suffix != ".zip":
        raise CannotRun(f"{path} is there already, and cannot hold {kind}.")
    services = library().services
    try:
        (exporting.write_json if kind == "json" else exporting.write_tables)(path, services)
    except OSError as error:
        raise CannotRun(f"{path} cannot be written ({error.strerror}).") from None
    Console(stderr=True, highlight=False, soft_wrap=True).print(
        escape(f"{len(services):,} services written to {path}.")
    )
    return 0
