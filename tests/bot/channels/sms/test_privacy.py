"""The number and the words of a text are in no log at DEBUG, in no file, and in nothing that is held in memory."""

import gc
import logging

import pytest

from bot import logs
from bot.app import make_app
from bot.channels.sms.conversation import Talk
from tests.bot.channels.sms.conftest import NUMBER, TwilioPhone, fields

WORDS = "my name is Canary Featherstone"
TRACES = ("canary", "featherstone", NUMBER[1:], NUMBER[2:], "2019988", "9988", "SMcafe")


@pytest.fixture
def everything_is_logged(caplog):
    logs.quiet("DEBUG")
    caplog.set_level(logging.DEBUG)
    for name in ("bot", "actions", "asyncio", "aiohttp", "aiohttp.web", "aiohttp.server", "twilio"):
        caplog.set_level(logging.DEBUG, name)
    yield caplog
    logs.quiet()


async def test_no_log_and_no_file(aiohttp_client, bot, configured, tmp_path, everything_is_logged, capfd, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    phone = TwilioPhone(await aiohttp_client(make_app(bot, configured)))
    await phone.text(WORDS, MessageSid="SMcafe1")
    await phone.text(WORDS, MessageSid="SMcafe2", NumMedia="1", MediaUrl0="https://example.org/canary")
    await phone.post(fields(WORDS), headers={"X-Twilio-Signature": "forged"})
    await phone.post(fields(WORDS, NumMedia="canary"))
    bot.fails_with = RuntimeError(f"{WORDS} {NUMBER}")
    await phone.text(WORDS)
    bot.fails_with = None
    await phone.text("delete everything")
    await phone.text("STOP")
    configured.optouts.rename(tmp_path / "gone")
    await phone.post(fields(WORDS))
    printed = capfd.readouterr()
    logged = f"{everything_is_logged.text}{printed.out}{printed.err}".lower()
    assert "a text was not answered: runtimeerror" in logged
    assert [trace for trace in TRACES if trace.lower() in logged] == []
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(files) == 2  # the key's fingerprint, and who opted out
    for file in files:
        held = f"{file.relative_to(tmp_path)}\n{file.read_text()}".lower()
        assert [trace for trace in TRACES if trace.lower() in held] == []


async def test_what_is_held_in_memory(texts, text):
    await text(WORDS)
    await text("long")
    talks = [held for held in gc.get_objects() if isinstance(held, Talk) and held in list(texts._talks.values())]
    assert len(talks) == 1
    assert [trace for trace in TRACES if trace.lower() in repr(talks).lower()] == []


async def test_sessions_and_senders_are_no_numbers(client, bot, phone):
    await phone.text("hello")
    assert [trace for trace in TRACES if trace in repr(bot.turns)] == []
