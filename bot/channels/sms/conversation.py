"""Conversations by text message, the same for every provider: a text in, a reply or silence out.

Nothing is ever sent first. What is held is who is talking (a keyed hash), what MORE would bring, the choices offered,
and the replies of the last minutes in case the provider asks again; it dies with the conversation.
"""

import json
import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Literal, Protocol

from actions.answer import Answer
from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.control import offered, shown
from bot.channels.sms import words, writing
from bot.channels.sms.optouts import OptOuts
from bot.message_text import has_words
from bot.store import Store, StoreUnavailable
from bot.turn import Exchange, Turn, Understanding
from bot.understanding import picked_choice

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
    """Whatever answers turns: `bot.agent.Lantern`, or a stand-in. `store` is where conversations are kept."""

    store: Store

    async def converse(self, turn: Turn) -> Exchange:
        """Answers one turn; a crisis also where nothing can be remembered."""

    async def parse(self, text: str) -> Understanding:
        """What `text` means by itself."""

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
    language: str = ENGLISH
    left: Sequence[str] = ()  # pages that MORE brings
    choices: Sequence[Sequence[str]] = ()  # (label, value)
    noticed: float | None = None  # when it last said that it is a program
    is_minor: bool = False
    is_over: bool = False  # the person stopped it, or had it deleted
    replies: dict[str, str | None] = field(default_factory=dict)


