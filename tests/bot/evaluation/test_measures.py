"""The figures say what happened."""

import pytest

from actions.knowledge.yaml_file import DataError
from bot.evaluation.measures import Figures, Heard, caught, confusions, false_alarms, out_of_scope
from bot.evaluation.messages import Labelled, read
from bot.evaluation.report import passes
from bot.evaluation.typos import with_slips
from bot.turn import Understanding


def heard(right: str, *ranking: str, sure: bool = True, gate: str | None = None, crisis: str | None = None) -> Heard:
    ranked = tuple((topic, 1 / (n + 1)) for n, topic in enumerate(ranking))
    understood = Understanding(ranking[0], 0.9, ranked, sure=sure, gate=gate)
    return Heard(Labelled("x", tuple(right.split()), crisis=crisis), understood)


def test_shares():
    figures = Figures.of(
        [
            heard("greet", "greet"),
            heard("thanks greet", "greet", "thanks"),
            heard("privacy", "greet", "thanks", "privacy"),
            heard("goodbye", "greet", sure=False),
        ]
    )
    assert figures == Figures(4, 0.5, 0.75, 0.25, 0.25)
    assert Figures.of([]) == Figures(0, 0.0, 0.0, 0.0, 0.0)


def test_alarms():
    by_gate = heard("leave_safely", "leave_safely", gate="danger", crisis="danger")
    by_topic = heard("crisis_suicide", "crisis_suicide", crisis="suicide")
    unsure = heard("crisis_suicide", "crisis_suicide", crisis="suicide", sure=False)
    needless = heard("greet", "crisis_danger", gate="danger")
    tolerated = heard("leave_safely crisis_danger", "crisis_danger", gate="danger")
    everything = [by_gate, by_topic, unsure, needless, tolerated]
    assert caught(everything, "danger") == [by_gate] and caught(everything, "suicide") == [by_topic]
    assert false_alarms(everything) == [needless]
    assert [passes(h) for h in everything] == [True, True, False, False, True]


def test_confusions_and_scope():
    some = [heard("greet", "thanks"), heard("greet", "thanks"), heard("out_of_scope", "greet"), heard("greet", "greet")]
    assert confusions(some)[0] == (("greet", "thanks"), 2)
    assert out_of_scope([*some, heard("out_of_scope", "out_of_scope")]) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("text: x", "expected a list"),
        ("- {text: x}", "message 1: expected `text` and `label`"),
        ("- {text: x, label: greet}\n- {text: y, label: no_such}", "message 2: no_such is no topic"),
        ("- {text: x, label: greet, crisis: boredom}", "crisis: boredom is none of"),
    ],
)
def test_a_file_of_another_shape_is_named(tmp_path, rows, says):
    file = tmp_path / "messages.yml"
    file.write_text(rows)
    with pytest.raises(DataError, match=says):
        read(file)


def test_slips_are_few_and_always_the_same():
    text = "my boyfriend keeps my passport and says i owe him for the apartment and the advertisement photographs"
    slipped = with_slips(text)
    assert slipped != text and slipped == with_slips(text)
    assert (
        len(slipped.split()) == len(text.split())
        and sum(a != b for a, b in zip(text.split(), slipped.split(), strict=True)) < 10
    )
    assert with_slips("hi ok") == "hi ok" and with_slips("") == ""
