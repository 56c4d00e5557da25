"""From a typed message to Rasa's parse data, and from parse data to an `Understanding`.

The words are needed here and nowhere after: `without_words` is what the tracker gets.
"""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from actions.conversation import ASIDE_TOPICS
from actions.knowledge.catalogs import ENGLISH, languages
from actions.knowledge.control import offered
from bot import message_text
from bot.nlu.lexicon_extractor import lexicon
from bot.nlu.plain_text import simplified
from bot.turn import Understanding

FALLBACK = "nlu_fallback"
LANGUAGE_TOPIC = "language_switch"
MAYBE_IN, SURELY_IN = 0.35, 0.9  # least confidence in a language but English: at the beginning, and to change it later
ONLY_A_PLACE = {"name": "state_statement", "confidence": 1.0}
A_GOOD_GUESS = 0.4  # least confidence of a first guess that is not asked about
RECORDS = "records"  # a group of topics whose answers lead to each other
TWO_OF_A_GROUP = 0.8  # least confidence of two topics of one group together
A_SECOND_QUESTION = 0.6  # least confidence
COURTESY = frozenset({"greet", "thanks", "goodbye"})
ASKS_NOTHING = COURTESY | {"abuse_insult", "content_feedback", "out_of_scope"}  # even if said beside courtesy

_PAYLOAD = re.compile(r"/([a-z_]+)(\{.*\})?", re.DOTALL)
_AT_THE_ENDS = " .?!。？！"  # of what is typed, as of a label: "Am I free to go?" picks it too
_NUMBER = re.compile(r"(?:number |option |#)?(\d{1,2})[.)]?")


def picked_choice(text: str, choices: Sequence[Sequence[str]]) -> str | None:
    """The value of the choice that `text` names: by number, "the second one", label or value."""
    easy = " ".join(text.lower().split()).strip(_AT_THE_ENDS)
    for label, value in choices:
        if easy == label.lower().strip(_AT_THE_ENDS) or text.strip() == value:
            return value
    number = _NUMBER.fullmatch(easy)
    at = int(number[1]) - 1 if number else _ordinal(simplified(easy))
    if at is None or not choices or number and at < 0 or at >= len(choices):
        return None
    return choices[at][1]


def _ordinal(easy: str) -> int | None:
    """0 for "the first one", -1 for "the last one", in any language; None for anything else."""
    ordinals = (one for language in languages() for one in lexicon(language).ordinals)
    return next((at for at, pattern in ordinals if pattern.fullmatch(easy)), None)


def without_courtesy(text: str) -> str:
    """`text` without what is only polite at its ends ("hi", "thank you so much"), in any language; all of it where less
    than two words are left."""
    bare = _polite().sub("", text)
    return bare if message_text.word_count(bare) > 1 and message_text.has_words(bare) else text


@cache
def _polite() -> re.Pattern[str]:
    phrases = (phrase for language in languages() for phrase in lexicon(language).courtesy)
    some = rf"(?:{'|'.join(f'(?:{phrase})' for phrase in phrases)})"
    apart = r"[\s,.;:!?~…。，！？、)(-]"
    begins, ends = rf"^{apart}*(?:{some}(?![a-z]){apart}*)+", rf"(?<!{apart})(?:{apart}*(?<![a-z]){some})+{apart}*$"
    return re.compile(f"{begins}|{ends}", re.IGNORECASE)


def with_bare(parse_data: Mapping[str, Any], bare: Mapping[str, Any]) -> dict[str, Any]:
    """`parse_data` of a message; where it was heard as only polite, or not for sure, what it says beside that counts.

    Args:
        bare: parse data of the same message without what is polite.
    """
    heard, guess = parse_data["intent"]["name"], _guess(bare)
    asks = guess["name"] not in ASKS_NOTHING and float(guess["confidence"] or 0) >= A_GOOD_GUESS
    if heard in COURTESY and asks or heard == FALLBACK and not parse_data.get("gate"):
        return {**parse_data, **{name: bare[name] for name in ("intent", "intent_ranking")}}
    return dict(parse_data)


