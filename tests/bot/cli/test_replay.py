"""`lantern replay`: what a change does to recorded talks, and taking it over."""

import pytest

from bot.evaluation.conversations import read_script


@pytest.fixture
def talk(command, tmp_path):
    """A recorded talk."""
    command("chat", "--save-to", str(tmp_path), given="long\ncrisis\n/save talk\n")
    return tmp_path / "talk.yml"


def change(talk) -> None:
    """As if the answer had been another when it was recorded."""
    talk.write_text(talk.read_text().replace("law.OR.immunity", "law.OR.records").replace("- Long.", "- Old."))


def test_nothing_changed(command, talk):
    code, said, _ = command("replay", str(talk))
    assert code == 0 and said.splitlines() == [
        f"{talk}: Talk (3 turns): as written",
        "1 of 1 talks go as written.",
    ]


def test_a_change_is_shown_turn_by_turn(command, talk):
    change(talk)
    before = talk.read_text()
    code, said, _ = command("replay", str(talk.parent))
    assert code == 1 and talk.read_text() == before
    assert said.splitlines() == [
        f"{talk}: Talk (3 turns): 1 of them otherwise",
        "  turn 2 “long”",
        "    answer  law.OR.records → law.OR.immunity",
        "    - Old.",
        "    + Long.",
        "0 of 1 talks go as written.",
    ]


def test_a_change_is_accepted(command, talk):
    change(talk)
    code, said, _ = command("replay", "--accept", str(talk))
    assert code == 0 and "accepted" in said and "1 of 1 talks go as written." in said
    assert read_script(talk).turns[1]["answer"] == "law.OR.immunity"
    assert command("replay", str(talk))[0] == 0


def test_a_script_written_by_hand_is_never_rewritten(command, tmp_path):
    file = tmp_path / "hand.yml"
    file.write_text("title: X # mine\nturns:\n- {user: long, answer: services.*}\n")
    before = file.read_text()
    code, said, _ = command("replay", "--accept", str(file))
    assert code == 1 and file.read_text() == before and "answered law.OR.immunity, not services.*" in said


def test_a_broken_or_missing_script_is_named_before_anything_is_said(command, talk):
    broken = talk.with_name("broken.yml")
    broken.write_text("title: x\nturns:\n- {usr: hi}\n")
    code, said, wrong = command("replay", str(talk), str(broken))
    assert (code, said) == (1, "") and f"{broken}: turn 1: has no `user`" in wrong
    code, said, wrong = command("replay", str(talk.with_name("none.yml")))
    assert (code, said) == (1, "") and "There is no file" in wrong


def test_nothing_was_recorded_yet(command, monkeypatch, tmp_path):
    monkeypatch.setattr("bot.evaluation.recording.FOLDER", tmp_path / "recorded")
    code, _, wrong = command("replay")
    assert code == 1 and "Record one with /save" in wrong
