"""Whatever is sent, from whoever: never a server error, never a path, a version or a stack, always the headers."""

import asyncio
import json
import re

import pytest
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import make_app
from bot.headers import PLAIN
from bot.settings import Settings
from tests.browser.served import CannedLantern

# Whole words: by chance a signed transcript spells any four letters.
LEAKS = re.compile(r"\bTraceback\b|File \"|/site-packages|\baiohttp\b|Python/|(?<![\w-])rasa(?![\w-])", re.IGNORECASE)
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
PATHS = (
    "/",
    "/talk",
    "/talk/keep",
    "/leave",
    "/help",
    "/help.json",
    "/law",
    "/law/OR",
    "/law/OR.json",
    "/rights",
    "/x",
)
ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=30),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def ask():
    """Sends one request to the application with canned answers; returns status, headers and text."""
    loop = asyncio.new_event_loop()

    async def start() -> TestClient:
        client = TestClient(TestServer(make_app(CannedLantern(), Settings())))  # type: ignore[arg-type]
        await client.start_server()
        return client

    client = loop.run_until_complete(start())

    async def send(method: str, path: str, **given: object) -> tuple[int, dict[str, str], str]:
        async with client.request(method, path, allow_redirects=False, **given) as answer:
            return answer.status, dict(answer.headers), await answer.text(errors="replace")

    yield lambda *args, **given: loop.run_until_complete(send(*args, **given))
    loop.run_until_complete(client.close())
    loop.close()


def check(status: int, headers: dict[str, str], text: str) -> None:
    assert status < 500, (status, text)
    assert not LEAKS.search(text), text
    for name, value in PLAIN.items():
        assert headers.get(name) == value, (name, headers)


@ANY
@given(text=st.text(max_size=200), choice=st.text(max_size=60), talk=st.text(max_size=60))
def test_any_form(ask, text, choice, talk):
    check(*ask("POST", "/", data={"text": text, "choice": choice, "talk": talk}))


@ANY
@given(body=st.binary(max_size=300), path=st.sampled_from(PATHS), kind=st.sampled_from([FORM, JSON, "text/plain", ""]))
def test_any_bytes(ask, body, path, kind):
    check(*ask("POST", path, data=body, headers={"Content-Type": kind} if kind else {}))


@ANY
@given(value=json_values, path=st.sampled_from(["/talk", "/talk/keep"]))
def test_any_json(ask, value, path):
    check(*ask("POST", path, data=json.dumps(value), headers={"Content-Type": JSON}))


@ANY
@given(value=st.dictionaries(st.sampled_from(["talk", "text", "choice"]), json_values))
def test_the_right_fields_with_any_values(ask, value):
    check(*ask("POST", "/talk", data=json.dumps(value), headers={"Content-Type": JSON}))


@ANY
@given(
    name=st.sampled_from(
        ["X-Forwarded-For", "Accept-Language", "Cookie", "Sec-Fetch-Site", "Accept-Encoding", "Origin"]
    ),
    value=st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=120),
)
def test_any_header(ask, name, value):
    check(*ask("GET", "/", headers={name: value.strip()}))


@ANY
@given(method=st.sampled_from(["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]), path=st.sampled_from(PATHS))
def test_any_method(ask, method, path):
    check(*ask(method, path))


@ANY
@given(query=st.dictionaries(st.sampled_from(["lang", "need", "state", "from", "no_police"]), st.text(max_size=20)))
@pytest.mark.parametrize("path", ["/", "/help", "/help.json", "/law", "/rights/passport_taken"])
def test_any_query(ask, path, query):
    check(*ask("GET", path, params=query))


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/static/../app.py", "/law/%00", "/rights/" + "a" * 5000]
)
def test_no_path_leads_out(ask, path):
    status, headers, text = ask("GET", path)
    check(status, headers, text)
    assert status == 404


def test_a_talk_of_somebody_else_making_is_not_read(ask):
    status, _, text = ask("POST", "/talk", json={"talk": "WyJhIixbXV0.forged.signature", "text": "hi"})
    assert status == 200
    assert "no longer know" in json.loads(text)["notice"]


@pytest.mark.parametrize("depth", [100, 100_000])
def test_deep_json_is_refused_not_followed(ask, depth):
    check(*ask("POST", "/talk", data="[" * depth, headers={"Content-Type": JSON}))


@pytest.mark.parametrize(("size", "status"), [(100_000, 200), (600_000, 413)])
def test_what_is_too_big_is_refused(ask, size, status):
    assert ask("POST", "/", data={"text": "a" * size})[0] == status
