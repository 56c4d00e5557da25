import subprocess
import sys

import pytest
import yaml

from bot.bench import plan, run
from bot.bench.wrong import CannotBench
from bot.cli import main
from tests.bot.bench.test_report import FIGURES


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where a quick run writes."""
    monkeypatch.setattr("bot.cli.bench.ROOT", tmp_path)
    monkeypatch.setattr(plan, "QUICK", plan.Plan(folder=tmp_path))
    return tmp_path / "docs"


def test_the_page_is_written_again_from_the_figures(folder, capsys):
    folder.mkdir()
    (folder / "benchmarks.yml").write_text(yaml.safe_dump(FIGURES))
    assert main(["bench", "--page", "--quick"]) == 0
    assert "## Beside stock Rasa" in (folder / "benchmarks.md").read_text()
    said = capsys.readouterr().err
    assert "start to first answer: 1/2 (target ≤ 1/4, NOT met)" in said
    assert "training, time: 1/10 (target ≤ 1/4, met)" in said


def test_what_was_measured_before_a_part_fails_is_kept(folder, monkeypatch, capsys):
    def measure(*_):
        yield {"tiny": FIGURES["tiny"]}
        raise CannotBench("npm is on fire")

    monkeypatch.setattr(run, "measure", measure)
    assert main(["bench", "--quick", "--only", "tiny", "growth"]) == 1
    assert "npm is on fire" in capsys.readouterr().err
    assert yaml.safe_load((folder / "benchmarks.yml").read_text()) == {"tiny": FIGURES["tiny"]}


def test_a_part_there_is_not_is_asked_wrongly():
    with pytest.raises(SystemExit) as stopped:
        main(["bench", "--only", "everything"])
    assert stopped.value.code == 2


def test_measuring_loads_no_rasa():
    code = (
        "import sys, bot.bench.run, bot.bench.report; sys.exit('rasa' in sys.modules or 'onnxruntime' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