def with_second_question(parse_data: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`parse_data` of a message, and the topic that only one of its `parts` asks about, as the entity `also`."""
    parse_data = with_part(parse_data, parts)
    main = parse_data["intent"]["name"]
    heard = [guess for guess in map(_guess, parts) if float(guess["confidence"] or 0) >= A_SECOND_QUESTION]
    topics = dict.fromkeys(i["name"] for i in heard if i["name"] not in ASIDE_TOPICS)
    if main not in topics or len(topics) != 2:
        return dict(parse_data)
    other = next(topic for topic in topics if topic != main)
    also = {"entity": "also", "value": other, "start": 0, "end": 0}
    return {**parse_data, "entities": [*parse_data["entities"], also]}


def _guess(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """The topic that `part` is understood as; where it would be asked about, the likeliest one."""
    guesses = (r for r in part.get("intent_ranking", ()) if r["name"] != FALLBACK)
    intent: Mapping[str, Any] = part["intent"]
    return next(guesses, intent) if intent["name"] == FALLBACK else intent


def with_alarm(parse_data: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """`parse_data` of a message in which the alarm of one of its sentences fired."""
    gate = {name: part[name] for name in ("gate", "gate_because")}
    return {**parse_data, **gate, "intent": dict(part["intent"])}


def with_part(parse_data: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`parse_data`; of a message that is not understood as a whole, what the first part that is says counts."""
    clear = (p["intent"] for p in parts if p["intent"]["name"] not in ASIDE_TOPICS)
    intent = next(clear, None) if parse_data["intent"]["name"] == FALLBACK else None
    return {**parse_data, "intent": dict(intent)} if intent else dict(parse_data)


def with_good_guess(parse_data: Mapping[str, Any], groups: Mapping[str, str]) -> dict[str, Any]:
    """`parse_data`; of a message that is not understood for sure, the first guess counts where asking would not help.

    That is where the two likeliest topics are both about clearing a record and little else is likely (the answer to
    either leads to the other), and where somebody may be looking for a person: then no list of places is offered.

    Args:
        groups: the group of each topic.
    """
    guesses = [r for r in parse_data.get("intent_ranking", ()) if r["name"] != FALLBACK][:2]
    if parse_data["intent"]["name"] != FALLBACK or len(guesses) < 2 or parse_data.get("gate"):
        return dict(parse_data)
    (first, second), sure = guesses, guesses[0]["confidence"] >= A_GOOD_GUESS
    alike = groups.get(first["name"]) == groups.get(second["name"]) == RECORDS
    together = first["confidence"] + second["confidence"] >= TWO_OF_A_GROUP
    careful = first["name"] == "buyer_or_trafficker"
    return {**parse_data, "intent": dict(first)} if sure and (alike and together or careful) else dict(parse_data)


def command(parse_data: Mapping[str, Any]) -> str | None:
    """The request to the bot itself that the message is, if it is one."""
    return next((e["value"] for e in parse_data["entities"] if e["entity"] == "command"), None)


def read_payload(text: str, topics: Collection[str], entities: Collection[str]) -> dict[str, Any] | None:
    """Parse data of a choice in Rasa's form (`/topic{"entity": "value"}`); None where `text` is no such thing."""
    match = _PAYLOAD.fullmatch(text.strip())
    if not match or match[1] not in topics:
        return None
    try:
        values = json.loads(match[2] or "{}")
    except ValueError:
        return None
    if not all(kind in entities and isinstance(value, str) for kind, value in values.items()):
        return None
    found = [{"entity": kind, "value": value, "start": 0, "end": 0} for kind, value in values.items()]
    return {"intent": {"name": match[1], "confidence": 1.0}, "entities": found, "intent_ranking": []}


def place_was_meant(parse_data: Mapping[str, Any]) -> dict[str, Any]:
    """`parse_data` of "ok", "me" or "hi" when a place had just been asked for."""
    hint = next((e for e in parse_data["entities"] if e["entity"] == "jurisdiction_hint"), None)
    if hint is None:
        return dict(parse_data)
    place = {**hint, "entity": "jurisdiction"}
    return {**parse_data, "intent": dict(ONLY_A_PLACE), "entities": [place]}


def language_of(parse_data: Mapping[str, Any], kept: str | None, hint: str) -> str:
    """The language to answer a message in: the one asked for, the talk's own, or the one the message is written in.

    Args:
        kept: the language of the talk so far; None at its beginning.
        hint: what the page or the channel was opened in.
    """
    spoken = languages() if parse_data.get("gate") else offered()  # whoever is in a crisis is answered as they write
    named = [e["value"] for e in parse_data["entities"] if e["entity"] == "language" and e["value"] in spoken]
    if parse_data["intent"]["name"] == LANGUAGE_TOPIC and named:
        return str(named[0])
    current = next((code for code in (kept, hint) if code and code in spoken), ENGLISH)
    heard: Mapping[str, float] = parse_data.get("heard_in") or {current: 1.0}
    likeliest = max(heard, key=lambda language: heard[language])
    if not kept and hint == ENGLISH:  # a first word that English speakers know too ("hola") is somebody's own language
        likeliest = max((code for code in heard if code != ENGLISH), key=lambda code: heard[code], default=ENGLISH)
    begun = kept or hint != ENGLISH
    needed = SURELY_IN if begun or parse_data["intent"] == ONLY_A_PLACE else MAYBE_IN
    if begun and (command(parse_data) or parse_data["intent"] == ONLY_A_PLACE):
        needed = 1.0  # "texas" and "stop" are said in every language; only another script says that it is another one
    return likeliest if likeliest in spoken and heard[likeliest] >= needed else current


def not_offered(parse_data: Mapping[str, Any], answered_in: str) -> str | None:
    """The language that a message is surely written in, where Lantern speaks it and it is not offered here."""
    heard: Mapping[str, float] = parse_data.get("heard_in") or {}
    language = max(heard, key=lambda code: heard[code], default=answered_in)
    sure = heard.get(language, 0.0) >= SURELY_IN
    return language if sure and language != answered_in and language in languages().keys() - offered().keys() else None


def in_language(parse_data: Mapping[str, Any], language: str) -> dict[str, Any]:
    """`parse_data` of a message that is answered in `language`, as the entity `spoken`."""
    spoken = {"entity": "spoken", "value": language, "start": 0, "end": 0}
    return {**parse_data, "entities": [*parse_data["entities"], spoken]}


def without_words(parse_data: Mapping[str, Any]) -> dict[str, Any]:
    """What the tracker may keep: topic, ranking, entities that are places, needs and the like; no text."""
    return {
        "text": "",
        "intent": dict(parse_data["intent"]),
        "intent_ranking": [dict(r) for r in parse_data.get("intent_ranking", ())[:8]],
        "entities": [
            {"entity": e["entity"], "value": e["value"], "start": 0, "end": 0} for e in parse_data["entities"]
        ],
    }


def understanding(parse_data: Mapping[str, Any]) -> Understanding:
    """What `parse_data` says, in our own terms. Where the bot is unsure, the topic is its best guess."""
    entities = parse_data["entities"]
    language = next((e["value"] for e in entities if e["entity"] == "spoken"), ENGLISH)
    intent = parse_data["intent"]
    ranking = [
        (r["name"], float(r["confidence"])) for r in parse_data.get("intent_ranking", ()) if r["name"] != FALLBACK
    ]
    sure = intent["name"] not in (FALLBACK, None)
    if sure:
        top = (str(intent["name"]), float(intent["confidence"]))
        ranking = [top, *(r for r in ranking if r[0] != top[0])]
    elif not ranking:
        ranking = [("out_of_scope", 0.0)]
    return Understanding(
        topic=ranking[0][0],
        confidence=ranking[0][1],
        ranking=tuple(ranking),
        entities=tuple(
            {k: e[k] for k in ("entity", "value", "start", "end")} for e in entities if e["entity"] != "spoken"
        ),
        language=language,
        gate=parse_data.get("gate"),
        because=parse_data.get("gate_because"),
        sure=sure,
    )
