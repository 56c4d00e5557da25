"""The gate: what fires and what only looks like it. Messages are in tests/data/gate_en.yml."""

from pathlib import Path

import pytest

from actions.knowledge.yaml_file import DataError, read_yaml
from bot.nlu.gate import KINDS, Gate, gate

DATA = read_yaml(Path(__file__).parents[2] / "data" / "gate_en.yml")


def test_recall():
    """Share caught, all kinds together; the rest is named, so that a change that loses one is seen."""
    missed = [row["text"] for row in DATA["positive"] if gate().check(row["text"]) is None]
    assert len(missed) / len(DATA["positive"]) <= 0.10, missed


def test_false_alarms():
    fired = [(row["text"], gate().check(row["text"])) for row in DATA["lookalike"] if gate().check(row["text"])]
    assert len(fired) / len(DATA["lookalike"]) <= 0.03, fired


def test_on_messages_it_was_not_written_against():
    """A floor, not a goal: tests/data/gate_blind_en.yml was written, and is kept, without sight of the patterns."""
    blind = read_yaml(Path(__file__).parents[2] / "data" / "gate_blind_en.yml")
    caught = sum(gate().check(row["text"]) is not None for row in blind["positive"])
    fired = sum(gate().check(row["text"]) is not None for row in blind["lookalike"])
    assert caught / len(blind["positive"]) >= 0.65 and fired / len(blind["lookalike"]) <= 0.10


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I'm going to kill myself", "suicide"),
        ("i want to dieeee", "suicide"),
        ("he’s outside my door with a knife", "danger"),
        ("she isnt breathing", "medical"),
        ("im 15", "minor"),
    ],
)
def test_plain_cases(text, kind):
    alarm = gate().check(text)
    assert alarm and alarm.kind == kind and alarm.because


def test_it_reads_both_ends_of_a_long_message():
    filler = "and then i went to the store " * 200
    assert gate().check(f"i want to kill myself {filler}")
    assert gate().check(f"{filler} i want to kill myself")


def test_a_pattern_that_is_none_is_named(tmp_path):
    file = tmp_path / "gate.en.yml"
    kinds = "\n".join(f"{kind}: {{always: [], when: ['('], unless: []}}" for kind in KINDS)
    file.write_text(f"words: {{}}\nlook_alikes: []\n{kinds}\n")
    with pytest.raises(DataError, match=r"not a regular expression: \("):
        Gate(file)
