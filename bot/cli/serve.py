"""`lantern serve`: the page, on loopback unless told otherwise."""

import argparse
import errno
from dataclasses import replace

from bot.cli.common import CannotRun, Commands, add_command, load, settings


def add(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "serve", "serve the page on this machine", _run)
    parser.add_argument("--host", help="address to listen on (default: LANTERN_HOST)")
    parser.add_argument("--port", type=int, help="port to listen on (default: LANTERN_PORT)")


def _run(options: argparse.Namespace) -> int:
    read = settings()
    given = {name: value for name in ("host", "port") if (value := getattr(options, name)) is not None}
    read = replace(read, **given)
    _free(read.host, read.port)
    lantern = load(read, train_if_needed=False)

    from aiohttp import web

    from bot.app import make_app

    def ready(text: str) -> None:
        print(f"Lantern answers on http://{read.host}:{read.port}/ (Ctrl-C stops it)", flush=True)  # noqa: T201

    try:
        web.run_app(make_app(lantern, read), host=read.host, port=read.port, access_log=None, print=ready)
    except OSError as error:
        raise _busy(read.host, read.port, error) from error
    return 0


def _free(host: str, port: int) -> None:
    """Fails before the model is loaded where the port is taken."""
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _busy(host, port, error) from error


def _busy(host: str, port: int, error: OSError) -> CannotRun:
    if error.errno == errno.EADDRINUSE:
        return CannotRun(f"Port {port} on {host} is in use. Choose another with --port or LANTERN_PORT.")
    return CannotRun(f"Cannot listen on {host}:{port}: {error.strerror}.")