class Texts:
    """All conversations by text message of this process.

    Args:
        lantern: what answers; it is an attribute too.
        optouts: who wants no texts.
        operator: who runs this installation, as people are told.
        idle_seconds: a conversation idle this long is over; the next text begins a new one.
        clock: seconds of a clock that all hosts share.
    """

    def __init__(
        self,
        lantern: Answers,
        optouts: OptOuts,
        operator: str,
        idle_seconds: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.lantern, self._optouts, self._operator, self._clock = lantern, optouts, operator, clock
        self._store, self._idle_seconds = lantern.store, idle_seconds
        self._waiting: Counter[str] = Counter()

    async def reply(self, inbound: Inbound) -> str | None:
        """The reply to `inbound`, or None for silence. Texts of one sender are answered one after the other.

        Raises:
            OptOutsUnusable: nobody may be answered.
            StoreUnavailable: nothing can be remembered now.
        """
        sender = inbound.sender
        if sender is None or self._waiting[sender] >= MOST_WAITING:
            return None
        self._waiting[sender] += 1
        try:
            async with self._store.lock(f"sms:{sender}"):
                return await self._once(sender, inbound)
        finally:
            self._waiting[sender] -= 1
            if not self._waiting[sender]:
                del self._waiting[sender]

    async def _once(self, sender: str, inbound: Inbound) -> str | None:
        """A message that comes twice is answered twice with the same words, and happens once."""
        talk = await self._kept(sender)
        if not await self._store.put_new(f"sms_id:{inbound.id}", REMEMBER_IDS_SECONDS):
            return talk.replies.get(inbound.id) if talk else None
        talk = talk or Talk(secrets.token_hex(16))
        answered = await self._heard(sender, inbound, talk)
        if talk.is_over:
            await self._store.delete(f"sms:{sender}")
            await self.lantern.forget(talk.session)
        else:
            talk.replies = {**dict(list(talk.replies.items())[-MOST_WAITING:]), inbound.id: answered}
            await self._store.put(f"sms:{sender}", json.dumps(asdict(talk)).encode(), self._idle_seconds)
        return answered

    async def _kept(self, sender: str) -> Talk | None:
        """The conversation of `sender`; None after idleness."""
        kept = await self._store.get(f"sms:{sender}")
        return Talk(**json.loads(kept)) if kept else None

    async def _heard(self, sender: str, inbound: Inbound, talk: Talk) -> str | None:
        word = words.Word(inbound.keyword) if inbound.keyword else words.word(inbound.text)
        meaning = word.meaning if word else None
        stopped = await self._optouts.has(sender)
        if meaning == "stop":
            await self._optouts.add(sender)
            talk.is_over = True
            return None if stopped or inbound.is_answered else shown(talk.language).say("sms.stopped")
        if stopped:
            if meaning not in ("start", "start_when_stopped"):
                talk.is_over = True
                return None
            await self._optouts.remove(sender)
        if inbound.is_answered or not await self._may_answer(sender):
            return None
        if meaning == "help":
            return self._help(talk)
        try:
            return await self._answered(talk, inbound, word, came_back=stopped)
        except StoreUnavailable:
            raise
        except Exception as error:  # its text may hold a person's words
            logger.error("A text was not answered: %s", type(error).__name__)
            return shown(talk.language).say("sms.failed")

    async def _answered(self, talk: Talk, inbound: Inbound, word: words.Word | None, *, came_back: bool) -> str:
        meaning = word.meaning if word else None
        if talk.left and (meaning == "more" or _picks_unseen(_digit(inbound.text, word), talk)):
            page, *talk.left = talk.left
            return page
        if inbound.pictures and not has_words(inbound.text):
            return shown(talk.language).say("sms.picture")
        turn = Turn(self._meant(inbound.text, word, talk, came_back), talk.session, "sms", talk.language)
        exchange = await self.lantern.converse(turn)
        talk.language = exchange.understood.language
        if exchange.forgotten:
            talk.is_over = True
            return writing.pages(exchange.answer, language=talk.language)[0]
        return self._first_page(talk, exchange)

    def _meant(self, text: str, word: words.Word | None, talk: Talk, came_back: bool) -> str:
        """What the bot is handed for `text`: a choice, a command, or the words themselves."""
        if word and word.meaning == "language":
            if word.value not in offered():
                return "/language_switch"
            return f'/language_switch{{"language": "{word.value}"}}'
        if word and word.meaning == "start_when_stopped" and not came_back:
            return text  # "yes" to a question
        if word and word.meaning in COMMANDS:
            return COMMANDS[word.meaning]
        said = _digit(text, word)
        as_sent = [(line, value) for line, (_, value) in zip(_lines(talk), talk.choices, strict=True)]
        return picked_choice(said, talk.choices) or picked_choice(said, as_sent) or text

    def _first_page(self, talk: Talk, exchange: Exchange) -> str:
        """Of the answer; the rest is left for MORE. The opening comes before anything but a crisis."""
        answer = _with_short_form(exchange.answer)
        opening = None
        talk.is_minor = talk.is_minor or exchange.understood.topic == "minor_disclosure"
        if self._notice_is_due(talk) and not answer.id.startswith("safety."):
            opening, talk.noticed = shown(talk.language).say("sms.opening"), self._clock()
        talk.choices = [(choice.label, choice.value) for choice in answer.choices]
        page, *talk.left = writing.pages(answer, opening, talk.language)
        return page

    def _notice_is_due(self, talk: Talk) -> bool:
        after = NOTICE_SECONDS_MINOR if talk.is_minor else NOTICE_SECONDS
        return talk.noticed is None or self._clock() - talk.noticed >= after

    def _help(self, talk: Talk) -> str:
        return writing.text_pages(shown(talk.language).say("sms.help", operator=self._operator), talk.language)[0]

    async def _may_answer(self, sender: str) -> bool:
        replies = await self._store.count(f"sms_hour:{sender}", HOUR)
        if replies == MOST_AN_HOUR + 1:
            logger.warning("A sender got %d replies within an hour; silent to it until the hour is over", MOST_AN_HOUR)
        return replies <= MOST_AN_HOUR


def _digit(text: str, word: words.Word | None) -> str:
    """ "two" as "2"; anything else as it is."""
    return word.value if word and word.meaning == "number" else text


def _lines(talk: Talk) -> list[str]:
    """The choices as they are sent ("1 Skip")."""
    return writing.numbered((label for label, _ in talk.choices), talk.language)


def _picks_unseen(said: str, talk: Talk) -> bool:
    """True for the number of a choice that stands on a page not sent yet: whoever texts it means something else."""
    line = picked_choice(said, [(line, line) for line in _lines(talk)])
    return line is not None and any(line in page.splitlines() for page in talk.left)


def _with_short_form(answer: Answer) -> Answer:
    """Every answer has a short form; should one have none, its long form is better than silence."""
    return answer if answer.short else replace(answer, short=answer.lines)
