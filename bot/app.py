"""The aiohttp application: routes, the headers every response carries, and errors that say nothing they should not."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web

from actions.knowledge.control import LOOK_EVERY_SECONDS, shown
from bot import health
from bot.agent import Lantern, unnoted
from bot.channels import talk
from bot.channels import web as page
from bot.channels.sms import routes as sms
from bot.channels.transcript import Signer
from bot.connections import CONNECTIONS, Connections, heard
from bot.headers import safe_headers
from bot.limits import Limits
from bot.metrics import Counts
from bot.monthly.tally import Tally
from bot.pages import reference, services, texts
from bot.settings import Settings
from bot.store import StoreUnavailable

logger = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SWEEP_SECONDS = 30
READ_SECONDS = 15  # for the whole of what is posted; less than a turn may take
SENTENCES = {  # by status
    408: "errors.away",
    413: "errors.too_big",
    429: "errors.slow_down",
    500: "errors.failed",
    503: "errors.away",
}
WORTH_PACKING = 1024  # bytes
MOST_BYTES = 512 * 1024  # of one request: a long transcript and a long message


def make_app(lantern: Lantern, settings: Settings, counts: Counts | None = None) -> web.Application:
    """The service around a loaded model."""
    secret = settings.secret or secrets.token_hex(32)
    app = web.Application(client_max_size=MOST_BYTES, middlewares=[heard, packed, calm_errors, limited])
    app[page.LANTERN] = lantern
    app[page.SETTINGS] = settings
    app[page.SIGNER] = Signer(secret, settings.idle_minutes * 60)
    app[page.LIMITS] = Limits(lantern.store, settings, secret)
    app[page.COUNTS] = counts = counts or Counts()
    lantern.counted = counts.answered
    lantern.noted = Tally(counts.add, lantern.store, settings.idle_minutes * 60).noted if settings.counts else unnoted
    app[CONNECTIONS] = Connections()
    for part in (page, talk, reference, services, texts, health):
        app.add_routes(part.routes)
    sms.add_to(app, lantern, settings)
    app.on_response_prepare.append(_prepare)
    app.cleanup_ctx.extend((_forget_the_idle, _see_what_changed))
    return app


@web.middleware
async def packed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Compresses what is worth it, for slow phones."""
    response = await handler(request)
    if isinstance(response, web.Response) and isinstance(response.body, bytes) and len(response.body) > WORTH_PACKING:
        response.enable_compression()
    return response


@web.middleware
async def calm_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every failure is a calm page without a path, a version or a stack."""
    try:
        return await handler(request)
    except web.HTTPRedirection:
        raise
    except web.HTTPException as error:
        return await _refused(request, error.status, error.headers.get("Allow"))
    except web.RequestPayloadError:  # it broke off, or is not packed or chunked as it says
        return await _refused(request, 400)
    except StoreUnavailable as error:
        logger.error("A turn was not answered: %s", error)
        return await _refused(request, 503)
    except TimeoutError:
        logger.error("A turn took too long")
        return await _refused(request, 503)
    except (asyncio.CancelledError, ConnectionError):
        raise
    except Exception as error:
        logger.error("A turn failed: %s", type(error).__name__)
        return await _refused(request, 500)


async def _refused(request: web.Request, status: int, allow: str | None = None) -> web.Response:
    request.app[page.COUNTS].failed(status)
    if request.path == "/leave" and status != 405:  # whatever was wrong, whoever wants to leave leaves
        raise web.HTTPSeeOther(request.app[page.SETTINGS].exit_url) from None
    say_key = SENTENCES.get(status, "errors.not_here")
    response = await page.same_page(request, say_key, status) or page.error_page(request, say_key, status)
    if status in (429, 503):
        response.headers["Retry-After"] = "60"
    if allow:
        response.headers["Allow"] = allow
    return response


@web.middleware
async def limited(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Reads what was posted, and answers it, within limits; texts have limits of their own."""
    if request.method != "POST" or request.path.startswith("/sms/"):
        return await handler(request)
    limits = request.app[page.LIMITS]
    async with limits.turn():
        await _read(request)  # before anything is refused: the page gives back what was typed
        await limits.address(request)
        return await handler(request)


async def _read(request: web.Request) -> None:
    """Waits until everything that is posted has arrived. Raises `web.HTTPRequestTimeout` where that takes too long."""
    try:
        async with asyncio.timeout(READ_SECONDS):
            await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    request[page.READ] = True


async def _forget_the_idle(app: web.Application) -> AsyncIterator[None]:
    """Drops conversations that died of idleness, also when no one else is talking."""

    async def sweep() -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            await app[page.LANTERN].forget_the_idle()

    task = asyncio.create_task(sweep())
    yield
    task.cancel()


async def _see_what_changed(_app: web.Application) -> AsyncIterator[None]:
    """Looks for a new directory, overlay or switch also while no one asks, so that the first who does has it."""

    async def look() -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            shown()

    task = asyncio.create_task(look())
    yield
    task.cancel()


async def _prepare(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(safe_headers(request.app[page.SETTINGS], request.path))
