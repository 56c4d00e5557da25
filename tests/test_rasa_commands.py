"""Rasa's own commands work bare from the root."""

import os
import subprocess
import sys

import pytest

from bot import model
from bot.settings import ROOT

QUIET = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}


def rasa(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rasa", *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **QUIET},
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module", autouse=True)
def _trained(lantern):
    """Rasa takes the newest model in models/."""


def test_validate():
    done = rasa("data", "validate", "--fail-on-warnings")
    assert done.returncode == 0, done.stderr[-2000:]


def test_dialogue_test(tmp_path, settings):
    stories = ROOT / "tests" / "test_stories.yml"
    done = rasa("test", "core", "--model", str(model.current(settings.models)), "--stories", str(stories),
                "--out", str(tmp_path), "--fail-on-prediction-errors")  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


def test_shell():
    """A turn through `rasa shell`, with nothing else running. (An answer with choices would wait for arrow keys.)"""
    done = rasa("shell", given="delete everything\n/stop\n")
    assert "This talk is deleted here" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
