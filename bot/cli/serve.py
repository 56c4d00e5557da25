"""`lantern serve`: the page, on loopback unless told otherwise."""

import argparse
import asyncio
import errno
import resource
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import model
from bot.cli.common import CannotRun, Commands, add_command, load, settings
from bot.settings import Settings, WrongSetting

if TYPE_CHECKING:
    import socket

    from bot.agent import Lantern


def add(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "serve", "serve the page on this machine", _run)
    parser.add_argument("--host", help="address to listen on (default: LANTERN_HOST)")
    parser.add_argument("--port", type=int, help="port to listen on (default: LANTERN_PORT)")
    parser.add_argument("--workers", type=int, help="processes that answer (default: LANTERN_WORKERS)")


def _run(options: argparse.Namespace) -> int:
    read = settings()
    given = {name: value for name in ("host", "port", "workers") if (value := getattr(options, name)) is not None}
    try:
        read = replace(read, **given)
    except WrongSetting as error:
        raise CannotRun(str(error)) from error
    _prepare_counts(read)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must not write anybody's words to disk
    listening = _listen(read.host, read.port)
    _say_what_is_doubtful(read)
    if read.workers == 1:
        _one(read, listening)
    else:
        _several(read, listening)
    return 0


def _say_what_is_doubtful(read: Settings) -> None:
    """Nothing that keeps the service from answering."""
    from bot.channels.sms.lasting import doubt

    if said := doubt(read):
        print(said, file=sys.stderr, flush=True)  # noqa: T201


def _prepare_counts(read: Settings) -> None:
    """Fails before the model is loaded where counts of the months could not be written."""
    from bot.monthly.keeper import CountsUnusable, prepare

    try:
        if read.counts:
            prepare(read.counts)
    except CountsUnusable as error:
        raise CannotRun(f"LANTERN_COUNTS: {error}.") from error


def _one(read: Settings, listening: "socket.socket") -> None:
    from bot.server import serve

    lantern = _warm(read)
    _ready(read, listening)
    asyncio.run(serve(lantern, read, listening, newest_model=lambda: model.current(read.models)))


def _several(read: Settings, listening: "socket.socket") -> None:
    from bot.metrics import share_between_workers

    share_between_workers()  # before anything counts
    from bot.workers import Workers

    Workers(lambda: _warm(read), read, listening).run(lambda: _ready(read, listening))


def _warm(read: Settings) -> "Lantern":
    lantern = load(read, train_if_needed=False)
    asyncio.run(lantern.warm_up())
    return lantern


def _ready(read: Settings, listening: "socket.socket") -> None:
    port = listening.getsockname()[1]
    print(f"Lantern answers on http://{read.host}:{port}/ (Ctrl-C stops it)", flush=True)  # noqa: T201


def _listen(host: str, port: int) -> "socket.socket":
    """Fails before the model is loaded where the port is taken."""
    from bot.server import listen

    try:
        return listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            text = f"Port {port} on {host} is in use. Choose another with --port or LANTERN_PORT."
        else:
            text = f"Cannot listen on {host}:{port}: {error.strerror}."
        raise CannotRun(text) from error
