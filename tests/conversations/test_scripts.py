"""The scripted conversations of `scripts/`, and those that `/save` recorded, as they must go."""

from pathlib import Path

import pytest

from actions.knowledge.catalogs import languages
from actions.knowledge.yaml_file import DataError
from bot.evaluation.conversations import in_all_languages, play, read_script
from bot.evaluation.recording import FOLDER

FILES = sorted((Path(__file__).parent / "scripts").glob("*.yml"))
RECORDED = sorted(FOLDER.glob("*.yml"))
SCRIPTS = [script for file in FILES for script in in_all_languages(read_script(file))]
TALKS = [*SCRIPTS, *(script for file in RECORDED for script in in_all_languages(read_script(file)))]


@pytest.mark.parametrize("script", TALKS, ids=lambda script: script.name)
@pytest.mark.parametrize("channel", ["web", "sms"])
async def test_it_goes_as_written(lantern, script, channel):
    assert await play(lantern, script, channel) == []


def test_there_are_enough_of_them():
    assert len(FILES) >= 30
    for language in languages():
        assert language == "en" or sum(script.name.endswith(language) for script in SCRIPTS) >= 30, language


@pytest.mark.parametrize(
    ("turn", "says"),
    [
        ("{answer: x}", "has no `user`"),
        ("hi", "has no `user`"),
        ("{user: 97201}", "put it in quotes"),
        ("{user: hi, anwser: x}", "anwser is no field of a turn"),
    ],
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


@pytest.mark.parametrize("text", ["[]", "title: x", "turns: []", "{title: x, turns: 3}"])
def test_a_file_that_is_no_script_is_named(tmp_path, text):
    file = tmp_path / "broken.yml"
    file.write_text(text)
    with pytest.raises(DataError, match=r"broken\.yml: a script has a `title` and `turns`"):
        read_script(file)
