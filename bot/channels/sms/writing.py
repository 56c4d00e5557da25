"""From an `Answer` to text messages: its short form and numbered choices, a page at a time.

A page is one reply. It takes at most two segments (three where the script needs UCS-2), which is below the 320
characters that carriers suggest; MORE brings the next one. The parts of a short form stand by themselves, so pages are
made of whole parts. Only the first reply of a conversation, which also has to say what every conversation opens with,
may end after a sentence of the first part.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from actions.answer import Answer
from actions.knowledge.library import library
from actions.knowledge.style import not_gsm7
from bot.channels.sms.segments import size

MOST_SEGMENTS = {"GSM-7": 2, "UCS-2": 3}
MOST_CHARACTERS = 320  # of one reply, whatever it is written in
_GSM7_FOR = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "...", "•": "-", "\t": " "}
    | dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
)
_SENTENCE = r"(?<=[.!?])\s+|(?<=[。！？])"
_ANYWHERE = (_SENTENCE, r"\s+", r"")  # after a sentence, else a word, else a character


def gsm(text: str) -> str:
    """`text` with signs that phones have: curly quotes, dashes and accents outside GSM-7 become plain ones.

    Scripts that GSM-7 has no letters of stay as they are.
    """
    return "".join(_plain_letter(c) for c in text.translate(_GSM7_FOR))


def pages(answer: Answer, opening: str | None = None) -> tuple[str, ...]:
    """`answer` as replies, the most useful first.

    Args:
        opening: what the first reply of a conversation says before anything else.
    """
    unreviewed = answer.review == "unreviewed" and not answer.id.startswith("safety.")
    more = _more("more_unreviewed" if unreviewed else "more")
    parts = [gsm(part) for part in (*answer.short, *_choices(answer))]
    if opening is None:
        return tuple(_packed([], parts, more))
    first = [gsm(opening)]
    if not _fits([*first, parts[0], more]) and not _fits([*first, *parts]):
        is_prose = not answer.id.startswith("services.")  # a card without its number helps nobody
        halves = _cut(parts[0], first, more, (_SENTENCE,)) if is_prose else None
        if halves is None:
            return ("\n".join([*first, _more("more_answer")]), *_packed([], parts, more))
        parts[:1] = halves
    return tuple(_packed(first, parts, more))


def text_pages(text: str) -> tuple[str, ...]:
    """One sentence or a few of the bot's own, as replies."""
    return tuple(_packed([], [gsm(text)], _more("more")))


def _more(key: str) -> str:
    return gsm(library().say(f"sms.{key}"))


def _choices(answer: Answer) -> Iterator[str]:
    for number, choice in enumerate(answer.choices, 1):
        yield library().say("sms.choice", number=number, label=choice.label)


def _packed(page: Sequence[str], parts: Iterable[str], more: str) -> Iterator[str]:
    """Pages of whole `parts`; the first begins with what `page` holds and ends with `more`, if there is a second.

    A part is cut only where it is longer than a page.
    """
    left = deque(parts)
    while left:
        if _fits([*page, *left]):
            page = [*page, *left]
            break
        if _fits([*page, left[0], more]):
            page = [*page, left.popleft()]
            continue
        if not page and (halves := _cut(left[0], [], more, _ANYWHERE)):
            page, left[0] = [halves[0]], halves[1]
        yield "\n".join([*page, more])
        page, more = [], _more("more")
    yield "\n".join(page)


def _cut(part: str, before: Sequence[str], more: str, breaks: Iterable[str]) -> tuple[str, str] | None:
    """`part` in two, the first as long as a page has room for between `before` and `more`; None where it has none."""
    for pattern in breaks:
        places = [m for m in re.finditer(pattern, part) if m.start() and _fits([*before, part[: m.start()], more])]
        if places:
            return part[: places[-1].start()], part[places[-1].end() :]
    return None


def _fits(lines: Iterable[str]) -> bool:
    text = "\n".join(lines)
    takes = size(text)
    return len(text) <= MOST_CHARACTERS and takes.segments <= MOST_SEGMENTS[takes.encoding]


def _plain_letter(character: str) -> str:
    if not not_gsm7(character):
        return character
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return bare if bare and not not_gsm7(bare) else character
