"""Twilio's webhook, with requests signed by Twilio's own library."""

import asyncio
import hashlib
import json
from dataclasses import replace

import pytest
from aiohttp import FormData
from multidict import CIMultiDict, CIMultiDictProxy, MultiDict
from twilio.request_validator import RequestValidator

from actions.knowledge.library import library
from bot.app import MOST_BYTES, make_app
from bot.channels.sms.simulator import messages
from bot.channels.sms.twilio import Twilio
from tests.bot.channels.sms.conftest import NUMBER, PUBLIC, TOKEN, TwilioPhone, fields, sign

OPENING = library().say("sms.opening")


def test_the_example_of_twilios_documentation():
    posted = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234"}
    posted |= {"From": "+14158675309", "To": "+18005551212"}
    url, headers = "https://mycompany.com/myapp.php?foo=1&bar=2", CIMultiDict()
    for signature, genuine in (("RSOYDt4T1cUTdK1PDd93/VVr8B8=", True), ("RSOYDt4T1cUTdK1PDd93/VVr8B9=", False)):
        headers["x-twilio-signature"] = signature
        assert Twilio("12345").is_genuine(url, CIMultiDictProxy(headers), MultiDict(posted), None) is genuine


async def test_a_conversation(phone, bot):
    (first,) = await phone.text("can i be arrested")
    assert first.startswith(OPENING)
    (second,) = await phone.text("2")
    assert "What would you like" in second
    assert bot.said == ["can i be arrested", "/need_shelter"]
    assert await phone.text("STOP") == [library().say("sms.stopped")]
    assert await phone.text("hello") == []
    assert len(await phone.text("START")) == 1


async def test_the_response(phone):
    response = await phone.post(fields("hello"))
    assert response.content_type == "application/xml"
    assert response.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in response.headers
    assert NUMBER not in await response.text()


async def test_markup_is_escaped(phone, bot, monkeypatch):
    monkeypatch.setitem(library().interface["sms"], "picture", "a < b & c > d")
    assert await phone.text("", NumMedia="1") == ["a < b & c > d"]


async def test_json(client, bot):
    body = json.dumps(fields("hello"))
    path = f"/sms/twilio?bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
    headers = {**sign({}, path), "Content-Type": "application/json"}
    response = await client.post(path, data=body, headers=headers)
    assert response.status == 200 and len(messages(await response.text())) == 1
    for altered in (body.replace("hello", "hallo"), "[]", "{", ""):
        assert (await client.post(path, data=altered, headers=headers)).status == 403
    assert bot.said == ["hello"]


async def test_json_that_is_not_covered_by_the_signature(client, bot):
    headers = {**sign({}), "Content-Type": "application/json"}
    assert (await client.post("/sms/twilio", data=json.dumps(fields("hello")), headers=headers)).status == 403
    assert bot.turns == []


@pytest.mark.parametrize("port", ["", ":443"])
async def test_with_and_without_a_port(phone, port):
    posted = fields("hello")
    signed = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}{port}/sms/twilio", posted)
    assert (await phone.post(posted, headers={"X-Twilio-Signature": signed})).status == 200


async def test_a_query_in_the_address_is_signed_too(client):
    posted = fields("hello")
    headers = sign(posted, "/sms/twilio?a=b%20c")
    assert (await client.post("/sms/twilio?a=b%20c", data=posted, headers=headers)).status == 200
    assert (await client.post("/sms/twilio?a=other", data=posted, headers=headers)).status == 403


async def test_behind_a_proxy_that_adds_a_path(aiohttp_client, bot, configured):
    client = await aiohttp_client(make_app(bot, replace(configured, public_url=f"{PUBLIC}/chat/")))
    posted = fields("hello")
    assert (await client.post("/sms/twilio", data=posted, headers=sign(posted, "/chat/sms/twilio"))).status == 200
    assert (await client.post("/sms/twilio", data=posted, headers=sign(posted))).status == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"X-Twilio-Signature": ""},
        {"X-Twilio-Signature": "nonsense"},
        {"X-Twilio-Signature": "é"},
        {"X-Twilio-Signature": "x" * 5000},
        {"X-Plivo-Signature-V3": "x"},
    ],
)
async def test_missing_and_wrong_signatures(phone, bot, wrong):
    response = await phone.post(fields("hello"), headers=wrong)
    assert response.status == 403 and await response.text() == ""
    assert bot.turns == []


async def test_truncated_and_foreign_signatures(phone, bot):
    posted = fields("hello")
    good = sign(posted)["X-Twilio-Signature"]
    other = sign(posted, token="f" * 32)["X-Twilio-Signature"]
    for signature in (good[:-1], good + "=", good.swapcase(), other):
        assert (await phone.post(posted, headers={"X-Twilio-Signature": signature})).status == 403
    assert bot.turns == []


async def test_a_signature_is_for_one_body(phone, bot):
    posted = fields("hello")
    headers = sign(posted)
    for altered in (posted | {"Body": "STOP"}, posted | {"From": "+15550001111"}, posted | {"X": "1"}, {}):
        assert (await phone.post(altered, headers=headers)).status == 403
    assert bot.turns == []


