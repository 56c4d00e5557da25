"""What an action knows of the conversation: the message as understood, and the slots. Never the person's words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Topics that say something about the talk itself; the question being talked about stays what it was.
ASIDE_TOPICS = frozenset(
    {
        "greet",
        "thanks",
        "bot_identity",
        "privacy",
        "how_to_use",
        "language_switch",
        "ask_source",
        "content_feedback",
        "state_statement",
        "abuse_insult",
        "crisis_suicide",
        "crisis_danger",
        "crisis_medical",
        "goodbye",
        "out_of_scope",
        "buyer_or_trafficker",
        "nlu_fallback",
    }
)
# Topics the safety gate can settle; the message may also have asked something.
ALARM_TOPICS = frozenset({"crisis_suicide", "crisis_danger", "crisis_medical", "minor_disclosure"})
CERTAIN = 1.0
A_QUESTION = 0.4  # least confidence with which a message that set off the gate also asked something


@dataclass(frozen=True)
class Conversation:
    """One turn seen from an action.

    Attributes:
        heard: the topic of this message.
        topic: the question being talked about: `heard`, unless that is an aside.
        before: the question before that one.
        previous: the question that was talked about before this message.
        sure: confidence in `heard`, 0 to 1.
        picked: a choice was picked; nothing was left to understand.
        followups: what may be asked about a question ("cost"), by the names of `data/followups.yml`, likeliest first.
        elliptical: "short" where the message may lean on what was said before, "leaning" where it does.
        also: the topic of a second question in the same message.
        alarm: the safety gate settled `heard`; `topic` is then what was asked besides, or before.
        last_alarm: the crisis topic the last answer was about, if it was about one.
        jurisdiction: postal code, if known.
        here: postal codes this message names, the one that counts first.
        options: postal codes a name in this message may mean.
        command: a request to the bot itself ("delete", "more", …).
        near: the town the person named, "Portland, OR".
        languages: codes of languages the message names.
        now: with a time zone; None where nothing depends on it.
        service: id of the service whose number is said to be wrong.
        no_police: the person asked for help without police, now or before.
        population: who the help is for, as services name it.
        asked: what exactly is needed, as services name it ("food").
        place_asked: the place has been asked for.
        ranking: topics by confidence, likeliest first.
        shown: ids of the services shown so far for `topic`.
        choices: what was offered last, as (label, value).
        misses: messages in a row that were not understood.
        spoken: the language of the talk, ISO 639-1.
    """

    heard: str
    topic: str | None
    before: str | None = None
    previous: str | None = None
    sure: float = CERTAIN
    picked: bool = False
    followups: tuple[str, ...] = ()
    elliptical: str | None = None
    also: str | None = None
    alarm: bool = False
    last_alarm: str | None = None
    jurisdiction: str | None = None
    here: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    command: str | None = None
    near: str | None = None
    languages: tuple[str, ...] = ()
    now: dt.datetime | None = None
    service: str | None = None
    no_police: bool = False
    population: str | None = None
    asked: tuple[str, ...] = ()
    place_asked: bool = False
    ranking: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    misses: int = 0
    spoken: str = "en"

    @classmethod
    def of(cls, tracker: Mapping[str, Any], now: dt.datetime | None = None) -> "Conversation":
        """From the tracker state that Rasa sends to an action."""
        message = tracker.get("latest_message") or {}
        slots = tracker.get("slots") or {}
        entities = message.get("entities") or []
        heard = (message.get("intent") or {}).get("name") or "nlu_fallback"

        def values(kind: str) -> list[Any]:
            return [e["value"] for e in entities if e["entity"] == kind]

        previous = slots.get("topic")
        ranking = [r for r in message.get("intent_ranking") or () if r["name"] != "nlu_fallback"]
        sure = float((message.get("intent") or {}).get("confidence") or 0.0)
        alarm = heard in ALARM_TOPICS and sure == CERTAIN
        return cls(
            heard=heard,
            before=slots.get("before"),
            previous=previous,
            sure=sure,
            picked=not ranking and sure == CERTAIN,
            followups=tuple(values("followup")),
            elliptical=next(iter(values("elliptical")), None),
            also=next(iter(values("also")), None),
            alarm=alarm,
            last_alarm=slots.get("alarm"),
            topic=_question(heard, previous, ranking) if alarm else previous if heard in ASIDE_TOPICS else heard,
            jurisdiction=slots.get("jurisdiction"),
            here=(*values("jurisdiction"), *values("jurisdiction_other")),
            options=tuple(code for codes in values("jurisdiction_options") for code in codes),
            command=next(iter(values("command")), None),
            near=slots.get("near"),
            languages=tuple(values("language")),
            now=now,
            service=next(iter(values("service")), None),
            no_police=bool(slots.get("no_police")),
            population=next(iter(values("population")), None),
            asked=tuple(values("need")),
            place_asked=bool(slots.get("place_asked")),
            ranking=tuple(r["name"] for r in ranking),
            shown=tuple(slots.get("shown") or ()) if heard in ASIDE_TOPICS or heard == previous else (),
            choices=tuple((label, value) for label, value in slots.get("choices") or ()),
            misses=int(slots.get("misses") or 0),
            spoken=next(iter(values("spoken")), slots.get("spoken") or "en"),
        )

    def was_offered(self, command: str) -> bool:
        """True where the last answer offered `command` as a choice."""
        return any(f'"{command}"' in value for _, value in self.choices)


def _question(heard: str, previous: str | None, ranking: list[dict[str, Any]]) -> str | None:
    """What a message that set off the gate asked besides; else what was being talked about."""
    for guess in ranking[:1]:
        if guess["name"] not in ASIDE_TOPICS | ALARM_TOPICS and guess["confidence"] >= A_QUESTION:
            return str(guess["name"])
    return previous or (heard if heard not in ASIDE_TOPICS else None)
