"""The command line, `lantern`. One module a command; each has `add(commands)` and imports what is slow when it runs."""

import argparse
import sys
from collections.abc import Sequence

from actions.knowledge.yaml_file import DataError
from bot.cli import (
    bench,
    chat,
    check,
    compare,
    directory,
    evaluate,
    explain,
    load,
    parse,
    replay,
    report,
    review,
    say,
    serve,
    sms,
    switch,
    train,
    translations,
)
from bot.cli.common import CannotRun
from bot.settings import WrongSetting

COMMANDS = (
    chat,
    replay,
    explain,
    say,
    parse,
    serve,
    sms,
    train,
    check,
    switch,
    review,
    translations,
    directory,
    evaluate,
    compare,
    load,
    bench,
    report,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code: 0 done, 1 could not, 2 asked wrongly, 130 interrupted."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (CannotRun, DataError, WrongSetting) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output stopped reading
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lantern", description="Talk with Lantern, serve it, and look inside it.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return parser
