"""Colours can be read in either scheme, and only those of the page can be set."""

import re
from pathlib import Path

import pytest

import bot.channels.web
from actions.knowledge.site_records import COLOUR_NAMES, Colours
from actions.overlay.colours import OURS, SCHEMES, contrast, hard_to_read, stylesheet

STYLE = (Path(bot.channels.web.__file__).parent / "static" / "style.css").read_text()


def test_lanterns_own_are_those_of_its_stylesheet():
    found = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", rule)) for rule in re.findall(r":root \{[^}]*\}", STYLE)]
    assert found[:2] == [OURS["light"], OURS["dark"]]
    assert set(OURS["light"]) == set(OURS["dark"]) == set(COLOUR_NAMES)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lanterns_own_can_be_read(scheme):
    assert list(hard_to_read(Colours(**{scheme: OURS[scheme]}), scheme)) == []


@pytest.mark.parametrize(
    ("scheme", "own", "says"),
    [
        ("light", {"link": "#8ab4f8"}, "link on paper has a contrast of"),
        ("light", {"paper": "#1d2126"}, "ink on paper has a contrast of 1.00, and 4.5 is the least"),
        ("light", {"exit": "#f0f0f0"}, "paper on exit"),
        ("dark", {"mine": "#c0c0c0"}, "ink on mine"),
        ("dark", {"line": "#2a2c30"}, "line on paper has a contrast of 1.28, and 3 is the least"),
    ],
)
def test_what_cannot_be_read_is_said(scheme, own, says):
    found = list(hard_to_read(Colours(**{scheme: own}), scheme))
    assert any(says in why for why in found), found


def test_a_scheme_leaves_the_other_alone():
    assert stylesheet(Colours()) == ""
    light = stylesheet(Colours(light={"ink": "#000000", "paper": "#ffffff"}))
    assert light == "@media not all and (prefers-color-scheme: dark) { :root { --ink: #000000; --paper: #ffffff; } }\n"
    both = stylesheet(Colours(light={"ink": "#000000"}, dark={"ink": "#ffffff"}))
    assert both.splitlines()[1] == "@media (prefers-color-scheme: dark) { :root { --ink: #ffffff; } }"
