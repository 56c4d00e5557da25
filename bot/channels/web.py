"""The plain page: a form, the conversation, the choices as buttons. Complete without JavaScript; no cookie."""

from pathlib import Path

from aiohttp import web

from actions.knowledge.library import library
from bot.agent import Lantern
from bot.channels.transcript import Signer, Transcript
from bot.html import html_response
from bot.settings import Settings
from bot.turn import Turn
from bot.understanding import MAX_CHARACTERS

HERE = Path(__file__).parent
LANTERN = web.AppKey("lantern", Lantern)
SETTINGS = web.AppKey("settings", Settings)
SIGNER = web.AppKey("signer", Signer)
SUGGESTED = ("immunity_reporting", "rights_police_stop", "expunge_eligibility", "need_legal_help", "need_shelter")

routes = web.RouteTableDef()


@routes.get("/")
async def opening(request: web.Request) -> web.Response:
    """The first screen. No session exists until something is said."""
    return page(request, Transcript.new())


@routes.post("/")
async def turn(request: web.Request) -> web.Response:
    """One turn: what was typed, or the choice that was pressed."""
    form = await _form(request)
    transcript = _transcript(request, form.get("talk", ""))
    choice = form.get("choice", "")
    label = transcript.label_of(choice) or (choice if choice in _opening_choices() else None)
    text = choice if label else form.get("text", "")
    said = _opening_choices().get(choice, label) if label else text
    exchange = await request.app[LANTERN].converse(Turn(text, transcript.session, "web"))
    if exchange.forgotten:
        transcript, said = Transcript.new(), ""
    return page(request, transcript.plus((said or "")[:MAX_CHARACTERS], exchange.answer))


@routes.post("/leave")
async def leave(request: web.Request) -> web.Response:
    """Forgets the conversation and goes to a neutral page."""
    form = await _form(request)
    transcript = request.app[SIGNER].read(form.get("talk", ""))
    if transcript:
        await request.app[LANTERN].forget(transcript.session)
    raise web.HTTPSeeOther(request.app[SETTINGS].exit_url)


@routes.get("/style.css")
async def style(request: web.Request) -> web.FileResponse:
    """The page's only other file."""
    return web.FileResponse(HERE / "static" / "style.css")


def page(request: web.Request, transcript: Transcript, status: int = 200) -> web.Response:
    """The whole page, with the talk so far."""
    settings = request.app[SETTINGS]
    values = {
        "operator": settings.operator,
        "rounds": transcript.rounds,
        "suggested": _opening_choices(),
        "talk": request.app[SIGNER].sign(transcript) if transcript.rounds else "",
    }
    return html_response("page.html", values, status)


def error_page(say_key: str, status: int) -> web.Response:
    """A calm page for when the page itself cannot be made; the crisis line stays on it."""
    values = {"sentence": library().say(say_key), "crisis": library().say("errors.crisis")}
    return html_response("error.html", values, status)


async def _form(request: web.Request) -> dict[str, str]:
    """The fields of a plain form. Parts with files are refused: they would be written to disk."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    try:
        fields = await request.post()
    except ValueError:  # bytes that are no text
        raise web.HTTPBadRequest from None
    return {name: value for name, value in fields.items() if isinstance(value, str)}


def _transcript(request: web.Request, signed: str) -> Transcript:
    return (signed and request.app[SIGNER].read(signed)) or Transcript.new()


def _opening_choices() -> dict[str, str]:
    """Value -> label of the questions the first screen suggests."""
    return {f"/{topic}": library().label(topic) for topic in SUGGESTED}
