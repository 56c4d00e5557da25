"""What those are answered who do not speak HTTP: the calm page of any other error, with the headers of any other.

aiohttp refuses such requests before the application hears of them. By itself it sends its version and their bytes back,
and writes their address and their bytes to the log.
"""

import asyncio
import logging
import socket
from typing import Any

from aiohttp import web

from bot.app import SENTENCES
from bot.channels.web import COUNTS, SETTINGS, error_page
from bot.headers import safe_headers

logger = logging.getLogger(__name__)

BACKLOG = 1024
OPTIONS: dict[str, Any] = {
    "access_log": None,
    "keepalive_timeout": 30.0,  # seconds of an open connection without a request
    "max_line_size": 8_190,  # bytes of a request line
    "max_field_size": 8_190,  # bytes of one header
}


class Protocol(web.RequestHandler):
    """One connection."""

    __slots__ = ("_app",)

    def __init__(self, server: web.Server, app: web.Application) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), **OPTIONS)
        self._app = app

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """The page for what no route could answer; it ends the connection."""
        if status >= 500:
            self.log_exception(exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionError("the answer has begun already")
        assert isinstance(request, web.Request)  # an application makes no other
        self._app[COUNTS].failed(status)
        response = error_page(request, SENTENCES.get(status, "errors.not_here"), status)
        response.headers.update(safe_headers(self._app[SETTINGS], request.path))
        response.force_close()
        return response

    def log_exception(self, *args: Any, **kw: Any) -> None:
        """Says what kind of thing went wrong, and nothing of the request."""
        logger.error("A connection failed: %s", type(kw.get("exc_info")).__name__)


class Site(web.BaseSite):
    """Takes connections for an application on a listening socket."""

    __slots__ = ("_app", "_listening")

    def __init__(self, runner: web.AppRunner, listening: socket.socket) -> None:
        super().__init__(runner, backlog=BACKLOG)
        self._app, self._listening = runner.app, listening

    @property
    def name(self) -> str:
        """Its address."""
        return str(self._listening.getsockname())

    async def start(self) -> None:
        """Begins."""
        await super().start()
        server = self._runner.server
        assert server is not None
        self._server = await asyncio.get_running_loop().create_server(
            lambda: Protocol(server, self._app), sock=self._listening, backlog=self._backlog
        )
