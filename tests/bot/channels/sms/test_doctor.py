"""`lantern sms doctor` finds what is wrong, and says how to mend it."""

from dataclasses import replace

import pytest
from aiohttp import web

from bot.channels.sms.doctor import examine
from bot.settings import Settings
from tests.bot.channels.sms.conftest import PUBLIC


async def found(settings: Settings, *arguments: str) -> dict[str, list[str]]:
    levels: dict[str, list[str]] = {"ok": [], "wrong": [], "look": []}
    async for finding in examine(settings, *arguments):
        levels[finding.level].append(finding.what)
    return levels


async def test_all_is_well(configured):
    levels = await found(configured)
    assert levels["wrong"] == []
    said = " ".join(levels["ok"])
    for words in (
        "LANTERN_SECRET is set",
        f"{PUBLIC}/sms/twilio, method POST",
        "proper signature",
        "STOP is confirmed",
    ):
        assert words in said
    assert "Advanced Opt-Out" in levels["look"][0] and "988" in levels["look"][0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"secret": ""}, "LANTERN_SECRET is not set"),
        ({"public_url": ""}, "LANTERN_PUBLIC_URL is not set"),
        ({"public_url": "https://localhost:8080"}, "no provider can reach"),
        ({"public_url": "https://10.0.0.1"}, "no provider can reach"),
        ({"twilio_token": "", "plivo_token": ""}, "Neither LANTERN_TWILIO_TOKEN"),
        ({"operator": "A very long name of a very long organization " * 3}, "Shorten LANTERN_OPERATOR"),
    ],
)
async def test_what_is_wrong_is_named(configured, change, says):
    assert says in " ".join((await found(replace(configured, **change)))["wrong"])


async def test_another_secret(configured):
    await found(configured)
    assert "another LANTERN_SECRET" in " ".join((await found(replace(configured, secret="t" * 32)))["wrong"])


async def test_who_runs_it_is_said(configured):
    nobody = replace(configured, operator=Settings.operator)
    assert "LANTERN_OPERATOR is not set" in " ".join((await found(nobody))["look"])


async def test_an_api_key_is_no_token(configured):
    assert "not 32 hex digits" in " ".join((await found(replace(configured, twilio_token="SK1234")))["look"])


@pytest.fixture
async def twilio(aiohttp_server):
    """Twilio's list of numbers, as its REST API gives it."""
    state = {"status": 200, "numbers": []}

    async def numbers(request: web.Request) -> web.Response:
        assert request.headers["Authorization"].startswith("Basic ")
        return web.json_response({"incoming_phone_numbers": state["numbers"]}, status=state["status"])

    app = web.Application()
    app.router.add_get("/Accounts/AC1/IncomingPhoneNumbers.json", numbers)
    server = await aiohttp_server(app)
    state["url"] = str(server.make_url("")).rstrip("/")
    return state


async def test_what_twilio_says(configured, twilio):
    right = {"phone_number": "+15005550006", "sms_url": f"{PUBLIC}/sms/twilio#rc=2", "sms_method": "POST"}
    twilio["numbers"] = [
        right,
        right | {"phone_number": "+15005550001", "sms_method": "GET"},
        right | {"phone_number": "+15005550002", "sms_url": "", "sms_fallback_url": "https://example.org"},
    ]
    levels = await found(configured, "AC1", twilio["url"])
    assert "+15005550006 sends texts here." in levels["ok"]
    said = " ".join(levels["look"])
    for words in ("+15005550001 sends texts to GET", "+15005550002 sends texts to nowhere", "fallback address"):
        assert words in said
    twilio["status"] = 401
    assert "Twilio says 401" in " ".join((await found(configured, "AC1", twilio["url"]))["wrong"])


async def test_twilio_out_of_reach(configured):
    assert "cannot be asked" in " ".join((await found(configured, "AC1", "http://127.0.0.1:9"))["look"])
