"""The one class that owns the loaded Rasa agent: a `Turn` in, an `Exchange` with one `Answer` out.

Every channel calls `converse`. A message's words live from here until it is understood, a few milliseconds; Rasa's
tracker is handed topic and entities only.
"""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.engine.runner.interface import GraphRunner
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from threadpoolctl import threadpool_limits

from actions.answer import Answer
from actions.answering import reply
from actions.compose.asking import ask_which, forgotten, small
from actions.conversation import Conversation
from actions.knowledge.catalogs import ENGLISH, languages
from actions.knowledge.control import shown
from actions.knowledge.library import library
from actions.overlay.dressing import language_not_offered
from bot import in_process, message_text, understanding
from bot.hearing import Hearing
from bot.nlu.gate import gate
from bot.nlu.lexicon_extractor import lexicon
from bot.nlu.places import gazetteer
from bot.sessions import IDLE_SECONDS, ForgettingTrackerStore
from bot.store import Store, StoreUnavailable
from bot.turn import Exchange, Turn, Understanding

logger = logging.getLogger(__name__)

SAID_NOTHING = Understanding(topic="out_of_scope", confidence=0.0, sure=False)


class ModelUnusable(RuntimeError):
    """The trained model is missing, half-written or of another version."""


class Lantern:
    """A trained model, ready to talk. Safe for many conversations at once; turns of one conversation go in order.

    Args:
        agent: Rasa's agent with our tracker store and action endpoint.

    Attributes:
        store: where conversations are kept.
        hearing: what a message means.
        counted: called with each turn and its exchange; for counts of topics.
        noted: the same, while the conversation is locked; for counts of conversations.
    """

    def __init__(self, agent: Agent) -> None:
        assert agent.processor is not None and agent.domain is not None
        self._processor = agent.processor
        self._trackers: Any = agent.tracker_store
        self.counted: Callable[[Turn, Exchange], None] = lambda _turn, _exchange: None
        self.noted: Callable[[Turn, Exchange], Awaitable[None]] = unnoted
        self.store: Store = agent.tracker_store.store
        self.hearing = Hearing(agent.processor, agent.domain)

    @classmethod
    def load(cls, model: Path, store: Store | None = None, idle_seconds: float = IDLE_SECONDS) -> "Lantern":
        """Loads the model at `model`; conversations are kept in `store` (default: this process).

        Raises:
            ModelUnusable: where that cannot be done.
        """
        try:
            agent = Agent.load(str(model), action_endpoint=in_process.endpoint())
        except Exception as error:  # Rasa raises whatever the archive, a component or scikit-learn raised
            raise ModelUnusable(f"{model} cannot be loaded ({type(error).__name__})") from error
        if agent.processor is None or agent.domain is None:
            raise ModelUnusable(f"{model} cannot be loaded")
        trackers = ForgettingTrackerStore(agent.domain, store=store, idle_seconds=idle_seconds)
        agent.tracker_store = agent.processor.tracker_store = trackers
        threadpool_limits(1, "blas")  # products as small as ours gain nothing by threads, which wait at full speed
        library(), gazetteer()  # read now, so that a broken file is known now
        for language in languages():  # and nobody waits for it later; workers share what is read before they are forked
            gate(language), lexicon(language)
        return cls(agent)

    def reload(self, model: Path) -> None:
        """Answers with another model from the next turn on; conversations stay. Raises `ModelUnusable`."""
        fresh = Lantern.load(model, self.store, self._trackers.idle_seconds)
        fresh.counted, fresh.noted = self.counted, self.noted
        self.__dict__.update(fresh.__dict__)

    @property
    def pipeline(self) -> GraphRunner:
        """Rasa's graph of the loaded components, for whoever looks inside (`bot/explain/`)."""
        return self._processor.graph_runner

    async def last_actions(self, session: str) -> tuple[str, ...]:
        """Rasa's actions in the last turn of a conversation, in order, without the wait for the next one."""
        tracker = await self._trackers.retrieve(session)
        events = list(tracker.events) if tracker else []
        said = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
        done = (e.action_name for e in events[said[-1] if said else 0 :] if isinstance(e, ActionExecuted))
        return tuple(name for name in done if name and name != ACTION_LISTEN_NAME)

    async def warm_up(self) -> None:
        """Does what is slow the first time, so that nobody has to wait for it: every language, a first message."""
        for language in languages():
            _ = shown(language).directory
            await self.parse(shown(language).say("page.heading"))

    async def ready(self) -> None:
        """Raises `StoreUnavailable` where a turn could not be remembered now."""
        await self.store.ping()

    async def parse(self, text: str) -> Understanding:
        """What `text` means by itself, outside any conversation."""
        text = message_text.cleaned(text)
        if not message_text.has_words(text):
            return SAID_NOTHING
        parse_data = self.hearing.heard(text)
        language = understanding.language_of(parse_data, None, ENGLISH)
        return understanding.understanding(understanding.in_language(parse_data, language))

    async def converse(self, turn: Turn) -> Exchange:
        """Answers one turn. Never raises on account of what a person typed.

        Raises:
            StoreUnavailable: where it could not be remembered. A crisis is answered all the same.
        """
        text = message_text.cleaned(turn.text)
        try:
            async with self.store.lock(turn.session):
                exchange = await self._answered(turn, text)
                await self.noted(turn, exchange)
        except StoreUnavailable:
            parse_data = self.hearing.heard(text) if message_text.has_words(text) else {}
            if not parse_data.get("gate"):
                raise
            language = understanding.language_of(parse_data, None, turn.language)
            parse_data = understanding.in_language(parse_data, language)
            exchange = Exchange(understanding.understanding(parse_data), _alone(parse_data))
        self.counted(turn, exchange)
        return exchange

    async def _answered(self, turn: Turn, text: str) -> Exchange:
        tracker = await self._trackers.retrieve(turn.session)
        if not message_text.has_words(text):
            language = (tracker and tracker.get_slot("spoken")) or turn.language
            answer = replace(small(shown(language), "empty"), choices=())
            said_nothing = replace(SAID_NOTHING, language=language)
            return Exchange(said_nothing, answer, tracker and tracker.get_slot("jurisdiction"))
        parse_data = self.hearing.in_context(text, tracker)
        language = understanding.language_of(parse_data, tracker and tracker.get_slot("spoken"), turn.language)
        parse_data = understanding.in_language(parse_data, language)
        answer = await self._said_by_rasa(turn, parse_data) or await self._without_rasa(parse_data, turn.session)
        if len(turn.text) > message_text.MAX_CHARACTERS:
            answer = _noting(shown(language).say("too_long"), answer)
        if other := understanding.not_offered(parse_data, language):
            answer = _noting(language_not_offered(shown(other)), answer)
        forgotten = answer.id == "forgotten"
        if forgotten:
            await self._trackers.delete(turn.session)
        jurisdiction = None if forgotten else await self._slot(turn.session, "jurisdiction")
        return Exchange(understanding.understanding(parse_data), answer, jurisdiction, forgotten)

    async def _said_by_rasa(self, turn: Turn, parse_data: dict[str, Any]) -> Answer | None:
        """What Rasa's rules and actions make of it; None where they fail."""
        answers: list[Answer] = []
        message = UserMessage(
            text="",
            output_channel=_Collector(answers),
            sender_id=turn.session,
            input_channel=turn.channel,
            parse_data=understanding.without_words(parse_data),
        )
        try:
            await self._processor.handle_message(message)
        except StoreUnavailable:
            raise
        except Exception as error:  # whatever Rasa or a component raised; its text may hold a person's words
            logger.error("Rasa failed: %s", type(error).__name__)
        return answers[-1] if answers else None

    async def forget(self, session: str) -> None:
        """Forgets a conversation, now."""
        async with self.store.lock(session):
            await self._trackers.delete(session)

    async def keep(self, session: str) -> None:
        """Starts the idle time of a conversation anew, as a turn would. One that is gone stays gone."""
        async with self.store.lock(session):
            await self._trackers.keep(session)

    async def forget_the_idle(self) -> None:
        """Drops every conversation whose time is up."""
        await self.store.forget_the_idle()

    async def _without_rasa(self, parse_data: dict[str, Any], session: str) -> Answer:
        """An answer where Rasa gave none: a crisis must be heard whatever else failed. The conversation starts anew."""
        logger.error("Rasa gave no answer; answering without it")
        await self._trackers.begin_anew(session)
        return _alone(parse_data)

    async def _slot(self, session: str, slot: str) -> Any:
        tracker = await self._trackers.retrieve(session)
        return tracker.get_slot(slot) if tracker else None


def _noting(note: str, answer: Answer) -> Answer:
    """`answer`, with `note` said first."""
    return replace(answer, lines=(note, *answer.lines), short=(note, *answer.short))


async def unnoted(_turn: Turn, _exchange: Exchange) -> None:
    """Counts nothing."""


def _alone(parse_data: dict[str, Any]) -> Answer:
    """The answer to a message outside any conversation."""
    talk = Conversation.of({"latest_message": parse_data})
    library = shown(talk.spoken)
    if talk.command == "delete":
        return forgotten(library)
    if talk.heard == understanding.FALLBACK:
        return ask_which(library, talk)
    return reply(library, talk, dt.date.today()).answer


class _Collector(OutputChannel):
    """Where Rasa's actions put what they say: the last answer of a turn is the one that counts."""

    def __init__(self, answers: list[Answer]) -> None:
        self._answers = answers

    @classmethod
    def name(cls) -> str:
        """Rasa's name for the channel."""
        return "lantern"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Called by Rasa for each utterance."""
        if message.get("answer"):
            self._answers.append(Answer.from_dict(message["answer"]))
