import pytest
from aiohttp import web

from bot.load.connection import ask, connected
from bot.load.wrong import CannotLoad, Lost, Refused


@pytest.mark.parametrize(
    "url", ["http://192.0.2.1:8080", "https://chat.example.org", "http://localhost:8080", "nothing"]
)
async def test_no_load_is_made_on_other_hosts(url):
    with pytest.raises(CannotLoad):
        connected(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://[::1]:1"])
async def test_this_machine_is_allowed(url):
    await connected(url).close()


async def test_nobody_there_is_a_lost_turn():
    async with connected("http://127.0.0.1:1") as http:
        with pytest.raises(Lost):
            await ask(http, "POST", "/talk", json={})


async def test_another_status_is_a_refusal_and_no_redirection_is_followed(reach):
    async def elsewhere(_: web.Request) -> web.Response:
        raise web.HTTPSeeOther("http://192.0.2.1/")

    app = web.Application()
    app.router.add_post("/elsewhere", elsewhere)
    http = await reach(app)
    with pytest.raises(Refused, match="303"):
        await ask(http, "POST", "/elsewhere")
    with pytest.raises(Refused, match="404"):
        await ask(http, "POST", "/")
