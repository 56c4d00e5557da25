"""Whoever does not speak HTTP gets the calm page too: no version, no echo, and nothing of them in the log."""

import asyncio
import logging

import pytest
from aiohttp import web

from bot.app import make_app
from bot.headers import PLAIN
from bot.protocol import Site
from bot.server import listen
from bot.settings import Settings
from bot.store import StoreUnavailable
from tests.bot.test_any_input import LEAKS
from tests.browser.served import EXIT

CANARY = b"featherstone"
FORM = b"Host: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
CHUNKED = b"POST / HTTP/1.1\r\n" + FORM + b"Transfer-Encoding: chunked\r\n\r\n"
NO_HTTP = {
    "no address": b"GET\r\n\r\n",
    "an encrypted greeting": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + CANARY + b"\r\n\r\n",
    "words": b"my name is " + CANARY + b"\r\n\r\n",
    "a version there is not": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a method there is not": b"FEATHERSTONE / HTTP/1.1\r\nHost: x\r\n\r\n",
    "no slash": b"GET " + CANARY + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "an address too long": b"GET /" + CANARY * 800 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "letters as they are": "GET /пташка HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    "a port there is not": b"GET http://featherstone:99999999/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "a header too long": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + CANARY * 800 + b"\r\n\r\n",
    "too many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: featherstone\r\n" * 400 + b"\r\n",
    "no colon": b"GET / HTTP/1.1\r\nHost: x\r\nmy " + CANARY + b"\r\n\r\n",
    "a zero byte": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\x00" + CANARY + b"\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n " + CANARY + b"\r\n\r\n",
    "line feeds only": b"GET / HTTP/1.1\nHost: x\n\n",
    "a length that is none": b"POST / HTTP/1.1\r\n" + FORM + b"Content-Length: featherstone\r\n\r\na",
    "two lengths": b"POST / HTTP/1.1\r\n" + FORM + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\na",
    "a length and chunks": CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\n") + b"0\r\n\r\n",
    "a chunk that is none": CHUNKED + b"featherstone\r\n",
    "a second chunk that is none": CHUNKED + b"5\r\ntext=\r\nfeatherstone\r\n",
    "an unknown transfer": b"POST / HTTP/1.1\r\n" + FORM + b"Transfer-Encoding: featherstone\r\n\r\n",
    "packed, it says": b"POST / HTTP/1.1\r\n" + FORM + b"Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\n" + CANARY,
    "packed twice": b"POST / HTTP/1.1\r\n" + FORM + b"Content-Encoding: br\r\nContent-Length: 12\r\n\r\n" + CANARY,
}


@pytest.fixture
async def site(canned):
    """The service as `lantern serve` runs it; gives its port."""
    runner = web.AppRunner(make_app(canned, Settings(exit_url=EXIT)))
    await runner.setup()
    listening = listen("127.0.0.1", 0)
    await Site(runner, listening).start()
    yield listening.getsockname()[1]
    await runner.cleanup()


async def answer_to(port: int, *parts: bytes) -> tuple[int, dict[str, str], str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in parts:
        writer.write(part)
        await asyncio.sleep(0.05 if len(parts) > 1 else 0)
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
    status, *lines = head.decode().splitlines()
    headers = dict(line.split(": ", 1) for line in lines if line)
    body = await asyncio.wait_for(reader.readexactly(int(headers.get("Content-Length", "0"))), 20)
    writer.close()
    return int(status.split()[1]), headers, body.decode()


def check(status: int, headers: dict[str, str], text: str) -> None:
    assert {name: headers.get(name) for name in PLAIN} == PLAIN
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert not LEAKS.search(text) and CANARY.decode() not in text.lower(), text


@pytest.mark.parametrize("sent", NO_HTTP.values(), ids=NO_HTTP)
async def test_what_is_no_http(site, sent, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    status, headers, text = await answer_to(site, sent)
    assert status == 400
    assert "988" in text
    check(status, headers, text)
    logged = (caplog.text + "".join(capfd.readouterr())).lower()
    assert CANARY.decode() not in logged and "127.0.0.1" not in logged


@pytest.mark.parametrize("rest", [b"featherstone\r\n", b""])
async def test_the_rest_never_comes(site, rest, monkeypatch):
    """The application is already waiting for it."""
    monkeypatch.setattr("bot.app.READ_SECONDS", 0.3)
    status, headers, text = await answer_to(site, CHUNKED + b"5\r\ntext=\r\n", rest)
    assert status == 408
    check(status, headers, text)


@pytest.mark.parametrize("path", [b"/", b"/talk", b"/talk/keep"])
@pytest.mark.parametrize("charset", [b"featherstone", b"rot13", b"idna", b"utf-16"])
async def test_an_encoding_nobody_knows(site, path, charset):
    kind = b"application/x-www-form-urlencoded" if path == b"/" else b"application/json"
    head = b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s; charset=%s\r\nContent-Length: 3\r\n\r\n{a}"
    status, headers, text = await answer_to(site, head % (path, kind, charset))
    assert status in (200, 400)
    check(status, headers, text)


@pytest.mark.parametrize("charset", [b"featherstone", b"utf-8"])
async def test_whoever_wants_to_leave_leaves(site, charset):
    form = FORM.replace(b"urlencoded", b"urlencoded; charset=" + charset)
    packed = b"Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\n" + CANARY
    for rest in (packed, b"Content-Length: 6\r\n\r\ntalk=a"):
        status, headers, _ = await answer_to(site, b"POST /leave HTTP/1.1\r\n" + form + rest)
        assert (status, headers["Location"]) == (303, EXIT)


async def test_whoever_wants_to_leave_leaves_also_while_nothing_can_be_forgotten(new_client, canned):
    async def away(_: str) -> None:
        raise StoreUnavailable("Redis cannot be used now")

    canned.forget = away
    client = await new_client(exit_url=EXIT)
    talk = (await (await client.post("/talk", json={"text": "oregon"})).json())["talk"]
    answer = await client.post("/leave", data={"talk": talk}, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, EXIT)


async def test_what_is_refused_says_what_would_not_be(site):
    status, headers, text = await answer_to(site, b"PUT /talk HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (status, headers["Allow"]) == (405, "POST")
    check(status, headers, text)


async def test_an_expectation_is_not_met(site):
    status, headers, text = await answer_to(site, b"GET / HTTP/1.1\r\nHost: x\r\nExpect: the worst\r\n\r\n")
    assert status == 417
    check(status, headers, text)


async def test_two_requests_after_each_other_are_answered(site):
    reader, writer = await asyncio.open_connection("127.0.0.1", site)
    for _ in range(2):
        writer.write(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200 OK" in await reader.readuntil(b'{"live": true}')
    writer.close()
