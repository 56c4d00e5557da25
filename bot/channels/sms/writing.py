"""From an `Answer` to text messages: its short form and numbered choices, a page at a time.

A page is one reply. It takes at most two segments (three where the script needs UCS-2), which is below the 320
characters that carriers suggest; MORE brings the next one. The parts of a short form stand by themselves, so pages are
made of whole parts, and the choices stay together. Only the first reply of a conversation, which also has to say what
every conversation opens with, may end after a sentence of the first part.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from actions.answer import Answer
from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.control import shown
from actions.knowledge.library import Library
from actions.knowledge.style import not_gsm7
from bot.channels.sms.links import safe
from bot.channels.sms.segments import size

MOST_SEGMENTS = {"GSM-7": 2, "UCS-2": 3}
MOST_CHARACTERS = 320  # of one reply, whatever it is written in
_GSM7_FOR = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "...", "•": "-", "\t": " "}
    | dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
)
_SENTENCE = r"(?:(?<=[.!?])|(?<=[.!?]\"))\s+|(?<=[。！？])"
_ABBREVIATION = re.compile(r"(?:\.\w+|\b[A-Z][a-z]{0,3}|\b(?:arts?|c|ch|sec))\.$")  # in citations: R.C., Pub. L., ch.
_ANYWHERE = (_SENTENCE, r"\s+", r"")  # after a sentence, else a word, else a character


def gsm(text: str) -> str:
    """`text` with signs that phones have: curly quotes, dashes and accents outside GSM-7 become plain ones.

    Scripts that GSM-7 has no letters of stay as they are.
    """
    return "".join(_plain_letter(c) for c in text.translate(_GSM7_FOR))


def pages(answer: Answer, opening: str | None = None, language: str = ENGLISH) -> tuple[str, ...]:
    """`answer` as replies, the most useful first.

    Args:
        opening: what the first reply of a conversation says before anything else.
        language: of the talk.
    """
    library = shown(language)
    unreviewed = answer.review == "unreviewed" and not answer.id.startswith("safety.")
    more, later = (_more(library, key) for key in ("more_unreviewed" if unreviewed else "more", "more"))
    parts = [gsm(safe(part, language)) for part in (*answer.short, *_choices(answer, language))]
    if opening is None:
        return tuple(_packed([], parts, more, later))
    first = [gsm(opening)]
    if not _fits([*first, parts[0], more]) and not _fits([*first, *parts]):
        begun = _begun(answer, parts, first, more)
        if begun is None:
            return ("\n".join([*first, _more(library, "more_answer")]), *_packed([], parts, more, later))
        parts = begun
    return tuple(_packed(first, parts, more, later))


def _begun(answer: Answer, parts: list[str], first: Sequence[str], more: str) -> list[str] | None:
    """`parts` such that what comes first fits after the opening: a sentence, or a service; None where nothing does."""
    if answer.id.startswith("services."):  # half a card, without its number, helps nobody; another whole one does
        cards = range(len(answer.short))
        fitting = next((n for n in cards if _fits([*first, parts[n], more])), None)
        return None if fitting is None else [parts[fitting], *parts[:fitting], *parts[fitting + 1 :]]
    halves = _cut(parts[0], first, more, (_SENTENCE,))
    return None if halves is None else [*halves, *parts[1:]]


def whole(answer: Answer, language: str = ENGLISH) -> str:
    """Everything `answer` says in short, as one reply, however long; for when there is no MORE."""
    return "\n".join(gsm(safe(part, language)) for part in answer.short)


def text_pages(text: str, language: str = ENGLISH) -> tuple[str, ...]:
    """One sentence or a few of the bot's own, as replies."""
    more = _more(shown(language), "more")
    return tuple(_packed([], [gsm(text)], more, more))


def _more(library: Library, key: str) -> str:
    return gsm(library.say(f"sms.{key}"))


def numbered(labels: Iterable[str], language: str = ENGLISH) -> list[str]:
    """The choices as they are sent, a line each."""
    return [gsm(shown(language).say("sms.choice", number=n, label=label)) for n, label in enumerate(labels, 1)]


def _choices(answer: Answer, language: str) -> list[str]:
    """The choices as one part; as a part each where they do not fit on one page."""
    lines = numbered((choice.label for choice in answer.choices), language)
    return ["\n".join(lines)] if lines and _fits(lines) else lines


def _packed(page: Sequence[str], parts: Iterable[str], more: str, later: str) -> Iterator[str]:
    """Pages of whole `parts`; the first begins with what `page` holds and ends with `more`, if there is a second.

    Pages after the first end with `later`, if there is another.

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
        page, more = [], later
    yield "\n".join(page)


def _cut(part: str, before: Sequence[str], more: str, breaks: Iterable[str]) -> tuple[str, str] | None:
    """`part` in two, the first as long as a page has room for between `before` and `more`; None where it has none."""
    for pattern in breaks:
        halves = ((part[: m.start()], part[m.end() :]) for m in re.finditer(pattern, part) if m.start())
        whole = ((said, rest) for said, rest in halves if pattern != _SENTENCE or _ends(said))
        if fitting := [(said, rest) for said, rest in whole if _fits([*before, said, more])]:
            return fitting[-1]
    return None


def _ends(said: str) -> bool:
    """True where a sentence ends: after no abbreviation, and not inside the words that somebody can say."""
    return not _ABBREVIATION.search(said) and said.count('"') % 2 == 0


def _fits(lines: Iterable[str]) -> bool:
    text = "\n".join(lines)
    takes = size(text)
    return len(text) <= MOST_CHARACTERS and takes.segments <= MOST_SEGMENTS[takes.encoding]


def _plain_letter(character: str) -> str:
    if not not_gsm7(character):
        return character
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return bare if bare and not not_gsm7(bare) else character
