"""The aiohttp application: routes, the headers every response carries, and errors that say nothing they should not."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.agent import Lantern
from bot.channels import web as page
from bot.channels.transcript import Signer
from bot.settings import Settings

logger = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MOST_BYTES = 512 * 1024  # of one request: a long transcript and a long message


def make_app(lantern: Lantern, settings: Settings) -> web.Application:
    """The service around a loaded model."""
    app = web.Application(client_max_size=MOST_BYTES, middlewares=[calm_errors])
    app[page.LANTERN] = lantern
    app[page.SETTINGS] = settings
    app[page.SIGNER] = Signer(settings.secret or secrets.token_hex(32))
    app.add_routes(page.routes)
    app.on_response_prepare.append(_safe_headers)
    return app


@web.middleware
async def calm_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every failure is a calm page without a path, a version or a stack."""
    try:
        return await handler(request)
    except web.HTTPRedirection:
        raise
    except web.HTTPException as error:
        key = "errors.too_big" if error.status == 413 else "errors.not_here"
        return page.error_page(key, error.status)
    except (asyncio.CancelledError, ConnectionError):
        raise
    except (ValueError, UnicodeError):  # a body that is no form
        return page.error_page("errors.not_here", 400)
    except Exception as error:
        logger.error("A turn failed: %s", type(error).__name__)
        return page.error_page("errors.failed", 500)


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
