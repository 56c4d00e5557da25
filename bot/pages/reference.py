"""`/law`, `/rights` and `/guidance`: what the bot says and everything behind it, as pages and as JSON.

Pages and JSON are made from the same records the answers are made from, so what a lawyer reads here is what people
are told. `/schema/<kind>.json` describes the JSON.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from pydantic import BaseModel

from actions.knowledge.control import fact_name, section_name, shown
from actions.knowledge.law_records import Law
from actions.knowledge.library import Library
from actions.knowledge.records import Document, Fact, Section, Stamp, Topic
from bot.html import html_response, language_of

routes = web.RouteTableDef()
SCHEMAS: Mapping[str, type[BaseModel]] = {"law": Law, "rights": Topic, "guidance": Topic, "document": Document}
FOLDERS = ("rights", "guidance")


@dataclass(frozen=True)
class Part:
    """One section as a page prints it. `fields` are the fields of the law beside the sentences."""

    name: str
    title: str
    section: Section
    stamp: Stamp
    statute: str | None = None
    fields: Mapping[str, str] | None = None

    def fact_name(self, fact: Fact) -> str:
        """What `lantern off` calls one of its facts."""
        return fact_name(self.name, fact)


@routes.get("/law")
async def laws(request: web.Request) -> web.Response:
    """Every jurisdiction, with what was found in a word each."""
    language = language_of(request)
    laws = shown(language).laws
    stamps = [law.stamp(section).reviewed for law in laws.values() for section in law.sections().values()]
    reviewed = bool(stamps) and all(stamps)
    return html_response("law_index.html", {"laws": laws, "reviewed": reviewed}, language=language)


@routes.get("/law.json")
async def laws_as_json(request: web.Request) -> web.Response:
    """Where the law of each jurisdiction is."""
    return _json({code: {"name": law.name, "url": f"/law/{code}.json"} for code, law in shown().laws.items()})


@routes.get(r"/law/{code:[A-Za-z]{2}}")
async def law(request: web.Request) -> web.Response:
    """One jurisdiction."""
    library = shown(language_of(request))
    found = _law(request, library)
    parts = [
        Part(
            name=f"law.{found.code}.{path}",
            title=library.say(f"law.{path.rpartition('.')[2]}"),
            section=section,
            stamp=found.stamp(section),
            statute=found.statute(path),
            fields=_fields(section),
        )
        for path, section in found.sections().items()
    ]
    values = {"law": found, "parts": parts, "details": found.records.details, "file": found}
    return html_response("law.html", values, language=library.language)


@routes.get(r"/law/{code:[A-Za-z]{2}}.json")
async def law_as_json(request: web.Request) -> web.Response:
    """One jurisdiction, as its file has it; where its relief is hidden, without what that was found to cover."""
    found = _law(request, shown())
    return _json(found, without=None if found.records.eligibility else {"records": {"details"}})


@routes.get(r"/{folder:rights|guidance}")
async def topics(request: web.Request) -> web.Response:
    """The topics of a folder, and under guidance the documents, claim by claim."""
    library, folder = shown(language_of(request)), request.match_info["folder"]
    documents = library.documents if folder == "guidance" else {}
    values = {"folder": folder, "topics": _topics(library, folder), "documents": documents}
    return html_response("topic_index.html", values, language=library.language)


@routes.get(r"/{folder:rights|guidance}.json")
async def topics_as_json(request: web.Request) -> web.Response:
    """Where each topic of a folder is; under guidance also the documents."""
    library, folder = shown(), request.match_info["folder"]
    listed: dict[str, Any] = {t: {"name": n, "url": f"/{folder}/{t}.json"} for t, n in _topics(library, folder).items()}
    if folder == "guidance":
        listed = {"topics": listed, "documents": {k: json.loads(d.json()) for k, d in library.documents.items()}}
    return _json(listed)


@routes.get(r"/{folder:rights|guidance}/{topic:[a-z_]+}")
async def topic(request: web.Request) -> web.Response:
    """One topic and its follow-ups."""
    library = shown(language_of(request))
    found = _topic(request, library)
    parts = [
        Part(
            name=section_name(library, found.topic, path),
            title=library.followups[path.partition(".")[2]].label if path != "." else library.label(found.topic),
            section=section,
            stamp=found.stamp(section),
        )
        for path, section in found.sections().items()
    ]
    values = {"title": library.label(found.topic), "parts": parts, "file": found}
    return html_response("topic.html", values, language=library.language)


@routes.get(r"/{folder:rights|guidance}/{topic:[a-z_]+}.json")
async def topic_as_json(request: web.Request) -> web.Response:
    """One topic, as its file has it."""
    return _json(_topic(request, shown()))


@routes.get(r"/schema/{kind:[a-z]+}.json")
async def schema(request: web.Request) -> web.Response:
    """JSON Schema of one kind of file."""
    kind = SCHEMAS.get(request.match_info["kind"])
    if kind is None:
        raise web.HTTPNotFound
    return _json(kind.schema(by_alias=True))


def _law(request: web.Request, library: Library) -> Law:
    found = library.laws.get(request.match_info["code"].upper())
    if found is None:
        raise web.HTTPNotFound
    return found


def _topic(request: web.Request, library: Library) -> Topic:
    found = library.sections.get(request.match_info["topic"])
    if found is None or library.folder(found.topic) != request.match_info["folder"]:
        raise web.HTTPNotFound
    return found


def _topics(library: Library, folder: str) -> dict[str, str]:
    return {topic: library.label(topic) for topic in library.sections if library.folder(topic) == folder}


def _fields(section: Section) -> dict[str, str]:
    """The fields a kind of section has beside what every section has, as text."""
    own = section.__fields__.keys() - Section.__fields__.keys() - {"statute", "start"}
    values = ((name, getattr(section, name)) for name in section.__fields__ if name in own)
    return {
        name.replace("_", " "): ", ".join(value) if isinstance(value, tuple) else str(value).replace("_", " ")
        for name, value in values
        if value not in (None, ())
    }


def _json(value: BaseModel | Mapping[str, Any], without: Mapping[int | str, Any] | None = None) -> web.Response:
    text = (
        value.json(by_alias=True, ensure_ascii=False, exclude_none=True, exclude=without)
        if isinstance(value, BaseModel)
        else json.dumps(value)
    )
    return web.Response(text=text, content_type="application/json")
