"""Page and widget talk with the real service, and notice every way in which a turn can be somebody else's."""

import pytest
from aiohttp import web

from bot.channels.transcript import Signer, Transcript
from bot.load.carried import Page, Widget
from bot.load.cast import PICK
from bot.load.wrong import Crossed, Lost
from tests.bot.load.conftest import SECRET, STEPS
from tests.browser.served import LAW, LAWYER, STATE

OTHER = Transcript.new().plus("somebody else's words", LAW, "en")


@pytest.mark.parametrize("client", [Page, Widget])
async def test_a_whole_conversation(talking, keys, client):
    one = client(talking.http, keys)
    heard = [(await one.step(step))[0] for step in STEPS]
    assert [answer.id for answer in heard] == ["ask.place", LAW.id, LAWYER.id, LAWYER.id]
    assert heard[1].text == LAW.text
    assert all(answer.seconds > 0 for answer in heard)
    [said] = talking.lantern.sessions.values()
    assert said == ["hello", "i am in oregon", "/lawyer", "and a lawyer"]
    await one.leave()
    assert talking.lantern.sessions == {}


@pytest.mark.parametrize("client", [Page, Widget])
async def test_what_was_deleted_goes_on_as_a_new_conversation(talking, keys, client):
    one = client(talking.http, keys)
    for step in ("oregon", "delete", "oregon", "hello"):
        await one.step(step)


@pytest.mark.parametrize("client", [Page, Widget])
async def test_without_choices_a_pick_is_just_written(talking, keys, client):
    [heard] = await client(talking.http, keys).step(PICK)
    assert heard.id == STATE.id


@pytest.fixture
def fake(reach):
    """A service whose every answer is `talk`, with the words shown on its page."""

    async def make(*talks: Transcript | str, notice: str | None = None, shows: str = ""):
        left = list(talks)

        def signed() -> str:
            talk = left.pop(0) if len(left) > 1 else left[0]
            return talk if isinstance(talk, str) else Signer(SECRET, 60).sign(talk)

        async def page(_: web.Request) -> web.Response:
            note = '<p class="notice">' if notice else ""
            return web.Response(text=f'{note}<input name="talk" value="{signed()}">{shows}')

        async def talk(_: web.Request) -> web.Response:
            return web.json_response({"talk": signed(), "notice": notice, "answer": {"lines": []}})

        app = web.Application()
        app.add_routes([web.get("/", page), web.post("/", page), web.post("/talk", talk)])
        return await reach(app)

    return make


async def test_a_session_of_somebody_else_is_crossed(fake, keys):
    own = Transcript.new()
    first = own.plus("hello", STATE, "en")
    page = Page(await fake(own, OTHER), keys)
    with pytest.raises(Crossed, match="session"):
        await page.step("hello")
    widget = Widget(await fake(first, OTHER), keys)
    await widget.step("hello")
    with pytest.raises(Crossed, match="session"):
        await widget.step("hello")


async def test_words_of_somebody_else_are_crossed(fake, keys):
    with pytest.raises(Crossed, match="words"):
        await Page(await fake(OTHER), keys).step("hello")


async def test_a_page_without_ones_own_words_is_crossed(fake, keys):
    own = Transcript.new().plus("what's new", STATE, "en")
    with pytest.raises(Crossed, match="does not show"):
        await Page(await fake(own), keys).step("what's new")
    await Page(await fake(own, shows="what&#39;s new"), keys).step("what's new")


@pytest.mark.parametrize("client", [Page, Widget])
@pytest.mark.parametrize(("talk", "notice"), [("unreadable", None), (OTHER, "This began anew.")])
async def test_a_conversation_that_began_anew_is_lost(fake, keys, client, talk, notice):
    with pytest.raises(Lost):
        await client(await fake(talk, notice=notice), keys).step("hello")
