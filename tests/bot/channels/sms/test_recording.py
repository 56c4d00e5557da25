"""Recorded conversations: the scripts still run, and the page is of these scripts and counts right."""

import datetime as dt
import re

import pytest

from actions.knowledge.yaml_file import DataError
from bot.channels.sms.recording import Script, Sent, count, page, read, record, takes
from bot.channels.sms.segments import size
from bot.channels.sms.writing import MOST_CHARACTERS, MOST_SEGMENTS
from bot.cli.sms import PAGE, SCRIPTS

MAIN = (
    *("reporting", "clearing", "stopped", "raid", "arrested", "immigration", "sleep", "lawyer", "clinic", "dying"),
    *("dangerous", "overdose", "under 18", "trafficking", "not paid", "friend", "delete", "stop, start and help"),
)
RECORDED = re.compile(r"```text\n(.*?)\n```\n\n([^\n]*)", re.DOTALL)


async def recorded(bot, script: Script) -> list[Sent]:
    return await record(bot, script, "A clinic", 900)


@pytest.mark.parametrize("script", read(SCRIPTS), ids=lambda script: script.title)
async def test_each_script_runs(bot, script):
    sent = await recorded(bot, script)
    assert [one.text for one in sent] == [step for step in script.steps if isinstance(step, str)]
    assert sent[0].reply
    for one in sent:
        assert one.reply is None or len(one.reply) <= MOST_CHARACTERS


def test_every_main_topic_has_one():
    titles = " / ".join(script.title for script in read(SCRIPTS)).lower()
    assert [topic for topic in MAIN if topic not in titles] == []


async def test_a_pause_ends_the_conversation(bot):
    first, more = await recorded(bot, Script("x", ("long", 31.0, "more")))
    assert more.minutes == 31 and "Part two" not in str(more.reply) and bot.turns[0].session != bot.turns[1].session
    assert "*31 minutes later*" in page([(Script("x", ()), [first, more])], dt.date(2026, 1, 2), "scripts.yml")


async def test_the_page(bot):
    script = Script("Somebody", ("hello", "stop", "hello", ""))
    made = page([(script, await recorded(bot, script))], dt.date(2026, 1, 2), "scripts.yml")
    assert "on 2026-01-02 from\n`scripts.yml`" in made
    assert "| Somebody | 4 | 2 | 3 |" in made
    assert "## Somebody\n\n> hello\n\n```text\nLantern: a program" in made
    assert "> hello\n\n*no reply*\n" in made and "> *(an empty text)*" in made
    assert [took for _, took in _replies(made)] == [
        "200 characters, GSM-7, 2 segments",
        "96 characters, GSM-7, 1 segment",
    ]


def test_the_recorded_page_is_of_these_scripts():
    written = PAGE.read_text(encoding="utf-8")
    for script in read(SCRIPTS):
        _, _, told = written.partition(f"## {script.title}\n")
        told = told.partition("\n## ")[0]
        assert told, script.title
        texts = [step for step in script.steps if isinstance(step, str)]
        assert re.findall(r"^> (.*)$", told, re.MULTILINE) == [text or "*(an empty text)*" for text in texts]


def test_every_recorded_reply_is_short_and_safe():
    replies = _replies(PAGE.read_text(encoding="utf-8"))
    assert len(replies) > 60
    for reply, took in replies:
        measured = size(reply)
        assert took == takes(reply) and len(reply) <= MOST_CHARACTERS, reply
        assert measured.segments <= MOST_SEGMENTS[measured.encoding] and "http://" not in reply, reply


def test_words():
    assert (count(1), count(2), takes("hi")) == ("1 segment", "2 segments", "2 characters, GSM-7, 1 segment")


@pytest.mark.parametrize(
    "entry", ["{title: x}", "{texts: [a]}", "{title: x, texts: [[a]]}", "{title: x, texts: [{m: 1}]}", "x"]
)
def test_a_script_that_is_none_is_named(tmp_path, entry):
    file = tmp_path / "scripts.yml"
    file.write_text(f"- {entry}\n")
    with pytest.raises(DataError, match="conversation 1: expected `title`"):
        read(file)


def _replies(written: str) -> list[tuple[str, str]]:
    """Each reply on the page, and what is said that it takes."""
    return RECORDED.findall(written)
