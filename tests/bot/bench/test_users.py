import asyncio
import os

import pytest
from aiohttp import web

from bot.bench.serving import REST, WIDGET, Served
from bot.bench.side import load
from bot.bench.users import TURNS_OF_A_TALK, Heard, crowd, messages, one_user


@pytest.fixture
def rest(aiohttp_server):
    """A bot that speaks REST and remembers who said what; "silence" is met with silence."""

    async def serve():
        said = []

        async def heard(request: web.Request) -> web.Response:
            given = await request.json()
            said.append((given["sender"], given["message"]))
            await asyncio.sleep(0.001)
            return web.json_response([] if given["message"] == "silence" else [{"text": "yes"}])

        app = web.Application()
        app.router.add_post(REST.path, heard)
        server = await aiohttp_server(app)
        return Served(str(server.make_url("/")).rstrip("/"), (os.getpid(),), REST), said

    return serve


async def test_one_user_says_so_many_things_a_few_in_each_talk(rest):
    bot, said = await rest()
    heard = await one_user(bot, turns=12, warm=3, sent=[f"number {n}" for n in range(50)])
    assert len(heard.seconds) == 12 and heard.failed == 0 and len(said) == 15
    assert heard.seconds == sorted(heard.seconds) and heard.seconds[0] >= 0.001
    talks = [sender for sender, _ in said[3:]]
    assert len(set(talks)) == 2 or len(set(talks)) == 3
    assert max(map(talks.count, talks)) <= TURNS_OF_A_TALK
    assert heard.milliseconds(50) <= heard.milliseconds(99)


async def test_turns_without_an_answer_are_counted_and_not_timed(rest):
    bot, _ = await rest()
    heard = await one_user(bot, turns=6, warm=0, sent=["hello", "silence", "hello", "silence", "hello"])
    assert heard.failed >= 2 and len(heard.seconds) == 6 - heard.failed


async def test_a_crowd_talks_at_once_and_stops(rest, monkeypatch):
    monkeypatch.setattr("bot.bench.users.SETTLE_SECONDS", 0.05)
    bot, said = await rest()
    heard = await crowd(bot, 4, 0.3, ["hello", "again"])
    step = load(heard)
    assert step["people"] == 4 and step["failed"] == 0 and step["turns_a_second"] > 10
    done = len(said)
    await asyncio.sleep(0.05)
    assert len(said) <= done + 4


def test_turns_a_core():
    heard = Heard(8, [0.1] * 50, lasted=10.0, cpu_seconds=2.5, own_cpu_seconds=1.0, failed=0)
    assert heard.a_second == 5 and heard.a_core == 20


def test_the_widget_carries_the_talk_on_and_silence_is_an_error():
    assert WIDGET.asked(WIDGET.begin(), "hi") == {"talk": "", "text": "hi"}
    assert WIDGET.heard("", {"talk": "signed", "answer": {"lines": [{"pieces": []}]}}) == "signed"
    with pytest.raises(ValueError):
        WIDGET.heard("", {"talk": "signed", "answer": {"lines": []}})


def test_everybody_says_the_same_in_the_same_order():
    assert messages() == messages() and len(messages()) > 500
