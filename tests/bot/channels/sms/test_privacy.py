"""The number and the words of a text are in no log at DEBUG, in no file, in nothing printed, counted or held."""

import logging
import secrets
from dataclasses import replace

import pytest

from bot import logs
from bot.app import make_app
from bot.channels.sms.conversation import MOST_AN_HOUR
from bot.channels.sms.simulator import OverHttp
from tests.bot.channels.sms.conftest import NUMBER, PUBLIC, TOKEN, PlivoPhone, TwilioPhone

WORDS = "my name is Canary Featherstone"
TRACES = ("canary", "featherstone", NUMBER[1:], NUMBER[2:], "2019988", "9988", "cafe1234")


def traces_in(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text.lower()]


@pytest.fixture
def everything_is_logged(caplog):
    """At DEBUG. The access log is off in `lantern serve`, and held at WARNING here, because it prints addresses."""
    logs.quiet("DEBUG")
    caplog.set_level(logging.DEBUG)
    for name in ("bot", "actions", "asyncio", "aiohttp", "aiohttp.web", "aiohttp.server", "twilio"):
        caplog.set_level(logging.DEBUG, name)
    yield caplog
    logs.quiet()


@pytest.fixture(params=[TwilioPhone, PlivoPhone])
def provider(request) -> type[TwilioPhone]:
    return request.param


async def everything_happens(phone: TwilioPhone, bot, configured) -> None:
    """What can happen to a text: answered, refused, failed, too much, deleted, stopped, unanswerable."""
    posted = phone.fields(WORDS)
    good = phone.sign(posted)
    for headers in (good, good, {}, dict.fromkeys(good, "forged")):
        await phone.post(posted, headers=headers)
    await phone.text(WORDS, **{phone.id: "cafe1234"})
    await phone.text(WORDS, **phone.picture)
    await phone.post(phone.fields(WORDS) | dict.fromkeys(("NumMedia", "MediaCount"), "canary"))
    await phone.post({"From": NUMBER, "Body": WORDS, "Text": WORDS})
    await phone.client.post(phone.path, data=WORDS.encode() + b"\xff", headers=good | {"Content-Type": "text/plain"})
    await phone.client.get(phone.path, params=posted)
    await phone.client.post(phone.path, data=f"Body={WORDS * 10_000}", headers=good)
    for error in (RuntimeError(f"{WORDS} {NUMBER}"), KeyError(WORDS), TimeoutError(NUMBER)):
        bot.fails_with = error
        await phone.text(WORDS)
    bot.fails_with = None
    for _ in range(MOST_AN_HOUR):
        await phone.text(WORDS)
    await phone.text("delete everything")
    await phone.text("STOP")
    configured.optouts.rename(configured.optouts.with_name("gone"))
    await phone.post(phone.fields(WORDS))


async def test_no_log_no_file_and_nothing_printed(
    aiohttp_client, bot, configured, provider, tmp_path, everything_is_logged, capfd, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    client = await aiohttp_client(make_app(bot, configured))
    await everything_happens(provider(client), bot, configured)
    printed = capfd.readouterr()
    logged = f"{everything_is_logged.text}{printed.out}{printed.err}"
    for happened in ("A text was not answered: RuntimeError", "replies within an hour", "No text is answered"):
        assert happened in logged
    assert traces_in(logged) == []
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(files) == 2  # the key's fingerprint, and who opted out
    assert [t for file in files for t in traces_in(f"{file.relative_to(tmp_path)}\n{file.read_text()}")] == []


async def test_refusals_say_nothing_of_what_was_sent(client, provider):
    phone = provider(client)
    posted = phone.fields(WORDS)
    for headers in ({}, dict.fromkeys(phone.sign(posted), "forged")):
        response = await phone.post(posted, headers=headers)
        assert traces_in(f"{response.headers}{await response.text()}") == []


async def test_what_is_held_in_memory(bot, text):
    await text(WORDS)
    await text("long")
    keys = bot.store.kept()
    kept = [f"{key} {await bot.store.get(key)}" for key in keys]
    assert any(key.startswith("sms:") for key in keys)
    assert traces_in("\n".join(kept)) == []


async def test_sessions_and_senders_are_no_numbers(client, bot, provider):
    await provider(client).text("hello")
    assert traces_in(repr(bot.turns)) == []


async def test_the_simulator_keeps_no_token_in_sight(client, configured):
    phone = OverHttp(str(client.make_url("/")), PUBLIC, TOKEN, NUMBER)
    assert TOKEN not in repr(phone) and TOKEN not in repr(replace(configured, secret=secrets.token_hex(16)))
