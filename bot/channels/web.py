"""The plain page: a form, the conversation, the choices as buttons. Complete without JavaScript; no cookie."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import web

from actions.answer import Answer
from actions.knowledge.control import shown
from actions.overlay.colours import stylesheet
from bot.agent import Lantern
from bot.channels import opening
from bot.channels.transcript import Signer, Transcript
from bot.html import html_response, language_of
from bot.limits import Limits
from bot.message_text import MAX_CHARACTERS
from bot.metrics import Counts
from bot.settings import Settings
from bot.turn import Turn

STATIC = Path(__file__).parent / "static"
LANTERN = web.AppKey("lantern", Lantern)
SETTINGS = web.AppKey("settings", Settings)
SIGNER = web.AppKey("signer", Signer)
LIMITS = web.AppKey("limits", Limits)
COUNTS = web.AppKey("counts", Counts)
READ = web.RequestKey("read", bool)  # set in a request of which everything that was posted has arrived
STILL_THERE = {  # what is said instead where what was typed is in its field again
    "errors.away": "widget.unreachable",
    "errors.failed": "widget.failed",
    "errors.slow_down": "widget.slow_down",
}

routes = web.RouteTableDef()


@dataclass(frozen=True)
class Reply:
    """One turn as the page shows it.

    Attributes:
        said: what the person said, as they saw it.
        answer: what to say.
        transcript: the talk, this turn included.
        began_anew: the page brought a talk that is forgotten here, or that we cannot read.
        forgotten: the person had the talk deleted.
        unsent: what stood in the field when a choice was picked.
    """

    said: str
    answer: Answer
    transcript: Transcript
    began_anew: bool = False
    forgotten: bool = False
    unsent: str = ""


@routes.get("/")
async def first_screen(request: web.Request) -> web.Response:
    """The first screen. The server remembers nothing before something is said."""
    return page(request, Transcript.new(language_of(request)))


@routes.post("/")
async def post(request: web.Request) -> web.Response:
    """One turn of the plain page."""
    form = await form_fields(request)
    reply = await reply_to(request, form.get("talk", ""), form.get("text", ""), form.get("choice", ""))
    notice = shown(reply.transcript.language).say("errors.expired") if reply.began_anew else None
    return page(request, reply.transcript, notice=notice, unsent=reply.unsent)


async def reply_to(request: web.Request, talk: str, text: str, choice: str) -> Reply:
    """Answers `text`, or `choice` where it was offered; `talk` is the signed transcript that the page brought."""
    read = request.app[SIGNER].read(talk) if talk else None
    transcript = read or Transcript.new(language_of(request))
    library = shown(transcript.language)
    label = transcript.label_of(choice) or opening.always_offered(library).get(choice)
    said = (label or text)[:MAX_CHARACTERS]
    began_anew = bool(talk) and read is None
    unsent = text if label else ""
    if label and (answer := opening.answer_to_seen(library, choice)):
        return Reply(said, answer, transcript.plus(said, answer, transcript.language), began_anew, unsent=unsent)
    await request.app[LIMITS].session(request, transcript.session)
    turn = Turn(choice if label else text, transcript.session, "web", transcript.language)
    exchange = await request.app[LANTERN].converse(turn)
    language = exchange.understood.language
    if exchange.forgotten:
        return Reply("", exchange.answer, Transcript.new(language).plus("", exchange.answer, language), forgotten=True)
    return Reply(said, exchange.answer, transcript.plus(said, exchange.answer, language), began_anew, unsent=unsent)


@routes.post("/leave")
async def leave(request: web.Request) -> web.Response:
    """Forgets the conversation and goes to a neutral page. The widget goes there by itself, and needs no answer."""
    form = await form_fields(request)
    transcript = request.app[SIGNER].read(form.get("talk", ""))
    if transcript:
        await request.app[LANTERN].forget(transcript.session)
    if "stay" in form:
        return web.Response(status=204)
    raise web.HTTPSeeOther(request.app[SETTINGS].exit_url)


@routes.get("/leave")
async def leave_from_elsewhere(request: web.Request) -> web.Response:
    """The exit of the pages beside the chat, where there is nothing to forget."""
    raise web.HTTPSeeOther(request.app[SETTINGS].exit_url)


@routes.get(r"/{name:style\.css|widget\.js}")
async def static(request: web.Request) -> web.Response:
    """The page's only other files."""
    name = request.match_info["name"]
    if name.endswith("js"):
        return web.Response(text=_file(name), content_type="text/javascript")
    return web.Response(text=_file(name) + stylesheet(shown().site.colours), content_type="text/css")


def page(
    request: web.Request,
    transcript: Transcript,
    *,
    notice: str | None = None,
    trouble: str | None = None,
    unsent: str = "",
    status: int = 200,
) -> web.Response:
    """The whole page, with the talk so far, in the language of the talk.

    Args:
        notice: a sentence about the last answer.
        trouble: the sentence to say in place of an answer; the crisis line stands right under it.
        unsent: what stays in the field.
    """
    library = shown(transcript.language)
    values = {
        "rounds": transcript.rounds,
        "notice": notice,
        "trouble": trouble,
        "unsent": unsent,
        "own_opening": library.interface["here"].get("opening"),
        "named_first": opening.named_first(library),
        "seen": opening.could_be_seen(library),
        "suggested": opening.suggested(library),
        "tools": opening.tools(library),
        "talk": request.app[SIGNER].sign(transcript),
        "words": library.interface["widget"],
    }
    return html_response("page.html", values | common(request), status, transcript.language)


def common(request: web.Request) -> dict[str, object]:
    """What every page with an exit is made with."""
    settings = request.app[SETTINGS]
    return {"operator": settings.operator, "exit_url": settings.exit_url, "idle_minutes": settings.idle_minutes}


async def same_page(request: web.Request, say_key: str, status: int) -> web.Response | None:
    """The page that a turn came from, with the talk, what was typed, and the sentence that says what is wrong.

    None where the request is no turn of the page, or could not be read.
    """
    if request.path != "/" or request.method != "POST" or READ not in request or say_key not in STILL_THERE:
        return None
    try:
        form = await form_fields(request)
    except web.HTTPException:
        return None
    transcript = request.app[SIGNER].read(form.get("talk", "")) or Transcript.new(language_of(request))
    trouble = shown(transcript.language).say(STILL_THERE[say_key])
    return page(request, transcript, trouble=trouble, unsent=form.get("text", ""), status=status)


def error_page(request: web.Request, say_key: str, status: int) -> web.Response:
    """A calm page for when the page itself cannot be made; the crisis line stays on it."""
    language = language_of(request)
    say = shown(language).say
    return html_response("error.html", {"sentence": say(say_key), "crisis": say("errors.crisis")}, status, language)


async def form_fields(request: web.Request) -> dict[str, str]:
    """The fields of a plain form. Parts with files are refused: they would be written to disk."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    try:
        fields = await request.post()
    except (ValueError, LookupError):  # bytes that are no text; an encoding nobody knows
        raise web.HTTPBadRequest from None
    return {name: value for name, value in fields.items() if isinstance(value, str)}


@cache
def _file(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
