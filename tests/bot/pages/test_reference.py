"""What anyone can check: pages and JSON say what the bot says, and where it comes from."""

import datetime as dt
import html
import json

import jsonschema
import pytest

from actions.knowledge.control import fact_name, sections
from actions.knowledge.library import library
from actions.knowledge.records import Reviewed
from bot.app import make_app
from bot.settings import Settings


@pytest.fixture
async def client(aiohttp_client, lantern):
    return await aiohttp_client(make_app(lantern, Settings()))


async def text(client, path: str) -> str:
    response = await client.get(path)
    assert response.status == 200, path
    return html.unescape(await response.text())


async def test_the_index_names_every_place(client):
    page = await text(client, "/law")
    for code, law in library().laws.items():
        assert f'<a href="/law/{code}">{law.name}</a>' in page


async def test_what_somebody_signed_says_so(client, monkeypatch):
    unreviewed = "Not yet checked by a lawyer."
    assert unreviewed in await text(client, "/law")
    law = library().laws["OR"]
    by = Reviewed(name="A. Lawyer", role="attorney", on=dt.date(2026, 11, 20))
    monkeypatch.setitem(library().laws, "OR", law.copy(update={"condoms": law.condoms.copy(update={"review": by})}))
    assert unreviewed in await text(client, "/law")  # of all the others
    page = await text(client, "/law/OR")
    assert page.count("Checked by A. Lawyer, attorney, on 2026-11-20.") == 1
    assert page.count(unreviewed) == len(law.sections()) - 1


@pytest.mark.parametrize("code", sorted(library().laws))
async def test_a_place_prints_every_sentence_with_its_sources(client, code):
    page, law = await text(client, f"/law/{code}"), library().laws[code]
    for path, section in law.sections().items():
        name = f"law.{code}.{path}"
        assert f'<section id="{name}">' in page and law.statute(path) in page
        for fact in section.all_facts():
            assert fact_name(name, fact) in page
            for key in fact.sources:
                assert f'href="#source-{key}"' in page
        assert all(part in page for part in section.short)
    for key, source in law.sources.items():
        assert f'id="source-{key}"' in page and source.url in page


async def test_every_topic_and_document_has_its_page(client):
    for topic, file in library().sections.items():
        folder = library().folder(topic)
        if folder == "safety":
            continue
        page = await text(client, f"/{folder}/{topic}")
        assert all(section.short[0] in page for section in file.sections().values())
    guidance = await text(client, "/guidance")
    for document in library().documents.values():
        assert document.title in guidance and all(claim.say in guidance for claim in document.claims.values())


@pytest.mark.parametrize("kind", ["law", "rights", "guidance"])
async def test_the_json_fits_its_schema(client, kind):
    schema = json.loads(await text(client, f"/schema/{kind}.json"))
    paths = {"law": "/law/OR.json", "rights": "/rights/passport_taken.json", "guidance": "/guidance/record_impact.json"}
    value = json.loads(await (await client.get(paths[kind])).text())
    jsonschema.validate(value, schema)
    assert value["sources"]


async def test_the_indexes_as_json_lead_to_what_is_there(client):
    for path in ("/law.json", "/rights.json"):
        listed = json.loads(await (await client.get(path)).text())
        assert listed
        for entry in list(listed.values())[:5]:
            assert (await client.get(entry["url"])).status == 200
    assert json.loads(await (await client.get("/guidance.json")).text())["documents"]


@pytest.mark.parametrize(
    "path",
    ["/law/ZZ", "/law/ZZ.json", "/rights/no_such", "/guidance/passport_taken", "/schema/x.json", "/rights/greet"],
)
async def test_what_is_not_there(client, path):
    response = await client.get(path)
    assert response.status == 404
    assert "no such page" in await response.text()


async def test_small_letters_do(client):
    assert "Oregon" in await text(client, "/law/or")


def test_every_section_has_a_name_of_its_own():
    found = [name for name, *_ in sections(library())]
    assert len(found) == len(set(found))
