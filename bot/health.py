"""`/health/live`: this process runs. `/health/ready`: it could answer a turn now."""

from aiohttp import web

from bot.channels.web import LANTERN
from bot.store import StoreUnavailable

routes = web.RouteTableDef()


@routes.get("/health/live")
async def live(request: web.Request) -> web.Response:
    """200 as long as anything is answered at all."""
    return web.json_response({"live": True})


@routes.get("/health/ready")
async def ready(request: web.Request) -> web.Response:
    """200 where conversations can be kept, otherwise 503."""
    try:
        await request.app[LANTERN].ready()
    except StoreUnavailable:
        return web.json_response({"ready": False}, status=503)
    return web.json_response({"ready": True})
