"""`lantern sms --record`: conversations as a phone would show them, as the page `docs/sms_conversations.md`."""

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.knowledge.yaml_file import DataError, read_yaml
from bot.channels.sms.conversation import Answers, Inbound, Texts
from bot.channels.sms.optouts import MemoryOptOuts
from bot.channels.sms.segments import size

Step = str | float  # a text, or minutes in which nobody writes


@dataclass(frozen=True)
class Script:
    """What one person texts."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Sent:
    """A text and what came back: a reply, or None for silence. `minutes` passed before it."""

    text: str
    reply: str | None
    minutes: float = 0


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def read(file: Path) -> list[Script]:
    """The scripts in `file`: a YAML list of `{title, texts}`. Raises `DataError` naming the one of another shape."""
    scripts = []
    for number, entry in enumerate(read_yaml(file), 1):
        try:
            steps = tuple(map(_step, entry["texts"]))
            scripts.append(Script(entry["title"], steps))
        except (KeyError, TypeError, ValueError):
            raise DataError(f"{file}: conversation {number}: expected `title`, and `texts` with a text each") from None
    return scripts


def _step(given: object) -> Step:
    if isinstance(given, dict):
        return float(given["minutes"])
    if not isinstance(given, str):
        raise ValueError("no text")
    return given


async def record(lantern: Answers, script: Script, operator: str, idle_seconds: float) -> list[Sent]:
    """Holds the conversation; nothing of it is kept."""
    clock, minutes, sent = Clock(), 0.0, []
    texts = Texts(lantern, MemoryOptOuts(), operator, idle_seconds, clock)
    sender = secrets.token_hex(16)
    for step in script.steps:
        if not isinstance(step, str):
            minutes, clock.now = step, clock.now + 60 * step
            if 60 * step >= idle_seconds:
                await lantern.store.delete(f"sms:{sender}")  # as the time would
            continue
        reply = await texts.reply(Inbound(sender, secrets.token_hex(16), step))
        sent.append(Sent(step, reply, minutes))
        minutes = 0.0
    return sent


def page(recorded: Sequence[tuple[Script, Sequence[Sent]]], today: dt.date, source: str) -> str:
    """The page.

    Args:
        source: where the scripts are, as people find them.
    """
    return "\n".join([*_head(recorded, today, source), *(line for one in recorded for line in _conversation(*one))])


def _head(recorded: Sequence[tuple[Script, Sequence[Sent]]], today: dt.date, source: str) -> Iterator[str]:
    yield "# Conversations by text message\n"
    yield (
        f"Written by `lantern sms --record` on {today} from\n"
        f"`{source}`; nothing here is typed by hand.\n"
        "Under each reply stands what it takes on its way: characters, alphabet, segments. General information, not\n"
        "legal advice.\n"
    )
    yield "| conversation | texts | replies | segments of the replies |"
    yield "|---|---:|---:|---:|"
    for script, sent in recorded:
        replies = _replies(sent)
        yield f"| {script.title} | {len(sent)} | {len(replies)} | {sum(size(r).segments for r in replies)} |"
    yield ""


def _conversation(script: Script, sent: Iterable[Sent]) -> Iterator[str]:
    yield f"## {script.title}\n"
    for one in sent:
        if one.minutes:
            yield f"*{one.minutes:g} minutes later*\n"
        yield f"> {one.text or '*(an empty text)*'}\n"
        yield from _reply(one.reply)


def _reply(reply: str | None) -> Iterator[str]:
    if reply is None:
        yield "*no reply*\n"
        return
    yield f"```text\n{reply}\n```\n"
    yield f"{takes(reply)}\n"


def takes(reply: str) -> str:
    """What `reply` takes, in words."""
    measured = size(reply)
    return f"{len(reply)} characters, {measured.encoding}, {count(measured.segments)}"


def count(segments: int) -> str:
    """ "1 segment", "2 segments"."""
    return f"{segments} segment{'' if segments == 1 else 's'}"


def _replies(sent: Iterable[Sent]) -> list[str]:
    return [one.reply for one in sent if one.reply is not None]
