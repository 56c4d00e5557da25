"""How many segments a text message takes on its way: what a carrier bills by.

A text in the GSM 7-bit alphabet (3GPP TS 23.038) has 160 septets, or 153 in each of several parts, because a part
carries a header of 7 septets (TS 23.040, 9.2.3.24.1). Signs of the extension table take two. Anything else turns the
whole text into UCS-2: 70 units, or 67 a part; an emoji takes two. What takes two is never cut in half.
"""

from dataclasses import dataclass
from typing import Literal

from actions.knowledge.style import GSM7

EXTENSION = frozenset("^{}\\[~]|€\f")
ONE_PART = {"GSM-7": 160, "UCS-2": 70}
EACH_PART = {"GSM-7": 153, "UCS-2": 67}
Encoding = Literal["GSM-7", "UCS-2"]


@dataclass(frozen=True)
class Size:
    """What a text takes.

    Attributes:
        encoding: GSM-7 where every character allows it.
        units: septets or UCS-2 units.
        segments: parts on the way, at least 1.
    """

    encoding: Encoding
    units: int
    segments: int


def size(text: str) -> Size:
    """The size of `text` as one text message."""
    encoding: Encoding = "GSM-7" if all(c in GSM7 or c in EXTENSION for c in text) else "UCS-2"
    widths = [_width(c, encoding) for c in text]
    units = sum(widths)
    if units <= ONE_PART[encoding]:
        return Size(encoding, units, 1)
    segments, room = 1, EACH_PART[encoding]
    for width in widths:
        if width > room:
            segments, room = segments + 1, EACH_PART[encoding]
        room -= width
    return Size(encoding, units, segments)


def _width(character: str, encoding: Encoding) -> int:
    doubled = character in EXTENSION if encoding == "GSM-7" else ord(character) > 0xFFFF
    return 2 if doubled else 1
