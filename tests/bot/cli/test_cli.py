"""`lantern` as a process: shapes of its output, and clear errors."""

import json
import os
import socket
import subprocess
import sys

import pytest

from bot.settings import ROOT


def run(*arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.fixture(scope="module", autouse=True)
def _trained(lantern):
    """The commands find a model for today's data."""


def test_say():
    done = run("say", "--channel", "sms", "--lang", "en", given="can i be arrested if i report\noregon\n\n")
    assert done.returncode == 0, done.stderr
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    assert [t["user"] for t in turns] == ["can i be arrested if i report", "oregon", ""]
    for t in turns:
        assert list(t) == ["user", "topic", "confidence", "jurisdiction", "language", "gate", "answer"]
        assert list(t["answer"]) == ["id", "text", "short", "choices", "sources", "checked_on", "review"]
        assert all(list(c) == ["label", "value"] for c in t["answer"]["choices"])
        assert all(list(s) == ["title", "url"] for s in t["answer"]["sources"])
    assert turns[1]["jurisdiction"] == "OR" and turns[1]["answer"]["review"] == "unreviewed"


def test_parse():
    done = run("parse", given="vice came to the spa\ni want to kill myself\n\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 3
    for row in rows:
        assert list(row) == ["text", "topic", "confidence", "ranking", "entities", "language", "gate"]
    assert len(rows[0]["ranking"]) == 5 and list(rows[0]["ranking"][0]) == ["topic", "confidence"]
    assert rows[1]["gate"] == "suicide" and rows[1]["topic"] == "crisis_suicide"


def test_chat_without_a_terminal():
    done = run("chat", given="2\n/why\n/sms\n/sources\n/help\n/new\n/quit\n")
    assert done.returncode == 0, done.stderr
    assert "Am I free to go?" in done.stdout
    assert "data/rights/rights_police_stop.yml" in done.stdout
    assert "Forgotten. Take care." in done.stdout


def test_check_is_clean():
    done = run("check")
    assert done.returncode == 0, done.stdout
    assert "0 errors" in done.stdout


def test_a_missing_model_says_how(tmp_path):
    done = run("serve", "--port", "0", LANTERN_MODELS=str(tmp_path))
    assert done.returncode == 1 and "lantern train" in done.stderr and "Traceback" not in done.stderr


def test_a_busy_port_says_so():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1 and "is in use" in done.stderr and "Traceback" not in done.stderr


def test_a_wrong_setting_says_so():
    done = run("check", LANTERN_PORT="eighty")
    assert done.returncode == 1 and "LANTERN_PORT: takes a whole number" in done.stderr


def test_bytes_that_are_no_text():
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "say"], input=b"\xff\xfe hi\n", capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0 and json.loads(done.stdout)["answer"]["text"]


def test_switching_off_and_on(tmp_path):
    file = {"LANTERN_SWITCHES": str(tmp_path / "switches.yml")}
    assert "Nothing is off" in run("off", **file).stdout
    assert run("off", "passport_taken", "OR", "--because", "the law changed", **file).returncode == 0
    assert "the law changed" in run("off", **file).stdout
    said = run("say", given="my boss took my passport\n", **file)
    assert json.loads(said.stdout)["answer"]["id"] == "hidden.passport_taken"
    assert run("on", "passport_taken", **file).returncode == 0
    listed = run("off", **file).stdout
    assert "OR" in listed and "passport_taken" not in listed


def test_switching_what_is_not_there(tmp_path):
    file = {"LANTERN_SWITCHES": str(tmp_path / "switches.yml")}
    done = run("off", "passport_takn", **file)
    assert done.returncode == 1 and "Did you mean passport_taken" in done.stderr
    done = run("on", "OR", **file)
    assert done.returncode == 1 and "is not off" in done.stderr
