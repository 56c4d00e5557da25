"""The aiohttp application: routes, the headers every response carries, and errors that say nothing they should not."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable

from aiohttp import web

from bot.agent import Lantern
from bot.channels import talk
from bot.channels import web as page
from bot.channels.sms import routes as sms
from bot.channels.transcript import Signer
from bot.headers import safe_headers
from bot.pages import reference, services, texts
from bot.settings import Settings

logger = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SWEEP_SECONDS = 30
SENTENCES = {413: "errors.too_big", 429: "errors.slow_down"}  # by status
WORTH_PACKING = 1024  # bytes
MOST_BYTES = 512 * 1024  # of one request: a long transcript and a long message


def make_app(lantern: Lantern, settings: Settings) -> web.Application:
    """The service around a loaded model."""
    app = web.Application(client_max_size=MOST_BYTES, middlewares=[packed, calm_errors])
    app[page.LANTERN] = lantern
    app[page.SETTINGS] = settings
    app[page.SIGNER] = Signer(settings.secret or secrets.token_hex(32), settings.idle_minutes * 60)
    for part in (page, talk, reference, services, texts):
        app.add_routes(part.routes)
    sms.add_to(app, lantern, settings)
    app.on_response_prepare.append(_prepare)
    app.cleanup_ctx.append(_forget_the_idle)
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
        if request.path == "/leave":  # whatever was wrong with the request, whoever wants to leave leaves
            raise web.HTTPSeeOther(request.app[page.SETTINGS].exit_url) from None
        key = SENTENCES.get(error.status, "errors.not_here")
        return page.error_page(key, error.status)
    except (asyncio.CancelledError, ConnectionError):
        raise
    except Exception as error:
        logger.error("A turn failed: %s", type(error).__name__)
        return page.error_page("errors.failed", 500)


async def _forget_the_idle(app: web.Application) -> AsyncIterator[None]:
    """Drops conversations that died of idleness, also when no one else is talking."""

    async def sweep() -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            await app[page.LANTERN].forget_the_idle()

    task = asyncio.create_task(sweep())
    yield
    task.cancel()


async def _prepare(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(safe_headers(request.app[page.SETTINGS], request.path))
