"""The scripted conversations of `scripts/`, as they must go."""

from pathlib import Path

import pytest

from actions.knowledge.yaml_file import DataError
from bot.evaluation.conversations import play, read_script

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.yml"))


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.stem)
async def test_it_goes_as_written(lantern, file):
    assert await play(lantern, read_script(file)) == []


def test_there_are_enough_of_them():
    assert len(SCRIPTS) >= 30


@pytest.mark.parametrize(
    ("turn", "says"), [("{answer: x}", "has no `user`"), ("{user: hi, anwser: x}", "anwser is no field of a turn")]
)
def test_a_script_that_is_none_is_named(tmp_path, turn, says):
    file = tmp_path / "broken.yml"
    file.write_text(f"title: x\nturns:\n- {turn}\n")
    with pytest.raises(DataError, match=says):
        read_script(file)


async def test_a_difference_is_found(lantern, tmp_path):
    file = tmp_path / "wrong.yml"
    file.write_text(
        "title: x\nturns:\n- {user: hi, answer: phrases.goodbye, place: OR, says: [zebra], offers: [zebra]}\n"
    )
    wrong = await play(lantern, read_script(file))
    assert len(wrong) == 4 and "phrases.greet" in wrong[0]
