import dataclasses

import pytest
from aiohttp import web

from bot.load.cast import PICK
from bot.load.phone import SMS_PATH, SMS_SIGNATURE, Phone
from bot.load.wrong import Lost, Refused
from tests.bot.load.conftest import STEPS


def test_its_paths_are_those_of_the_service():
    from bot.channels.sms import twilio

    assert (SMS_PATH, SMS_SIGNATURE) == (twilio.PATH, twilio.SIGNATURE)


async def test_a_whole_conversation(talking, keys):
    phone = Phone(talking.http, keys)
    heard = [answer for step in STEPS for answer in await phone.step(step)]
    assert "A canned sentence." in heard[1].text
    [said] = talking.lantern.sessions.values()
    assert "/lawyer" in said  # the number stood for its own choice
    await phone.leave()


async def test_two_phones_are_two_conversations(talking, keys):
    for phone in (Phone(talking.http, keys), Phone(talking.http, keys)):
        await phone.step("oregon")
    assert len(talking.lantern.sessions) == 2


async def test_another_key_is_refused(talking, keys):
    with pytest.raises(Refused, match="403"):
        await Phone(talking.http, dataclasses.replace(keys, token="f" * 32)).step("oregon")


@pytest.fixture
def replies(reach):
    """A service that sends these texts, one after the other; `asked` is what it got."""

    async def make(*texts: str):
        left, asked = list(texts), []

        async def receive(request: web.Request) -> web.Response:
            asked.append((await request.post())["Body"])
            message = f"<Message>{left.pop(0)}</Message>" if left else ""
            return web.Response(text=f"<Response>{message}</Response>")

        app = web.Application()
        app.router.add_post(SMS_PATH, receive)
        return await reach(app), asked

    return make


async def test_it_asks_for_more_until_there_are_choices_and_picks_one_about_the_law(replies, keys):
    http, asked = await replies("A sentence.", "1988 was long ago", "1 A clinic\n2 A free lawyer", "Done.")
    phone = Phone(http, keys)
    await phone.step("hello")
    assert len(await phone.step(PICK)) == 3
    assert asked == ["hello", "MORE", "MORE", "2"]


async def test_silence_is_lost_and_a_text_that_says_so_is_an_error(replies, keys):
    http, _ = await replies(*keys.failed)
    phone = Phone(http, keys)
    with pytest.raises(Refused):
        await phone.step("hello")
    with pytest.raises(Lost, match="silence"):
        await phone.step("hello")
