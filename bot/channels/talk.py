"""`/talk`: the same turns as the plain page, as JSON, for the widget. Plain values only; the widget makes no HTML.

A page of another site cannot call these: a browser says where a request comes from, and sends JSON elsewhere only
where CORS headers allow it; we send none. Other sites show the chat in a frame of ours, and cannot read along.
"""

import json
from typing import Any

from aiohttp import web

from actions.answer import Answer
from actions.knowledge.control import shown
from actions.knowledge.library import Library
from bot.channels.surroundings import surroundings
from bot.channels.web import LANTERN, SETTINGS, SIGNER, Reply, reply_to
from bot.html import language_of, shown_lines

routes = web.RouteTableDef()


@routes.post("/talk")
async def talk(request: web.Request) -> web.Response:
    """One turn: {"talk", "text"} or {"talk", "choice"}."""
    asked = await _fields(request)
    reply = await reply_to(request, asked.get("talk", ""), asked.get("text", ""), asked.get("choice", ""))
    return web.json_response(_as_dict(request, reply), dumps=_json)


@routes.post("/talk/keep")
async def keep(request: web.Request) -> web.Response:
    """Starts the idle time anew, for somebody who is still there: {"talk"} in and out."""
    asked = await _fields(request)
    transcript = request.app[SIGNER].read(asked.get("talk", ""))
    if transcript is None:
        raise web.HTTPGone
    await request.app[LANTERN].keep(transcript.session)
    return web.json_response({"talk": request.app[SIGNER].sign(transcript)})


def _as_dict(request: web.Request, reply: Reply) -> dict[str, Any]:
    """What the widget needs to show a turn and to send the next."""
    library = shown(reply.transcript.language)
    as_shown = library.language == language_of(request)
    return {
        "talk": request.app[SIGNER].sign(reply.transcript.without_words()),
        "language": library.language,
        "forgotten": reply.forgotten,
        "notice": library.say("errors.expired") if reply.began_anew else None,
        "answer": _answer(library, reply.answer),
        "around": None if as_shown else surroundings(library, request.app[SETTINGS]),
    }


def _answer(library: Library, answer: Answer) -> dict[str, Any]:
    checked = library.say("page.checked", date=answer.checked_on) if answer.checked_on else None
    return {
        "lines": [{"kind": line.kind, "pieces": line.pieces} for line in shown_lines(answer)],
        "choices": [{"label": choice.label, "value": choice.value} for choice in answer.choices],
        "sources": [{"title": source.title, "url": source.url} for source in answer.sources],
        "checked": checked,
    }


async def _fields(request: web.Request) -> dict[str, str]:
    """The texts of a JSON object."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise web.HTTPForbidden
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        given = await request.json()
    except (ValueError, LookupError, RecursionError):
        raise web.HTTPBadRequest from None
    if not isinstance(given, dict):
        raise web.HTTPBadRequest
    return {name: value for name, value in given.items() if isinstance(value, str)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
