"""What every channel hands over: one `Turn`. What comes back is an `Exchange`, with one `Answer` in it."""

from dataclasses import dataclass
from typing import Any, Literal

from actions.answer import Answer

Channel = Literal["web", "sms", "shell"]


@dataclass(frozen=True)
class Turn:
    """One message of one person.

    Attributes:
        text: what was typed, or the value of the choice that was picked.
        session: id of the conversation, issued by the server.
        channel: where it came in.
        language: a hint, ISO 639-1, for where neither the message nor the talk says another.
    """

    text: str
    session: str
    channel: Channel = "web"
    language: str = "en"


@dataclass(frozen=True)
class Understanding:
    """What a message was understood as. Holds no words of the person except `because`, which dies with the turn.

    Attributes:
        topic: the likeliest topic.
        confidence: 0 to 1; 1 where a rule settled it.
        ranking: (topic, confidence), likeliest first.
        entities: {"entity", "value", "start", "end"} each.
        language: what the answer is in, ISO 639-1.
        gate: the kind of alarm, if the safety gate fired.
        because: what made it fire.
        sure: False where the bot asks which topic is meant.
    """

    topic: str
    confidence: float
    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[dict[str, Any], ...] = ()
    language: str = "en"
    gate: str | None = None
    because: str | None = None
    sure: bool = True

    def as_dict(self, text: str) -> dict[str, Any]:
        """The public JSON form of `lantern parse`."""
        return {
            "text": text,
            "topic": self.topic,
            "confidence": round(self.confidence, 4),
            "ranking": [{"topic": topic, "confidence": round(c, 4)} for topic, c in self.ranking[:5]],
            "entities": list(self.entities),
            "language": self.language,
            "gate": self.gate,
        }


@dataclass(frozen=True)
class Exchange:
    """One turn, answered."""

    understood: Understanding
    answer: Answer
    jurisdiction: str | None = None
    forgotten: bool = False

    def as_dict(self, user: str) -> dict[str, Any]:
        """The public JSON form of `lantern say`."""
        return {
            "user": user,
            "topic": self.understood.topic,
            "confidence": round(self.understood.confidence, 4),
            "jurisdiction": self.jurisdiction,
            "language": self.understood.language,
            "gate": self.understood.gate,
            "answer": self.answer.as_dict(),
        }
