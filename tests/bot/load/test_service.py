import os
import shutil
from pathlib import Path

import pytest

from bot.load.service import ARRANGEMENTS, REDIS, environment, running
from bot.load.wrong import CannotLoad
from bot.settings import Settings


def test_the_arrangements():
    assert [(one.workers, one.redis) for one in ARRANGEMENTS.values()] == [(1, False), (2, True), (1, True)]


def test_no_setting_of_the_operator_reaches_it_and_none_of_ours_is_unknown(monkeypatch):
    monkeypatch.setenv("LANTERN_TWILIO_TOKEN", "the real one")
    given = environment({"idle_minutes": "1"})
    assert "the real one" not in given.values()
    assert given["PATH"] == os.environ["PATH"]
    assert Settings.read(given).idle_minutes == 1


@pytest.fixture
def stands_in(tmp_path, monkeypatch):
    """Puts a shell script in place of `lantern serve`; returns the folder of temporary files."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))

    def put(script: str) -> Path:
        program = tmp_path / "serve"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        monkeypatch.setattr("sys.executable", str(program))
        return temporary

    return put


def test_its_address_is_the_one_it_prints_and_it_is_ended(stands_in):
    errors = "echo '09:01 ERROR bot.app: failed'; echo '09:02 ERROR bot.app: failed'"
    temporary = stands_in(f'{errors}; echo "Lantern answers on http://127.0.0.1:4711/ (Ctrl-C)"; exec sleep 60')
    with running(ARRANGEMENTS["one"], Path()) as service:
        assert (service.url, service.redis_pid) == ("http://127.0.0.1:4711", None)
        assert service.errors() == {"ERROR bot.app: failed": 2}
        os.kill(service.pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(service.pid, 0)
    assert list(temporary.iterdir()) == []


def test_what_does_not_start_says_why(stands_in):
    temporary = stands_in("echo There is no model; exit 1")
    with pytest.raises(CannotLoad, match="There is no model"), running(ARRANGEMENTS["one"], Path()):
        pass
    assert list(temporary.iterdir()) == []


def test_without_redis_it_says_so(stands_in, monkeypatch):
    stands_in("exit 1")
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(CannotLoad, match="not installed"), running(ARRANGEMENTS["two"], Path()):
        pass


def test_redis_is_ended_too(stands_in):
    if not shutil.which(REDIS):
        pytest.skip(f"{REDIS} is not installed")
    stands_in('echo "Lantern answers on http://127.0.0.1:4711/ "; echo $LANTERN_REDIS_URL; exec sleep 60')
    with running(ARRANGEMENTS["one-redis"], Path()) as service:
        assert service.redis_pid and service.redis_pid != service.pid
    with pytest.raises(ProcessLookupError):
        os.kill(service.redis_pid, 0)
