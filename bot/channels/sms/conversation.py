"""Conversations by text message, the same for every provider: a text in, a reply or silence out.

Nothing is ever sent first. What is held is who is talking (a keyed hash), what MORE would bring, the choices offered,
and the replies of the last minutes in case the provider asks again; it dies with the conversation.
"""

import asyncio
import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol
from weakref import WeakValueDictionary

from cachetools import TTLCache

from actions.answer import Answer
from actions.knowledge.library import library
from bot.channels.sms import words, writing
from bot.channels.sms.optouts import OptOuts, OptOutsUnusable
from bot.turn import SPOKEN, Exchange, Turn
from bot.understanding import has_words, picked_choice

logger = logging.getLogger(__name__)

REMEMBER_IDS_SECONDS = 24 * 3600  # a message that comes again within a day is not answered as a new one
HOUR = 3600
NOTICE_SECONDS = 3 * HOUR  # in a long conversation, until it says again that it is a program
NOTICE_SECONDS_MINOR = HOUR  # the same, where somebody is said to be under 18
MOST_WAITING = 8  # texts of one sender at the same time; further ones get no reply
MOST_AN_HOUR = 120  # replies to one sender: two machines that answer each other must come to an end
MENU, DELETE = '/how_to_use{"command": "menu"}', '/privacy{"command": "delete"}'
BACK, MORE = '/how_to_use{"command": "back"}', '/how_to_use{"command": "more"}'
COMMANDS = {"menu": MENU, "start": MENU, "start_when_stopped": MENU, "back": BACK, "more": MORE, "delete": DELETE}


class Answers(Protocol):
    """Whatever answers turns: `bot.agent.Lantern`, or a stand-in."""

    async def converse(self, turn: Turn) -> Exchange:
        """Answers one turn."""

    async def forget(self, session: str) -> None:
        """Forgets a conversation."""


@dataclass(frozen=True)
class Inbound:
    """A text as a provider delivered it, its sender already hashed.

    Attributes:
        sender: keyed hash of the number; None for senders that are no person.
        id: keyed hash of the provider's id of the message.
        text: what was written.
        pictures: how many came with it. They are never fetched.
        keyword: what the provider took the message for, where it says so.
        is_answered: the provider has answered the keyword itself.
    """

    sender: str | None
    id: str
    text: str
    pictures: int = 0
    keyword: Literal["stop", "start", "help"] | None = None
    is_answered: bool = False


@dataclass
class Talk:
    """One conversation. `session` is ours, and new for each."""

    session: str
    language: str = SPOKEN[0]
    left: Sequence[str] = ()  # pages that MORE brings
    choices: Sequence[tuple[str, str]] = ()
    noticed: float | None = None  # when it last said that it is a program
    is_minor: bool = False
    replies: dict[str, str | None] = field(default_factory=dict)


