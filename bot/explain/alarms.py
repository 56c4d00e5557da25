"""What the safety gate heard in a message: patterns that fit, how sure the model is, and how far each alarm was off."""

from copy import deepcopy
from dataclasses import dataclass

from rasa.shared.nlu.training_data.message import Message

from bot.nlu.alarm_classifier import ALARMS
from bot.nlu.gate import KINDS, gate
from bot.nlu.lexicon_extractor import languages_of
from bot.nlu.message_fields import readings_of
from bot.nlu.safety_gate import SafetyGate

STEPS = 10  # of halving 0..1: a thousandth
NEARLY = 0.5  # of what it takes
DOES = {  # what a pattern does, by the part of the file it stands in
    "always": "fires",
    "when": "fires, unless something holds it back",
    "unless": "holds back all of its kind",
    "over": "a story that is over: holds back `when`, also in its sentences",
    "backed_by": "lets the model be believed",
    "look_alikes": "holds back `when` of every kind",
    "questions": "a question: holds back `when` beside it",
}


@dataclass(frozen=True)
class Fitting:
    """A pattern that fits: where it stands (`danger.when[3]` in its file), the words it fits, and what it does."""

    file: str
    where: str
    words: str
    does: str


@dataclass(frozen=True)
class Level:
    """How sure the model is of an alarm, 0 to 1, and from where on it would fire for this message.

    Attributes:
        fires_at: None where no certainty of the model is enough.
        nearly: it did not fire, and was at least half of the way there.
    """

    kind: str
    heard: float
    fires_at: float | None
    nearly: bool


@dataclass(frozen=True)
class Alarms:
    """What the gate makes of a message read by itself, outside any talk."""

    fired: str | None
    because: str | None
    patterns: tuple[Fitting, ...]
    levels: tuple[Level, ...]


def alarms_of(before: Message, safety_gate: SafetyGate) -> Alarms:
    """What `safety_gate` makes of a message.

    Args:
        before: the message as it reaches the gate.
    """
    after = _gated(before, safety_gate, {})
    fired = after.get("gate")
    fitting = [
        Fitting(f"data/safety/gate.{language}.yml", _where(m.kind, m.part, m.number), m.words, DOES[m.part or m.kind])
        for language in languages_of(before)
        for m in {m: None for reading in readings_of(before) for m in gate(language).matches(reading)}
    ]
    heard: dict[str, float] = before.get(ALARMS) or {}
    levels = [_level(before, safety_gate, kind, heard.get(kind, 0.0), fired) for kind in KINDS]
    return Alarms(fired, after.get("gate_because"), tuple(fitting), tuple(levels))


def _where(kind: str, part: str, number: int) -> str:
    return f"{kind}.{part}[{number}]" if part else f"{kind}[{number}]"


def _level(before: Message, safety_gate: SafetyGate, kind: str, heard: float, fired: str | None) -> Level:
    """Asks the gate itself: what would it do if the model were this sure, and sure of nothing else?"""

    def fires(sure: float) -> bool:
        supposed = dict.fromkeys(KINDS, 0.0) | {kind: sure}
        return bool(_gated(before, safety_gate, supposed).get("gate") == kind)

    if not fires(1.0):
        return Level(kind, heard, None, nearly=False)
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if fires(middle) else (middle, high)
    return Level(kind, heard, round(high, 2), nearly=fired is None and heard >= high * NEARLY)


def _gated(before: Message, safety_gate: SafetyGate, supposed: dict[str, float]) -> Message:
    message = deepcopy(before)
    if supposed:
        message.set(ALARMS, supposed)
    safety_gate.process([message])
    return message
