"""The picture of a talk: every line is in it, in order, and nothing is loaded or run."""

import re
import xml.etree.ElementTree as ET

from bot.settings import ROOT
from tools import cast

PRINTED = """
Hi. I am a computer program.
  1 Being arrested for reporting
/help for more, /quit to leave

> can they arrest me & <my friend>

Which state is this about? The law differs from state to state, and this line is too long for the terminal it is in.
  1 Skip
- a limit

> /why
topic      immunity_reporting 0.97
answer     ask.place, from data/phrases/interface.yml

>\x20
Forgotten. Take care.
"""


def texts(svg: str) -> list[str]:
    root = ET.fromstring(svg)
    return ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]


def test_every_line_is_there_and_fits():
    shown = texts(cast.picture(cast.lines(PRINTED)))
    assert shown[0] == "> can they arrest me & <my friend>"
    assert shown[1].startswith("Which state is this about?") and len(shown) == 8
    assert all(len(line) <= cast.COLUMNS for line in shown)
    assert "  1 Skip" in shown and "- a limit" in shown
    assert shown[-1] == "answer     ask.place, from data/phrases/interface.yml"
    assert not [line for line in shown if "Forgotten" in line or "computer program" in line]


def test_what_comes_later_appears_later():
    rows = list(cast.lines(PRINTED))
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    typed = [row for row in rows if row.typed and row.text.strip("> ")]
    assert typed[0].at == 0 and typed[1].at > typed[0].lasts


def test_nothing_is_loaded_or_run():
    svg = cast.picture(cast.lines(PRINTED))
    assert not re.search(r"<script|<image|<use|<foreignObject|href|url\(|@import|@font-face| on\w+=", svg)
    assert "prefers-reduced-motion" in svg


def test_the_picture_in_the_documentation_was_drawn_by_it():
    svg = cast.PICTURE.read_text(encoding="utf-8")
    shown = texts(svg)
    assert [line for line in shown if line.startswith("> ")] == [f"> {line}" for line in cast.TYPED]
    assert any(line.startswith("California:") for line in shown)
    (file,) = re.findall(r"from\s+(data/[\w/.]+)", " ".join(shown))
    assert (ROOT / file).exists()
