"""What Lantern takes by text message: segments, which carriers bill by, of conversations and of single answers."""

import datetime as dt
import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from actions.answer import Answer
from actions.compose.law import law_answer
from actions.compose.services import services_answer
from actions.conversation import Conversation
from actions.knowledge.library import Library, library
from bot.channels.sms.costs import Sent, segments_of
from bot.channels.sms.segments import size
from bot.channels.sms.writing import pages
from bot.evaluation.measures import share
from bot.evaluation.report import Page, percent
from bot.turn import Exchange

MOST = 2  # segments of a useful answer, as we want it


@dataclass(frozen=True)
class Talk:
    """One conversation in segments: what the person texted, and each answer."""

    texted: int
    sent: tuple[Sent, ...]

    @classmethod
    def of(cls, texts: Iterable[str], exchanges: Iterable[Exchange]) -> "Talk":
        """Of what was texted and what was answered."""
        return cls(sum(size(text).segments for text in texts), tuple(segments_of(exchanges)))

    @property
    def at_once(self) -> int:
        """Of the replies, where nobody asks for MORE."""
        return sum(sent.segments for sent in self.sent)

    @property
    def in_full(self) -> int:
        """Of the replies, where every MORE is asked for."""
        return sum(sum(sent.pages) for sent in self.sent)


def useful_answers(known: Library, today: dt.date) -> Iterator[Answer]:
    """Every answer of law and services, for every place."""
    for place in known.places:
        for topic, entry in known.topics.items():
            about = Conversation(topic, topic, jurisdiction=place)
            if entry.source.startswith("law."):
                yield law_answer(known, about, topic, place, today)
            elif entry.source == "services":
                yield services_answer(known, about, topic)[0]


def section(page: Page, talks: Sequence[Talk], everything: Sequence[Answer]) -> None:
    """The figures."""
    page.say(
        "The scripted conversations above as text messages. A reply is one page of at most two segments; MORE, which "
        "costs a segment itself, brings the next."
    )
    page.table(
        ("segments of a conversation", "median", "90th percentile"),
        (
            ("its replies", *middle_and_high([talk.at_once for talk in talks])),
            ("its replies, with every MORE asked for", *middle_and_high([talk.in_full for talk in talks])),
            ("what the person texts", *middle_and_high([talk.texted for talk in talks])),
        ),
    )
    page.say("Answers of law and services: the first reply is what is sent at once; in full counts every MORE.")
    in_talks = [sent for talk in talks for sent in talk.sent]
    all_there_are = [Sent(answer.id, tuple(size(page).segments for page in pages(answer))) for answer in everything]
    header = ("answers", "number", f"first reply at most {MOST}, %", "median in full", f"in full at most {MOST}, %")
    page.table(
        header,
        (
            _row("law, in the conversations", in_talks, "law."),
            _row("services, in the conversations", in_talks, "services."),
            _row("law, all there are", all_there_are, "law."),
            _row("services, all there are", all_there_are, "services."),
        ),
    )
    begun = percent(share(begins_at_once(answer) for answer in everything))
    page.say(
        "A conversation has to open with what Lantern is and who may see the number. Where a place is named in the "
        f"very first text, {begun} % of all these answers begin in the same reply; the others wait for MORE."
    )


def begins_at_once(answer: Answer) -> bool:
    """True where a first reply holds something of `answer`, besides what every conversation opens with."""
    opening = library().say("sms.opening")
    return pages(answer, opening)[0] != f"{opening}\n{library().say('sms.more_answer')}"


def middle_and_high(values: Sequence[int]) -> tuple[str, str]:
    """The median, and the value that nine in ten stay within; empty where there is none."""
    if not values:
        return "", ""
    return f"{statistics.median(values):g}", str(sorted(values)[math.ceil(0.9 * len(values)) - 1])


def _row(name: str, sent: Iterable[Sent], kind: str) -> tuple[object, ...]:
    of_kind = [one for one in sent if one.answer.startswith(kind)]
    in_full = [sum(one.pages) for one in of_kind]
    return (
        name,
        len(of_kind),
        percent(share(one.segments <= MOST for one in of_kind)),
        middle_and_high(in_full)[0],
        percent(share(segments <= MOST for segments in in_full)),
    )
