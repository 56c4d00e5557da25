"""One process that answers: a listening socket, an application around it, and an orderly end."""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from aiohttp import web

from bot.agent import Lantern, ModelUnusable
from bot.app import make_app
from bot.connections import CONNECTIONS
from bot.metrics import Counts, application
from bot.monthly.keeper import Keeper, keeping
from bot.protocol import BACKLOG, Site
from bot.settings import Settings

logger = logging.getLogger(__name__)

GRACE_SECONDS = 10.0  # for turns that are being answered when the process is asked to end


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, which forked processes share. Raises OSError where the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    listening.setblocking(False)
    return listening


async def serve(
    lantern: Lantern,
    settings: Settings,
    listening: socket.socket,
    newest_model: Callable[[], Path] | None = None,
    shows_metrics: bool = True,
    is_a_worker: bool = False,
) -> None:
    """Answers until SIGTERM or SIGINT, then ends within `GRACE_SECONDS`.

    Args:
        newest_model: path of the model for today's data; with it, SIGHUP loads that one. Conversations stay.
        shows_metrics: False in all workers but one.
        is_a_worker: the parent keeps the counts of the months.
    """
    loop = asyncio.get_running_loop()
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end.set)
    if newest_model:
        loop.add_signal_handler(signal.SIGHUP, _reload, lantern, newest_model)
    counts = Counts()
    app = make_app(lantern, settings, counts)
    runner = web.AppRunner(app, shutdown_timeout=GRACE_SECONDS)
    async with contextlib.AsyncExitStack() as stack:
        await runner.setup()
        if settings.counts and not is_a_worker:
            await stack.enter_async_context(keeping(Keeper(settings.counts, counts.cells)))
        stack.push_async_callback(lantern.store.close)
        stack.push_async_callback(runner.cleanup)
        await Site(runner, listening).start()
        if settings.metrics and shows_metrics:
            await stack.enter_async_context(_metrics(settings.metrics, counts))
        assert runner.server is not None
        watching = asyncio.create_task(app[CONNECTIONS].watch(runner.server))
        await end.wait()
        watching.cancel()


@contextlib.asynccontextmanager
async def _metrics(address: str, counts: Counts) -> AsyncIterator[None]:
    host, _, port = address.rpartition(":")
    runner = web.AppRunner(application(counts), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, int(port), reuse_port=True).start()
    try:
        yield
    finally:
        await runner.cleanup()


def _reload(lantern: Lantern, newest_model: Callable[[], Path]) -> None:
    async def load() -> None:
        try:
            await asyncio.to_thread(lantern.reload, newest_model())
        except ModelUnusable as error:
            logger.error("The old model stays: %s", error)

    asyncio.get_running_loop().create_task(load())