class Texts:
    """All conversations by text message of this process.

    Args:
        lantern: what answers.
        optouts: who wants no texts.
        operator: who runs this installation, as people are told.
        idle_seconds: a conversation idle this long is over; the next text begins a new one.
        most: conversations held at once.
        clock: seconds, for tests.
    """

    def __init__(
        self,
        lantern: Answers,
        optouts: OptOuts,
        operator: str,
        idle_seconds: float,
        most: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lantern, self._optouts, self._operator, self._clock = lantern, optouts, operator, clock
        self._talks: TTLCache[str, Talk] = TTLCache(most, idle_seconds, timer=clock)
        self._seen: TTLCache[str, bool] = TTLCache(10 * most, REMEMBER_IDS_SECONDS, timer=clock)
        self._an_hour: TTLCache[str, Counter[str]] = TTLCache(most, HOUR, timer=clock)
        self._waiting: Counter[str] = Counter()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def reply(self, inbound: Inbound) -> str | None:
        """The reply to `inbound`, or None for silence. Texts of one sender are answered one after the other.

        Raises:
            OptOutsUnusable: nobody may be answered.
        """
        sender = inbound.sender
        if sender is None or self._waiting[sender] >= MOST_WAITING:
            return None
        self._waiting[sender] += 1
        try:
            async with self._locks.setdefault(sender, asyncio.Lock()):
                return await self._once(sender, inbound)
        finally:
            self._waiting[sender] -= 1
            if not self._waiting[sender]:
                del self._waiting[sender]

    def forget_the_idle(self) -> None:
        """Drops what is past its time, also when nobody is texting."""
        for cache in (self._talks, self._seen, self._an_hour):
            cache.expire()

    async def _once(self, sender: str, inbound: Inbound) -> str | None:
        """A message that comes twice is answered twice with the same words, and happens once."""
        if inbound.id in self._seen:
            talk = self._talks.get(sender)
            return talk.replies.get(inbound.id) if talk else None
        answered = await self._heard(sender, inbound)
        self._seen[inbound.id] = True
        if talk := self._talks.get(sender):
            talk.replies = {**dict(list(talk.replies.items())[-MOST_WAITING:]), inbound.id: answered}
        return answered

    async def _heard(self, sender: str, inbound: Inbound) -> str | None:
        word = words.Word(inbound.keyword) if inbound.keyword else words.word(inbound.text)
        meaning = word.meaning if word else None
        stopped = await self._optouts.has(sender)
        if meaning == "stop":
            await self._optouts.add(sender)
            await self._forget(sender)
            return None if stopped or inbound.is_answered else library().say("sms.stopped")
        if stopped:
            if meaning not in ("start", "start_when_stopped"):
                return None
            await self._optouts.remove(sender)
        if inbound.is_answered or not self._may_answer(sender):
            return None
        if meaning == "help":
            return self._help()
        try:
            return await self._answered(sender, self._talk(sender), inbound, word, came_back=stopped)
        except OptOutsUnusable:
            raise
        except Exception as error:  # its text may hold a person's words
            logger.error("A text was not answered: %s", type(error).__name__)
            return library().say("sms.failed")

    async def _answered(
        self, sender: str, talk: Talk, inbound: Inbound, word: words.Word | None, *, came_back: bool
    ) -> str:
        meaning = word.meaning if word else None
        if meaning == "more" and talk.left:
            page, *talk.left = talk.left
            return page
        if inbound.pictures and not has_words(inbound.text):
            return library().say("sms.picture")
        turn = Turn(self._meant(inbound.text, word, talk, came_back), talk.session, "sms", talk.language)
        exchange = await self._lantern.converse(turn)
        if exchange.forgotten:
            await self._forget(sender)
            return writing.pages(exchange.answer)[0]
        return self._first_page(talk, exchange)

    def _meant(self, text: str, word: words.Word | None, talk: Talk, came_back: bool) -> str:
        """What the bot is handed for `text`: a choice, a command, or the words themselves."""
        if word and word.meaning == "language":
            talk.language = word.value
            return "/how_to_use" if word.value in SPOKEN else "/language_switch"
        if word and word.meaning == "start_when_stopped" and not came_back:
            return text  # "yes" to a question
        if word and word.meaning in COMMANDS:
            return COMMANDS[word.meaning]
        digit = word.value if word and word.meaning == "number" else text
        return picked_choice(digit, talk.choices) or text

    def _first_page(self, talk: Talk, exchange: Exchange) -> str:
        """Of the answer; the rest is left for MORE. The opening comes before anything but a crisis."""
        answer = _with_short_form(exchange.answer)
        opening = None
        talk.is_minor = talk.is_minor or exchange.understood.topic == "minor_disclosure"
        if self._notice_is_due(talk) and not answer.id.startswith("safety."):
            opening, talk.noticed = library().say("sms.opening"), self._clock()
        talk.choices = [(choice.label, choice.value) for choice in answer.choices]
        page, *talk.left = writing.pages(answer, opening)
        return page

    def _notice_is_due(self, talk: Talk) -> bool:
        after = NOTICE_SECONDS_MINOR if talk.is_minor else NOTICE_SECONDS
        return talk.noticed is None or self._clock() - talk.noticed >= after

    def _help(self) -> str:
        return writing.text_pages(library().say("sms.help", operator=self._operator))[0]

    def _talk(self, sender: str) -> Talk:
        """The conversation of `sender`, new after idleness; its time starts again."""
        talk = self._talks.get(sender) or Talk(secrets.token_hex(16))
        self._talks[sender] = talk
        return talk

    def _may_answer(self, sender: str) -> bool:
        count = self._an_hour.setdefault(sender, Counter())
        count["replies"] += 1
        if count["replies"] == MOST_AN_HOUR + 1:
            logger.warning("A sender got %d replies within an hour; silent to it until the hour is over", MOST_AN_HOUR)
        return count["replies"] <= MOST_AN_HOUR

    async def _forget(self, sender: str) -> None:
        if talk := self._talks.pop(sender, None):
            await self._lantern.forget(talk.session)


def _with_short_form(answer: Answer) -> Answer:
    """Every answer has a short form; should one have none, its long form is better than silence."""
    return answer if answer.short else replace(answer, short=answer.lines)
