"""No log, at any level, holds what a person wrote."""

import logging
import os
import subprocess
import sys

CANARY = "Canary Featherstone 555-201-9988"


def test_nothing_at_debug(tmp_path):
    """A whole process at LANTERN_LOG_LEVEL=DEBUG: `lantern say`, everything it prints to standard error."""
    environment = {**os.environ, "LANTERN_LOG_LEVEL": "DEBUG", "HOME": str(tmp_path)}
    lines = f"hi my name is {CANARY}\ni need a lawyer {CANARY}\n/restart {CANARY}\ndelete everything\n"
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "say"],
        input=lines,
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 4
    for word in ("Canary", "Featherstone", "9988"):
        assert word.lower() not in done.stderr.lower()
    left = [p for p in tmp_path.rglob("*") if p.is_file() and CANARY.split()[0].encode() in p.read_bytes()]
    assert not left


async def test_loud_loggers_are_held(lantern, tester, caplog):
    caplog.set_level(logging.DEBUG)
    await tester.user(f"my name is {CANARY} can i be arrested")
    assert "Canary" not in caplog.text
