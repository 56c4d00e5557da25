from pathlib import Path

from actions.knowledge.library import library
from bot.load.cast import PICK, cast, law_labels

SCRIPTS = Path(__file__).parents[2] / "conversations" / "scripts"


def test_every_script_is_held_about_a_place_of_its_own():
    held = cast(SCRIPTS, library())
    assert len(held) == len(list(SCRIPTS.glob("*.yml")))
    assert len({one.place for one in held}) == len(held)
    assert [one.number for one in held] == list(range(len(held)))


def test_the_place_is_named_before_and_after_the_script_but_not_in_the_last_question():
    for one in cast(SCRIPTS, library()):
        place = library().place(one.place)
        assert place in one.steps[0] and place in one.steps[-3]
        assert one.steps[-2] == PICK and place not in one.steps[-1]


def test_the_choices_to_go_on_with_are_those_about_the_law():
    labels = law_labels(library())
    assert library().label("expunge_process") in labels
    assert library().label("need_shelter") not in labels
