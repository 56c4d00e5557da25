import os
import sys
import time
from pathlib import Path

import pytest

from bot.bench.process import environment, measured, started
from bot.bench.wrong import CannotBench
from bot.load.processes import MB

TAKES = "import time; b = b'x' * (80 * 1024 * 1024); time.sleep(0.7); print('done')"


def test_time_and_memory_of_a_command(tmp_path):
    done = measured([sys.executable, "-c", TAKES], tmp_path, tmp_path / "printed")
    assert done.peak > 80 * MB and 0.7 <= done.seconds < 20
    assert (tmp_path / "printed").read_text() == "done\n"


def test_what_fails_says_what_it_printed(tmp_path):
    with pytest.raises(CannotBench, match=r"exit 3\): no such thing"):
        measured([sys.executable, "-c", "print('no such thing'); exit(3)"], tmp_path, tmp_path / "printed")


def test_children_end_with_it(tmp_path):
    script = "sleep 60 & echo $!; exec sleep 60"
    with started(["sh", "-c", script], tmp_path, tmp_path / "printed"):
        while not (said := (tmp_path / "printed").read_text().strip()):
            pass
    child = int(said)
    for _ in range(200):
        try:
            state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return
        if state == "Z":  # dead, and nobody's yet
            return
        time.sleep(0.02)
    raise AssertionError("it lives on")


def test_no_setting_of_the_operator_reaches_it(monkeypatch):
    monkeypatch.setenv("LANTERN_TWILIO_TOKEN", "the real one")
    given = environment(LANTERN_MODELS="here")
    assert "the real one" not in given.values() and given["LANTERN_MODELS"] == "here"
    assert given["PATH"] == os.environ["PATH"] and given["RASA_TELEMETRY_ENABLED"] == "false"
