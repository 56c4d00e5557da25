import sys

import pytest

from bot import model
from bot.cli import main
from bot.cli.load import _grown, _up_to, _wrong
from bot.load.people import Tally
from bot.load.processes import Sample
from bot.load.soak import Soak


@pytest.mark.parametrize("given", [["--people", "5000"], ["--seconds", "nan"], ["--soak", "0"], ["--on", "elsewhere"]])
def test_what_is_out_of_bounds_is_asked_wrongly(given, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["load", *given])
    assert stopped.value.code == 2


def test_without_a_model_it_says_what_to_do(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(model, "current", lambda _models: tmp_path / "none.tar.gz")
    assert main(["load"]) == 1
    assert "lantern train" in capsys.readouterr().err


def test_lost_and_crossed_turns_fail_and_refused_ones_do_not():
    tally = Tally()
    tally.failed.update({("errors", "page", "HTTP 503"): 5})
    assert _wrong([tally]) == []
    tally.failed.update({("crossed", "page", "another session"): 1})
    assert _wrong([tally, tally]) == ["2 turns crossed"]


def test_memory_that_grows_fails_where_there_was_time_to_settle():
    samples = [Sample(float(n), 100 + 10 * (n > 8)) for n in range(11)]
    one = Soak(1, 0.0, 10.0, Tally(), samples)
    assert _grown(one, minutes=10) == ["memory changed by +10.0% after it had settled"]
    assert _grown(one, minutes=1) == []


def test_numbers_are_read_as_what_they_are():
    assert _up_to(10, int)("3") == 3 and isinstance(_up_to(10, int)("3"), int)


def test_measuring_loads_no_rasa():
    code = "import sys, bot.load.run, bot.load.report; sys.exit('rasa' in sys.modules or 'tensorflow' in sys.modules)"
    import subprocess

    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
