"""`/help`: services by need and place, without JavaScript, with the cards the chat shows; `/help.json` in HSDS form."""

import datetime as dt
import json
from collections.abc import Sequence

from aiohttp import web

from actions.answer import Answer
from actions.compose.services import card, wish
from actions.conversation import Conversation
from actions.directory.to_hsds import to_hsds
from actions.knowledge.control import shown
from actions.knowledge.library import Library
from actions.knowledge.service_records import Service
from bot.html import html_response, language_of

routes = web.RouteTableDef()
AT_ONCE = 10


@routes.get("/help")
async def browse(request: web.Request) -> web.Response:
    """The form; and the services of the need and the place that were chosen."""
    library, talk = shown(language_of(request)), _talk(request)
    found: Sequence[Service] = _found(library, talk) if talk else []
    start = _start(request)
    page = found[start : start + AT_ONCE]
    values = {
        "needs": {topic: library.label(topic) for topic in library.needs.needs},
        "places": {code: name for code, name in library.places.items() if code != "US"},
        "talk": talk,
        "chosen": {name: request.query.get(name, "") for name in ("need", "state", "no_police")},
        "cards": [_card(library, service, talk) for service in page] if talk else [],
        "total": len(found),
        "following": start + AT_ONCE if start + AT_ONCE < len(found) else None,
    }
    return html_response("services.html", values, language=library.language)


@routes.get("/help.json")
async def browse_as_json(request: web.Request) -> web.Response:
    """The same services, all of them, as HSDS 3 describes a service."""
    talk = _talk(request)
    found: Sequence[Service] = _found(shown(), talk) if talk else [s for s in shown().services if s.status == "active"]
    return web.Response(text=json.dumps([to_hsds(service) for service in found]), content_type="application/json")


def _talk(request: web.Request) -> Conversation | None:
    """What was chosen, as a conversation asks for it; None where no need was chosen. Raises HTTPNotFound for others."""
    need, state = request.query.get("need"), request.query.get("state") or None
    if not need:
        return None
    if need not in shown().needs.needs or state not in (None, *shown().places):
        raise web.HTTPNotFound
    no_police = bool(request.query.get("no_police"))
    return Conversation(need, need, jurisdiction=state, no_police=no_police, now=dt.datetime.now(dt.UTC))


def _found(library: Library, talk: Conversation) -> Sequence[Service]:
    return library.directory.find(wish(library, talk, talk.heard))


def _card(library: Library, service: Service, talk: Conversation) -> Answer:
    return Answer(f"services.{service.id}", tuple(card(library, service, talk)), ())


def _start(request: web.Request) -> int:
    value = request.query.get("from", "0")
    return int(value) if value.isdecimal() and len(value) < 6 else 0
