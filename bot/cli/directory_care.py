"""`lantern directory stale`, `check`, `reports` and `coverage`: what to call next, what is broken, what is missing."""

import argparse
import datetime as dt
from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from bot.cli.common import CannotRun, Commands, add_command, run, settings
from bot.settings import ROOT

if TYPE_CHECKING:
    from actions.knowledge.service_records import Service
    from bot.link_check import Answer, State

PAGE = ROOT / "docs" / "directory.md"
STALE_DAYS = 180
SAID_EVERY = 25  # answers, where there is no terminal to draw on


def add(under: Commands) -> None:
    """Adds the commands."""
    stale = add_command(under, "stale", "list the services to call next, the longest unchecked first", _stale)
    stale.add_argument("--days", type=int, default=STALE_DAYS, metavar="N", help="unchecked this long (default: 180)")
    check = add_command(under, "check", "ask every web page of the directory whether it is still there", _check)
    check.add_argument("--limit", type=int, metavar="N", help="ask at most N pages this time")
    check.add_argument("--resume", action="store_true", help="go on where the last check stopped")
    check.add_argument("--private", action="store_true", help=argparse.SUPPRESS)  # for tests: a server of their own
    add_command(under, "reports", "list the services whose number people said is wrong", _reports)
    coverage = add_command(
        under, "coverage", "print services by state and need, and what is known about police", _coverage
    )
    coverage.add_argument(
        "--write", action="store_true", help="write docs/directory.md, of Lantern's own services only"
    )


def _stale(options: argparse.Namespace) -> int:
    from actions.knowledge.library import library

    settings()
    today, console = dt.date.today(), Console(highlight=False, soft_wrap=True)
    old = [s for s in library().services if s.status == "active" and (today - s.assured_date).days > options.days]
    for service in sorted(old, key=lambda s: (s.assured_date, s.id)):
        console.print(escape(f"{service.assured_date}  {_line(service)}"))
    console.print(f"{len(old):,} services were last checked more than {options.days} days ago.")
    return 0


def _reports(options: argparse.Namespace) -> int:
    from actions.directory import wrong_numbers
    from actions.knowledge.library import library

    counts = wrong_numbers.read(settings().reports)
    services = {service.id: service for service in library().services}
    console = Console(highlight=False, soft_wrap=True)
    for name, times in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        gone = f"{name} (is in the directory no more)"
        console.print(escape(f"{times:>5}  {_line(services[name]) if name in services else gone}"))
    if not counts:
        console.print("Nobody said that a number is wrong.")
    return 0


def _coverage(options: argparse.Namespace) -> int:
    from actions.directory import coverage
    from actions.knowledge.library import Library, library

    settings()
    console = Console(highlight=False, soft_wrap=True)
    if options.write:
        own = Library.load()
        PAGE.write_text(coverage.page(own.services, own.needs, own.places), encoding="utf-8")
        console.print(f"Written: {PAGE.relative_to(ROOT)}")
        return 0
    known = library()
    console.print(coverage.need_table(known.services, known.needs, known.places), markup=False)
    console.print()
    console.print(coverage.police_table(known.services), markup=False)
    return 0


def _check(options: argparse.Namespace) -> int:
    from actions.knowledge.library import library
    from bot.link_check import State

    read = settings()
    if options.limit is not None and options.limit < 1:
        raise CannotRun("--limit takes a number above 0.")
    state = State(read.directory.with_suffix(".checked.jsonl"))
    if not options.resume:
        state.clear()
    users: dict[str, list[str]] = defaultdict(list)
    for service in library().services:
        if service.status == "active":
            for url in dict.fromkeys(filter(None, (service.url, service.chat_url))):
                users[url].append(service.id)
    done = state.read()
    urls = [url for url in users if url not in done][: options.limit]
    run(_ask(urls, state, private=options.private))
    return _told(state.read(), users)


async def _ask(urls: list[str], state: "State", *, private: bool) -> None:
    from bot.link_check import PAUSE_SECONDS, ask

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(f"Asking {len(urls):,} pages, one request to a host at a time. Ctrl-C stops; --resume goes on.")
    with Progress(console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("", total=len(urls))
        number = count(1)

        def tell(answer: "Answer") -> None:
            state.add(answer)
            progress.advance(bar)
            if (n := next(number)) % SAID_EVERY == 0 and not console.is_terminal:
                console.print(f"{n:,} of {len(urls):,}")

        await ask(urls, tell, private=private, pause=0 if private else PAUSE_SECONDS)


def _told(answers: dict[str, "Answer"], users: dict[str, list[str]]) -> int:
    """Says what was found about the pages that are still in the directory; 1 where one is broken."""
    console = Console(highlight=False, soft_wrap=True)
    known = {url: answer for url, answer in answers.items() if url in users}
    for result in ("broken", "refused", "fine"):
        for url, answer in sorted(known.items()):
            if answer.result == result and (answer.why or result != "fine"):
                console.print(escape(f"{result:<8} {url}  {answer.why}  ({', '.join(users[url])})"))
    counts = {result: sum(a.result == result for a in known.values()) for result in ("fine", "refused", "broken")}
    console.print(
        f"{counts['fine']:,} pages are there, {counts['refused']:,} refuse programs (look yourself), "
        f"{counts['broken']:,} are broken; {len(users) - len(known):,} were not asked yet."
    )
    return 1 if counts["broken"] else 0


def _line(service: "Service") -> str:
    numbers = [phone.number for phone in service.phones]
    reach = numbers[0] if numbers else service.url or service.email or "no way to reach it"
    return f"{service.name}  {reach}  {service.id}"
