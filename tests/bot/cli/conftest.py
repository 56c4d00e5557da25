"""Commands in this process, with a stand-in for the bot and given lines: no model is loaded."""

import io
from collections.abc import Callable

import pytest

from bot.cli import main
from bot.settings import Settings
from tests.bot.channels.sms.conftest import Bot


@pytest.fixture
def command(monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
    """Runs a command: (exit code, standard output, standard error)."""

    def run(*arguments: str, given: str | bytes | None = "", bot: object = None) -> tuple[int, str, str]:
        name = arguments[0]
        monkeypatch.setattr(f"bot.cli.{name}.load", lambda *_, **__: bot or Bot())
        monkeypatch.setattr(f"bot.cli.{name}.settings", Settings)
        lines = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr("sys.stdin", None if lines is None else _pipe(lines))
        code = main(arguments)
        return code, *capsys.readouterr()

    return run


def _pipe(lines: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(lines), encoding="latin-1")
