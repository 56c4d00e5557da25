"""Everything there is to know about how one message is understood and answered, gathered."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rasa.shared.nlu.training_data.message import Message

from actions.answer import Choice
from bot import message_text, understanding
from bot.agent import Lantern
from bot.explain.alarms import Alarms, alarms_of
from bot.explain.neighbours import Compared, nearest
from bot.explain.opened import Opened
from bot.explain.route import rules_for
from bot.explain.weights import Spoke, spoke_for, unknown_words
from bot.explain.why import data_file
from bot.hearing import alarm_counts
from bot.nlu.language_classifier import HEARD_IN
from bot.nlu.message_fields import READ_AS, read_as
from bot.nlu.ngram_featurizer import ngram_rows
from bot.nlu.places import gazetteer
from bot.nlu.plain_text import simplified
from bot.nlu.topic_classifier import Opinions
from bot.turn import Exchange, Turn

TOPICS_SHOWN, TOPICS_COMPARED = 5, 3


@dataclass(frozen=True)
class Opinion:
    """What each regression makes of a topic, and all together: shares of all topics, 0 to 1.

    Attributes:
        by_english: None where the message was not read as English.
    """

    topic: str
    by_ngrams: float
    by_vector: float
    by_english: float | None
    together: float


@dataclass(frozen=True)
class Part:
    """A part of the message that was also heard by itself. `gate`: an alarm in it that counts for the whole."""

    text: str
    topic: str
    confidence: float
    gate: str | None


@dataclass(frozen=True)
class Named:
    """A place the words name: the jurisdictions it may mean, likeliest first."""

    words: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of the message in its talk.

    Attributes:
        settled_by: what made it the topic it is.
        place: postal code, where the talk knows one.
        rules: in `data/rules.yml`, those the topic falls under.
        actions: Rasa's, in the order they ran.
        file: in `data/`, what the answer was made from.
    """

    topic: str
    confidence: float
    settled_by: str
    gate: str | None
    place: str | None
    language: str
    rules: tuple[str, ...]
    actions: tuple[str, ...]
    answer: str
    file: str


@dataclass(frozen=True)
class Explanation:
    """A message explained.

    Attributes:
        mended: the message without slips of the thumb, as the classifiers and the gate read it; None where it had none.
        asks: why Lantern would ask what is meant, if the message came by itself; empty if not.
    """

    text: str
    mended: str | None
    heard_in: dict[str, float]
    tokens: tuple[str, ...]
    unknown: tuple[str, ...]
    ranking: tuple[Opinion, ...]
    spoke: tuple[Spoke, ...]
    neighbours: Compared
    thresholds: dict[str, float]
    asks: tuple[str, ...]
    parts: tuple[Part, ...]
    entities: tuple[dict[str, Any], ...]
    places: tuple[Named, ...]
    alarms: Alarms
    outcome: Outcome

    def as_dict(self) -> dict[str, Any]:
        """The public JSON form of `lantern explain`."""
        return asdict(self)


async def explain(
    lantern: Lantern, text: str, model: Path, after: Sequence[str] = (), place: str | None = None
) -> Explanation:
    """Explains `text`.

    Args:
        model: the file that `lantern` was loaded from.
        after: what was typed before it, in the same talk.
        place: postal code of the place the talk knows.
    """
    opened, read = Opened(lantern.pipeline), message_text.without_slash(message_text.cleaned(text))
    message = opened.before_the_gate(read)
    weights, names = opened.topics, opened.ngrams()
    ranking = _ranking(message, opened)
    typed, easy, (ngrams,) = simplified(read), read_as(message), ngram_rows([message])
    heard_in: dict[str, float] = message.get(HEARD_IN)
    language = max(heard_in, key=lambda code: heard_in[code])
    asks = _asks(ranking, opened.thresholds)
    outcome, entities = await _outcome(lantern, text, after, place, ranking[0].topic, asks)
    return Explanation(
        text=text,
        mended=message.get(READ_AS),
        heard_in=heard_in,
        tokens=tuple(token.text for token in message.get("text_tokens")),
        unknown=tuple(unknown_words(easy, names)),
        ranking=tuple(ranking[:TOPICS_SHOWN]),
        spoke=tuple(spoke_for(one.topic, easy, ngrams, names, weights) for one in ranking[:2]),
        neighbours=nearest(message, [one.topic for one in ranking[:TOPICS_COMPARED]], language, opened, model),
        thresholds=opened.thresholds,
        asks=tuple(asks),
        parts=tuple(_parts(lantern, read)),
        entities=entities,
        places=tuple(Named(typed[p.start : p.end], p.codes) for p in gazetteer().find(typed)),
        alarms=alarms_of(message, opened.gate),
        outcome=outcome,
    )