async def test_a_replay_changes_nothing(phone, bot):
    posted = fields("hello")
    first = await (await phone.post(posted)).text()
    assert await (await phone.post(posted)).text() == first
    assert bot.said == ["hello"]


async def test_a_megabyte(client, bot):
    headers = {"X-Twilio-Signature": "x", "Content-Type": "application/x-www-form-urlencoded"}
    for size in (70_000, MOST_BYTES + 1, 1_000_000):
        assert (await client.post("/sms/twilio", data=b"Body=" + b"a" * size, headers=headers)).status == 413
    assert (await client.post("/sms/twilio", data=b"Body=" + b"a" * 1_000_000)).status == 403

    async def in_pieces():
        for _ in range(100):
            yield b"a" * 1000

    assert (await client.post("/sms/twilio", data=in_pieces(), headers=headers)).status == 413
    assert bot.turns == []


@pytest.mark.parametrize("body", [b"\xff\xfe", b"Body=%ff%fe", b"a&" * 300, b"", b"{}"])
async def test_bodies_that_are_no_form(client, body):
    headers = {"X-Twilio-Signature": "x", "Content-Type": "application/x-www-form-urlencoded"}
    assert (await client.post("/sms/twilio", data=body, headers=headers)).status == 403


async def test_other_kinds_of_bodies(client):
    files = FormData()
    files.add_field("Body", b"\xff", filename="x", content_type="image/jpeg")
    assert (await client.post("/sms/twilio", data=files, headers={"X-Twilio-Signature": "x"})).status == 403


async def test_signed_but_without_what_a_text_has(phone):
    for posted in ({"a": "b"}, {"From": NUMBER}, fields("x", NumMedia="many")):
        assert (await phone.post(posted)).status == 400


async def test_a_report_about_a_text_is_no_text(phone, bot):
    assert await phone.text("", SmsStatus="delivered") == []
    assert bot.turns == []


@pytest.mark.parametrize("sender", ["88788", "262966", "AcmeBank", "", "whatsapp:+15552019988"])
async def test_senders_that_are_no_person(phone, bot, sender):
    assert await phone.text("hello", number=sender) == []
    assert bot.turns == []


async def test_numbers_from_abroad(phone, bot):
    for sender in ("+447700900123", "+821012345678", "+525512345678"):
        assert len(await phone.text("hello", number=sender)) == 1
    assert len({turn.session for turn in bot.turns}) == 3


async def test_pictures_empty_texts_and_emoji(phone):
    assert await phone.text("", NumMedia="3", MediaUrl0="https://api.twilio.com/x") == [library().say("sms.picture")]
    for body in ("", "😀😀", "a" * 1600, "ñandú 中文"):
        assert len(await phone.text(body)) == 1


async def test_advanced_opt_out_is_noted(phone):
    assert await phone.text("Halt", OptOutType="STOP") == []
    assert await phone.text("hello") == []
    assert await phone.text("START", OptOutType="START") == []
    assert len(await phone.text("hello")) == 1
    assert await phone.text("HELP", OptOutType="HELP") == []


async def test_an_opt_out_outlasts_a_restart(aiohttp_client, bot, configured):
    before = TwilioPhone(await aiohttp_client(make_app(bot, configured)))
    assert len(await before.text("alto")) == 1
    after = TwilioPhone(await aiohttp_client(make_app(bot, configured)))
    assert await after.text("hello") == []


async def test_a_burst(phone, bot):
    bot.seconds = 0.01
    statuses = await asyncio.gather(*(phone.post(fields(f"hello {n}")) for n in range(30)))
    assert {response.status for response in statuses} == {200}


async def test_opt_outs_that_cannot_be_read_silence_everything(phone, configured, bot, caplog):
    configured.optouts.rename(configured.optouts.with_name("gone"))
    response = await phone.post(fields("hello"))
    assert response.status == 503 and await response.text() == ""
    assert bot.turns == [] and NUMBER not in caplog.text
    configured.optouts.with_name("gone").rename(configured.optouts)
    assert len(await phone.text("hello")) == 1


@pytest.mark.parametrize(
    "lacking", [{"twilio_token": ""}, {"secret": ""}, {"public_url": ""}, {"secret": "", "public_url": ""}]
)
async def test_not_configured_is_not_there(aiohttp_client, bot, configured, lacking):
    client = await aiohttp_client(make_app(bot, replace(configured, **lacking)))
    posted = fields("hello")
    assert (await client.post("/sms/twilio", data=posted, headers=sign(posted))).status == 404
    assert (await client.get("/")).status == 200


async def test_with_another_secret_texts_are_off_and_the_page_is_not(aiohttp_client, bot, configured, caplog):
    make_app(bot, configured)
    client = await aiohttp_client(make_app(bot, replace(configured, secret="t" * 32)))
    assert (await client.post("/sms/twilio", data={})).status == 404
    assert (await client.get("/")).status == 200
    assert "another LANTERN_SECRET" in caplog.text


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
async def test_only_post(client, method):
    assert (await client.request(method, "/sms/twilio")).status == 405


def test_tokens_are_not_in_the_settings_as_text(configured):
    assert TOKEN not in repr(configured)
