"""The aiohttp application: routes, the headers every response carries, and errors that say nothing they should not."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.agent import Lantern
from bot.channels import web as page
from bot.channels.transcript import Signer
from bot.pages import reference
from bot.settings import Settings

logger = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SWEEP_SECONDS = 30
MOST_BYTES = 512 * 1024  # of one request: a long transcript and a long message


def make_app(lantern: Lantern, settings: Settings) -> web.Application:
    """The service around a loaded model."""
    app = web.Application(client_max_size=MOST_BYTES, middlewares=[calm_errors])
    app[page.LANTERN] = lantern
    app[page.SETTINGS] = settings
    app[page.SIGNER] = Signer(settings.secret or secrets.token_hex(32))
    app.add_routes(page.routes)
    app.add_routes(reference.routes)
    app.on_response_prepare.append(_safe_headers)
    app.cleanup_ctx.append(_forget_the_idle)
    return app


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
        key = "errors.too_big" if error.status == 413 else "errors.not_here"
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


async def _safe_headers(request: web.Request, response: web.StreamResponse) -> None:
    exit_page = urlsplit(request.app[page.SETTINGS].exit_url)
    response.headers.update(
        {
            "Cache-Control": "no-store",
            "Content-Security-Policy": (
                "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; "
                f"form-action 'self' {exit_page.scheme}://{exit_page.netloc}"
            ),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Referrer-Policy": "no-referrer",
            "Server": "web",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex",
        }
    )