def _ranking(message: Message, opened: Opened) -> list[Opinion]:
    """Every topic, likeliest first."""
    made = Opinions.of([message], opened.topics)
    by_english = made.by_english[0] if made.english[0] else [None] * len(opened.topics.classes)
    together = made.together(*opened.shares)[0]
    rows = zip(opened.topics.classes, made.by_ngrams[0], made.by_vector[0], by_english, together, strict=True)
    opinions = [
        Opinion(topic, float(ngrams), float(vector), None if english is None else float(english), float(all_together))
        for topic, ngrams, vector, english, all_together in rows
    ]
    return sorted(opinions, key=lambda one: -one.together)


def _asks(ranking: Sequence[Opinion], thresholds: dict[str, float]) -> list[str]:
    first, second = ranking[0].together, ranking[1].together
    least, apart = thresholds["threshold"], thresholds["ambiguity_threshold"]
    reasons = [f"the first topic has {first:.2f}, less than {least:.2f}"] if first < least else []
    if first - second < apart:
        reasons.append(f"the second is {first - second:.2f} behind the first, less than {apart:.2f}")
    return reasons


def _parts(lantern: Lantern, text: str) -> Iterator[Part]:
    """The parts that are heard by themselves: sentences of a long message, and what may be two questions."""
    parts = [*dict.fromkeys((*message_text.sentences(text), *message_text.clauses(text)))]
    once = lantern.hearing.each((text, *parts)) if parts else {}
    for part in parts:
        heard = understanding.understanding(once[part])
        yield Part(
            part, heard.topic, heard.confidence, heard.gate if alarm_counts(once[part], once[text], text) else None
        )


async def _outcome(
    lantern: Lantern, text: str, after: Sequence[str], place: str | None, guess: str, asks: Sequence[str]
) -> tuple[Outcome, tuple[dict[str, Any], ...]]:
    """Holds the talk, and forgets it: what came of the last message, and the entities in it."""
    session = secrets.token_hex(16)
    here = [f'/state_statement{{"jurisdiction": "{place}"}}'] if place else []
    choices: tuple[Choice, ...] = ()
    for before in (*here, *after):
        choices = (await lantern.converse(Turn(before, session, "shell"))).answer.choices
    exchange = await lantern.converse(Turn(text, session, "shell"))
    actions = await lantern.last_actions(session)
    await lantern.forget(session)
    heard = exchange.understood
    picked = understanding.picked_choice(text, [(choice.label, choice.value) for choice in choices]) is not None
    outcome = Outcome(
        topic=heard.topic,
        confidence=heard.confidence,
        settled_by="a choice of the answer before it" if picked else _settled_by(exchange, guess, asks),
        gate=heard.gate,
        place=exchange.jurisdiction,
        language=heard.language,
        rules=tuple(rules_for(heard.topic if heard.sure else understanding.FALLBACK)),
        actions=actions,
        answer=exchange.answer.id,
        file=data_file(exchange.answer.id),
    )
    return outcome, heard.entities


def _settled_by(exchange: Exchange, guess: str, asks: Sequence[str]) -> str:
    heard = exchange.understood
    commands = [e["value"] for e in heard.entities if e["entity"] == "command"]
    if heard.gate:
        return f"the safety gate, because of “{heard.because}”"
    if commands:
        return f"a command: {commands[0]}"
    if heard.topic == "state_statement" and heard.confidence == 1.0:
        return "a place and nothing else"
    if not heard.sure:
        return "nothing: Lantern asks which topic is meant"
    if heard.topic != guess:
        return "a part of the message, or the gate, that does not believe in a crisis"
    return "the topic classifier, as a guess good enough not to ask" if asks else "the topic classifier"
