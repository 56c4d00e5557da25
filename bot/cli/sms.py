"""`lantern sms`: text with Lantern in the terminal, with what each reply takes and costs.

`lantern sms doctor` checks the settings; `lantern sms --record` writes `docs/sms_conversations.md`.
"""

import argparse
import datetime as dt
import secrets
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from bot.cli.common import CannotRun, Commands, add_command, load, run, settings, typed_lines
from bot.settings import ROOT

if TYPE_CHECKING:
    from bot.channels.sms.simulator import Phone

WIDTH = 44  # of a small phone
PRICE = 0.01  # of a segment, in dollars; a round figure, not anybody's price
SCRIPTS = ROOT / "tests" / "bot" / "channels" / "sms" / "conversations.yml"
PAGE = ROOT / "docs" / "sms_conversations.md"


def add(commands: Commands) -> None:
    """Adds the command."""
    about = "text with Lantern as from a phone, or check that everything is set for text messages"
    parser = add_command(commands, "sms", about, _run)
    parser.add_argument("what", nargs="?", choices=("doctor",), help="check the settings and say what is wrong")
    parser.add_argument("--local", action="store_true", help="talk to this process, not to a running server")
    parser.add_argument("--record", action="store_true", help=f"hold scripted talks and write {PAGE.relative_to(ROOT)}")
    parser.add_argument("--url", metavar="URL", help="the running server (default: LANTERN_HOST and LANTERN_PORT)")
    parser.add_argument(
        "--from", dest="number", default="+15005550009", metavar="NUMBER", help="the number of the phone"
    )
    parser.add_argument("--price", type=float, default=PRICE, metavar="DOLLARS", help="of a segment (default: 0.01)")
    parser.add_argument("--account", default="", metavar="SID", help="doctor: ask Twilio how this account is set")


def _run(options: argparse.Namespace) -> int:
    if options.what == "doctor":
        return run(_examine(options.account))
    run(_record() if options.record else _text(options))
    return 0


async def _examine(account: str) -> int:
    from bot.channels.sms.doctor import examine

    console, wrong = Console(highlight=False, soft_wrap=True), 0
    async for finding in examine(settings(), account):
        console.print(escape(f"{finding.level:<6} {finding.what}"))
        wrong += finding.level == "wrong"
    console.print(f"{wrong} wrong." if wrong else "Nothing is wrong.")
    return 1 if wrong else 0


async def _record() -> None:
    from bot.channels.sms.recording import page, read, record

    given = settings()
    lantern, scripts = load(given, train_if_needed=True), read(SCRIPTS)
    idle = 60 * given.sms_idle_minutes
    recorded = [(script, await record(lantern, script, given.operator, idle)) for script in scripts]
    PAGE.write_text(page(recorded, dt.date.today(), SCRIPTS.relative_to(ROOT).as_posix()), encoding="utf-8")
    Console(highlight=False).print(f"Written: {PAGE.relative_to(ROOT)}")


async def _text(options: argparse.Namespace) -> None:
    from bot.channels.sms.recording import count, takes
    from bot.channels.sms.segments import size
    from bot.channels.sms.simulator import NoAnswer

    phone, console = _phone(options), Console(highlight=False)
    console.print("[dim]Type a text. An empty line is an empty text; Ctrl-D ends.[/dim]")
    sent = segments = 0
    _prompt(console)
    async for line in typed_lines():
        if not sys.stdin.isatty():
            console.print(escape(line))
        try:
            replies = await phone.send(line)
        except NoAnswer as error:
            raise CannotRun(str(error)) from error
        for reply in replies:
            each = size(reply).segments
            sent, segments = sent + 1, segments + each
            console.print(Panel(escape(reply), width=WIDTH, title_align="left", title="Lantern"))
            console.print(f"[dim]{takes(reply)}, ${each * options.price:.4f}[/dim]")
        if not replies:
            console.print("[dim](no reply)[/dim]")
        _prompt(console)
    total = f"{sent} replies, {count(segments)}, ${segments * options.price:.4f} at ${options.price:.4f} a segment"
    console.print(f"\n{total}")


def _phone(options: argparse.Namespace) -> "Phone":
    from bot.channels.sms.simulator import InProcess, OverHttp

    read = settings()
    if options.local:
        from bot.channels.sms.conversation import Texts
        from bot.channels.sms.optouts import MemoryOptOuts

        lantern = load(read, train_if_needed=True)
        idle = 60 * read.sms_idle_minutes
        return InProcess(Texts(lantern, MemoryOptOuts(), read.operator, idle), secrets.token_hex(16))
    if not (read.twilio_token and read.public_url):
        raise CannotRun(
            "LANTERN_TWILIO_TOKEN and LANTERN_PUBLIC_URL must be set, for the server too. For a try without a server: "
            "`lantern sms --local`"
        )
    return OverHttp(
        options.url or f"http://{read.host}:{read.port}", read.public_url, read.twilio_token, options.number
    )


def _prompt(console: Console) -> None:
    console.print("[bold]>[/bold] ", end="")
