"""Whatever a stranger, a provider or a telephone may send, through each provider's webhook, signed as it signs."""

import asyncio
from dataclasses import replace

import pytest

from actions.knowledge.library import library
from bot.app import make_app
from bot.channels.sms import webhook
from bot.channels.sms.conversation import MOST_WAITING
from bot.channels.sms.segments import size
from bot.channels.sms.simulator import messages
from bot.channels.sms.writing import MOST_CHARACTERS, MOST_SEGMENTS
from tests.bot.channels.sms.conftest import NUMBER, TwilioPhone

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def refused(response, status: int) -> None:
    """A bare status: nothing about us, nothing of what was sent."""
    assert response.status == status
    assert await response.text() == ""


async def test_no_signature(any_phone, bot):
    await refused(await any_phone.post(any_phone.fields("hello"), headers={}), 403)
    assert bot.turns == []


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1], lambda s: s[1:], lambda s: s.swapcase(), lambda s: "", lambda s: "é"]
)
async def test_a_signature_that_is_not_whole(any_phone, bot, change):
    posted = any_phone.fields("hello")
    good = any_phone.sign(posted)
    name = next(iter(good))
    await refused(await any_phone.post(posted, headers=good | {name: change(good[name])}), 403)
    assert bot.turns == []


async def test_somebody_elses_signature(any_phone, bot):
    posted = any_phone.fields("hello")
    await refused(await any_phone.post(posted, headers=any_phone.sign(posted, token="f" * 32)), 403)
    assert bot.turns == []


async def test_a_signature_that_was_made_for_another_text(any_phone, bot):
    posted = any_phone.fields("hello")
    headers = any_phone.sign(posted)
    for altered in (posted | {"From": "+15550001111"}, posted | {"X": "1"}, posted | any_phone.fields("STOP"), {}):
        await refused(await any_phone.post(altered, headers=headers), 403)
    assert bot.turns == []


async def test_a_replay_is_answered_alike_and_happens_once(any_phone, bot):
    posted = any_phone.fields("hello")
    headers = any_phone.sign(posted)
    first, again = [await (await any_phone.post(posted, headers=headers)).text() for _ in range(2)]
    assert first == again and bot.said == ["hello"]


async def test_a_replayed_stop_does_not_stop_who_came_back(any_phone):
    posted = any_phone.fields("STOP")
    assert (await any_phone.post(posted)).status == 200
    assert len(await any_phone.text("START")) == 1
    assert (await any_phone.post(posted)).status == 200
    assert len(await any_phone.text("hello")) == 1


@pytest.mark.parametrize("length", [70_000, 600_000, 1_000_000])
async def test_a_body_of_a_megabyte(any_phone, bot, length):
    body = b"Text=" + b"a" * length
    signed = FORM | any_phone.sign({})
    await refused(await any_phone.client.post(any_phone.path, data=body, headers=signed), 413)
    await refused(await any_phone.client.post(any_phone.path, data=body, headers=FORM), 403)
    assert bot.turns == []


@pytest.mark.parametrize("body", [b"\xff\xfe", b"Text=%ff%fe", b"a&" * 300, b"", b"{}", b"&&&==="])
@pytest.mark.parametrize("kind", [*FORM.values(), "application/json", "text/plain", "multipart/form-data"])
async def test_bodies_of_another_shape(any_phone, body, kind):
    headers = any_phone.sign({"a": "b"}) | {"Content-Type": kind}
    await refused(await any_phone.client.post(any_phone.path, data=body, headers=headers), 403)


async def test_signed_but_without_what_a_text_has(any_phone, bot):
    whole = any_phone.fields("hello")
    for posted in ({"a": "b"}, {"From": NUMBER}, {k: v for k, v in whole.items() if k != any_phone.id}):
        await refused(await any_phone.post(posted), 400)
    await refused(await any_phone.post(whole | dict.fromkeys(("NumMedia", "MediaCount"), "many")), 400)
    assert bot.turns == []


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
async def test_only_post(any_phone, method):
    assert (await any_phone.client.request(method, any_phone.path)).status == 405


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "\n",
        "😀",
        "👩🏽‍❤️‍💋‍👩🏾" * 50,
        "a" * 1600,
        "﷽" * 400,
        "\x00\x1b[31m",
        "</Message><Message>",
        "&amp;",
        "ñandú 中文",
        "\u202eevil",
    ],
)
async def test_odd_texts_get_one_short_reply(any_phone, words):
    (reply,) = await any_phone.text(words)
    takes = size(reply)
    assert len(reply) <= MOST_CHARACTERS and takes.segments <= MOST_SEGMENTS[takes.encoding]


async def test_pictures_are_not_fetched(any_phone, bot):
    assert await any_phone.text("", **any_phone.picture) == [library().say("sms.picture")]
    assert len(await any_phone.text("what is this", **any_phone.picture)) == 1
    assert bot.said == ["what is this"]


@pytest.mark.parametrize("sender", ["+447700900123", "+821012345678", "+525512345678", "+29051234"])
async def test_numbers_from_abroad(any_phone, sender):
    assert len(await any_phone.text("hello", number=sender)) == 1


@pytest.mark.parametrize("sender", ["88788", "262966", "AcmeBank", "Acme 24", "", "+", "+" + "1" * 30, "😀"])
async def test_machines_get_silence(any_phone, bot, sender):
    assert await any_phone.text("hello", number=sender) == []
    assert bot.turns == []


async def test_a_burst_from_one_sender(any_phone, bot):
    bot.seconds = 0.02
    responses = await asyncio.gather(*(any_phone.post(any_phone.fields(f"hello {n}")) for n in range(40)))
    replies = [reply for response in responses for reply in messages(await response.text())]
    assert {response.status for response in responses} == {200}
    assert MOST_WAITING <= len(replies) < 40 and len(replies) == len(bot.turns)


async def test_a_failure_inside_is_a_calm_reply(any_phone, bot):
    bot.fails_with = RuntimeError("inside")
    assert await any_phone.text("hello") == [library().say("sms.failed")]


async def test_opt_outs_that_cannot_be_read(any_phone, bot, configured):
    configured.optouts.rename(configured.optouts.with_name("gone"))
    await refused(await any_phone.post(any_phone.fields("hello")), 503)
    assert bot.turns == []


@pytest.mark.parametrize("lacking", ["secret", "public_url", "twilio_token"])
async def test_where_something_is_not_set_nobody_is_let_in(aiohttp_client, bot, configured, lacking):
    phone = TwilioPhone(await aiohttp_client(make_app(bot, replace(configured, **{lacking: ""}))))
    assert (await phone.post(phone.fields("hello"))).status == 404
    assert bot.turns == []


async def test_somebody_who_sends_slowly_is_not_waited_for(any_phone, monkeypatch):
    monkeypatch.setattr(webhook, "READ_SECONDS", 0.05)

    async def drop_by_drop():
        yield b"From=%2B1555"
        await asyncio.sleep(1)
        yield b"2019988"

    signed = any_phone.sign(any_phone.fields("hello"))
    await refused(await any_phone.client.post(any_phone.path, data=drop_by_drop(), headers=FORM | signed), 408)
