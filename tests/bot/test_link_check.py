"""The link check, against a server of its own on loopback."""

import asyncio
import contextlib

import pytest
from aiohttp import web

from bot import link_check
from bot.link_check import Answer, State, ask, is_public


class Pages:
    """A server whose pages answer in every way a page can; it counts what was asked, and how many at once."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.now = self.most = 0

    @contextlib.contextmanager
    def _count(self, request: web.Request):
        self.asked.append((request.method, request.path))
        self.now += 1
        self.most = max(self.most, self.now)
        yield
        self.now -= 1

    async def answer(self, request: web.Request) -> web.Response:
        with self._count(request):
            await asyncio.sleep(0.01)
            kind = request.match_info["kind"]
            if kind == "no-head":
                return web.Response(status=405 if request.method == "HEAD" else 200)
            if kind == "loop":
                raise web.HTTPFound("/loop")
            if kind == "moves":
                raise web.HTTPMovedPermanently("/fine")
            if kind == "inside":
                raise web.HTTPFound("file:///etc/passwd")
            if kind == "slow":
                await asyncio.sleep(5)
            return web.Response(status=int(kind) if kind.isdigit() else 200, text="x" * 1_000_000)


@pytest.fixture
async def pages(aiohttp_server):
    """(what the server saw, address of one of its pages)."""
    seen, app = Pages(), web.Application()
    app.router.add_route("*", "/{kind:.*}", seen.answer)
    server = await aiohttp_server(app)
    return seen, lambda kind: f"http://127.0.0.1:{server.port}/{kind}"


async def asked(*urls: str, **options) -> dict[str, Answer]:
    answers: list[Answer] = []
    await ask(urls, answers.append, **{"private": True, "pause": 0, **options})
    assert len(answers) == len(set(urls))
    return {answer.url: answer for answer in answers}


@pytest.mark.parametrize(
    ("kind", "result", "why"),
    [
        ("fine", "fine", ""),
        ("no-head", "fine", ""),
        ("moves", "fine", ""),
        ("404", "broken", "404"),
        ("500", "broken", "500"),
        ("403", "refused", "403"),
        ("429", "refused", "429"),
        ("loop", "broken", "redirects without end"),
        ("inside", "broken", "is not a web address"),
    ],
)
async def test_what_a_page_can_say(kind, result, why, pages):
    _, page = pages
    assert await asked(page(kind)) == {page(kind): Answer(page(kind), result, why)}


async def test_no_answer_in_time(pages, monkeypatch):
    _, page = pages
    monkeypatch.setattr(link_check, "TIMEOUT", link_check.aiohttp.ClientTimeout(total=0.1))
    assert (await asked(page("slow")))[page("slow")].why == "no answer in time"


async def test_nobody_there(unused_tcp_port_factory):
    url = f"http://127.0.0.1:{unused_tcp_port_factory()}/"
    answer = (await asked(url))[url]
    assert answer.result == "broken" and answer.why and "\n" not in answer.why


async def test_one_request_a_host_at_a_time(pages):
    seen, page = pages
    urls = [page(f"page-{n}") for n in range(12)]
    await asked(*urls, *urls)
    assert seen.most == 1 and len(seen.asked) == 12 and {method for method, _ in seen.asked} == {"HEAD"}


async def test_several_hosts_at_once_but_not_all(aiohttp_server):
    seen, app = Pages(), web.Application()
    app.router.add_route("*", "/{kind:.*}", seen.answer)
    servers = [await aiohttp_server(app) for _ in range(1)]
    names = [f"http://127.0.0.{n}:{servers[0].port}/fine" for n in range(1, 21)]
    answers = await asked(*names)
    assert 1 <= seen.most <= link_check.HOSTS_AT_ONCE and answers[names[0]].result == "fine"


async def test_nothing_inside_is_ever_asked(pages):
    seen, page = pages
    port = page("").split(":")[2].strip("/")
    urls = (
        page("fine"),
        f"http://localhost:{port}/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://2130706433/",
        "http://127.1/",
        "https://example.org:8443/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://[::1",
    )
    for url, answer in (await asked(*urls, private=False)).items():
        assert answer.result == "broken", url
    assert not seen.asked


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_public(address):
    assert is_public(address)


NOT_PUBLIC = (
    "127.0.0.1 10.1.2.3 192.168.0.1 100.64.0.1 169.254.1.1 0.0.0.0 224.0.0.1 "
    "::1 fe80::1%eth0 fc00::1 ::ffff:10.0.0.1 2002:7f00:1:: 2001:0:1::"
)


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_not_public(address):
    assert not is_public(address)


def test_state(tmp_path):
    state = State(tmp_path / "state.jsonl")
    assert state.read() == {}
    one, two = Answer("https://a.example", "fine"), Answer("https://b.example", "broken", "404\u2028x")
    for answer in (one, two, Answer("https://a.example", "broken", "500")):
        state.add(answer)
    with (tmp_path / "state.jsonl").open("a") as file:
        file.write('{"url": "https://c.exa')
    assert state.read() == {"https://a.example": Answer("https://a.example", "broken", "500"), "https://b.example": two}
    state.clear()
    assert state.read() == {}
