"""Plivo's webhook. The signatures were made by Plivo's own library, plivo 4.63.0."""

import pytest
from multidict import CIMultiDict, CIMultiDictProxy, MultiDict

from actions.knowledge.library import library
from bot.channels.sms.plivo import Plivo
from tests.bot.channels.sms.conftest import PUBLIC, TOKEN, PlivoPhone

URL = f"{PUBLIC}/sms/plivo"
NONCE = "05429567804466091622"
POSTED = {
    "From": "15552019988",
    "To": "15005550006",
    "Text": "hello world & más",
    "MessageUUID": "ccaf8b52-1111",
    "Type": "sms",
}


@pytest.mark.parametrize(
    ("url", "posted", "signature"),
    [
        (URL, POSTED, "WpWYnXBxyuDoOfXA+fmVPqD+poSYlygu8isQSc1GNe4="),
        (f"{URL}?b=2&a=1%202", {"From": "1", "Text": ""}, "m6UZ/nDQ/Xh79WZ/9JbYDn60a1Hb6I7Ym4Au5YyDXCQ="),
        (URL, {}, "EVP3dsc0AwElfr1J/O7srtL2zB5RwH2+J3iG50P1Y4Y="),
        (f"{URL}?a=1", {}, "rGG9d1DBCl3E6EmivMXd9rXeXDx9m5bXzS+vdwTjE+Q="),
    ],
)
def test_v3_as_plivo_makes_it(url, posted, signature):
    assert Plivo(TOKEN).v3(url, MultiDict(posted), NONCE) == signature


def test_v2_as_plivo_makes_it():
    assert Plivo(TOKEN).v2(f"{URL}?a=1", NONCE) == "WX5U+KFuthnXDRietltPhhdDPDad4ITXXbqO8MRnxcA="


def genuine(plivo: Plivo, posted: dict[str, str], **headers: str) -> bool:
    named = CIMultiDictProxy(CIMultiDict({f"X-Plivo-{k.replace('_', '-')}": v for k, v in headers.items()}))
    return plivo.is_genuine(URL, named, MultiDict(posted), None)


def test_v3():
    plivo = Plivo(TOKEN)
    good = plivo.v3(URL, MultiDict(POSTED), NONCE)
    assert genuine(plivo, POSTED, Signature_V3=good, Signature_V3_Nonce=NONCE)
    assert genuine(plivo, POSTED, Signature_Ma_V3=f"other, {good}", Signature_V3_Nonce=NONCE)
    assert not genuine(plivo, POSTED, Signature_V3=good)
    assert not genuine(plivo, POSTED, Signature_V3=good[:-1], Signature_V3_Nonce=NONCE)
    assert not genuine(plivo, POSTED, Signature_V3="é", Signature_V3_Nonce=NONCE)
    assert not genuine(plivo, POSTED | {"Text": "STOP"}, Signature_V3=good, Signature_V3_Nonce=NONCE)
    assert not genuine(Plivo("f" * 32), POSTED, Signature_V3=good, Signature_V3_Nonce=NONCE)


def test_v2_counts_for_one_message():
    plivo = Plivo(TOKEN)
    headers = {"Signature_V2": plivo.v2(URL, NONCE), "Signature_V2_Nonce": NONCE}
    assert genuine(plivo, POSTED, **headers)
    assert genuine(plivo, POSTED, **headers)  # a retry
    assert not genuine(plivo, POSTED | {"Text": "STOP"}, **headers)
    assert not genuine(plivo, POSTED, Signature_V2=headers["Signature_V2"])
    assert not genuine(plivo, POSTED, Signature_V2=headers["Signature_V2"], Signature_V2_Nonce="1")


def test_a_good_v2_does_not_mend_a_bad_v3():
    plivo = Plivo(TOKEN)
    good = {"Signature_V2": plivo.v2(URL, NONCE), "Signature_V2_Nonce": NONCE}
    assert not genuine(plivo, POSTED, **good, Signature_V3="x", Signature_V3_Nonce=NONCE)


async def test_a_conversation(client, bot):
    phone = PlivoPhone(client)
    first = await (await phone.post(phone.fields("hello"))).text()
    assert first.startswith('<Response><Message src="15005550006" dst="15552019988" type="sms">Lantern')
    await phone.text("", Body="and more", Type="mms", MediaCount="1")
    assert bot.said == ["hello", "and more"]
    assert await phone.text("whatever", MessageIntent="optout") == [library().say("sms.stopped")]
    assert await (await phone.post(phone.fields("hello"))).text() == "<Response></Response>"
    assert len(await phone.text("START", MessageIntent="optin")) == 1


async def test_one_person_at_two_providers(client, phone, bot):
    await PlivoPhone(client).text("hello")
    await phone.text("hello")
    assert len({turn.session for turn in bot.turns}) == 1
    await PlivoPhone(client).text("STOP", MessageUUID="x")
    assert await phone.text("hello") == []


@pytest.mark.parametrize(
    ("given", "sender"),
    [("15552019988", "+15552019988"), ("4512345678", "+4512345678"), ("29051234", "+29051234"), ("88788", "88788")],
)
def test_numbers_have_their_countrys_code(given, sender):
    assert Plivo(TOKEN).delivered(POSTED | {"From": given}).sender == sender


@pytest.mark.parametrize("headers", [{}, {"X-Plivo-Signature-V3": "x"}, {"X-Plivo-Signature-V2": "x"}])
async def test_unsigned(client, bot, headers):
    assert (await client.post("/sms/plivo", data=POSTED, headers=headers)).status == 403
    assert (await client.post("/sms/plivo", json=POSTED, headers=headers)).status == 403
    assert bot.turns == []
