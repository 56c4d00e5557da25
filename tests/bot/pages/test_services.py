"""The page of services: the same cards, without JavaScript."""

import html
import json
import re

import pytest

from actions.knowledge.library import library
from bot.app import make_app
from bot.settings import Settings


@pytest.fixture
async def client(aiohttp_client, lantern):
    return await aiohttp_client(make_app(lantern, Settings()))


async def text(client, path: str) -> str:
    response = await client.get(path)
    assert response.status == 200
    return html.unescape(await response.text())


async def test_the_form_offers_every_need_and_place(client):
    page = await text(client, "/help")
    for topic in library().needs.needs:
        assert f'<option value="{topic}">' in page
    for code, name in library().places.items():
        assert code == "US" or f'<option value="{code}">{name}</option>' in page


@pytest.mark.parametrize("state", ["", "OR", "PR"])
async def test_the_police_line_stands_before_the_number(client, state):
    page = await text(client, f"/help?need=need_hotline&state={state}")
    cards = re.findall(r'<section class="answer">(.*?)</section>', page, re.DOTALL)
    assert cards
    for card in cards:
        assert "Police: " in card
        assert "tel:" not in card or card.index("Police: ") < card.index("tel:")


async def test_without_police(client):
    page = await text(client, "/help?need=need_hotline&no_police=yes")
    assert "National Human Trafficking Hotline:" not in page


async def test_more_are_others(client):
    first = await text(client, "/help?need=need_legal_help&state=CA")
    more = html.unescape(re.search(r'href="(/help\?[^"]*from=10)"', first)[1])
    names = [
        set(re.findall(r"<p[^>]*>([^<:]{3,60}): ", await text(client, path)))
        for path in ("/help?need=need_legal_help&state=CA", more)
    ]
    assert names[1] - names[0]


async def test_as_hsds(client):
    services = json.loads(await (await client.get("/help.json?need=need_shelter&state=OR")).text())
    assert services and all({"id", "name", "status", "organization"} <= service.keys() for service in services)
    assert len(json.loads(await (await client.get("/help.json")).text())) > 300


@pytest.mark.parametrize("query", ["need=no_such", "need=need_shelter&state=ZZ", "need=<script>"])
async def test_what_is_not_there(client, query):
    assert (await client.get(f"/help?{query}")).status == 404
    assert (await client.get("/help?need=need_shelter&from=-1")).status == 200
