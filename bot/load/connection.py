"""The way to the service: on this machine and nowhere else."""

import time
from ipaddress import ip_address
from typing import Any

import aiohttp
from yarl import URL

from bot.load.wrong import CannotLoad, Lost, Refused

SECONDS = 25.0  # for one turn; the service gives up sooner, and says so


def connected(url: str) -> aiohttp.ClientSession:
    """Connections to `url`, as many as there are people. Raises `CannotLoad` where that is not this machine."""
    if not _is_loopback(URL(url).host or ""):
        raise CannotLoad(f"{url} is not on this machine. Load is made on loopback only.")
    connector = aiohttp.TCPConnector(limit=0)
    return aiohttp.ClientSession(url, connector=connector, timeout=aiohttp.ClientTimeout(total=SECONDS))


async def ask(http: aiohttp.ClientSession, method: str, path: str, **given: Any) -> tuple[str, float]:
    """The body of the answer, and the seconds it took.

    Raises:
        Refused: where the status is not 200.
        Lost: where no answer came.
    """
    began = time.perf_counter()
    try:
        async with http.request(method, path, allow_redirects=False, **given) as response:
            body = await response.text()
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Lost(type(error).__name__) from error
    if response.status != 200:
        raise Refused(f"HTTP {response.status}")
    return body, time.perf_counter() - began


async def leave(http: aiohttp.ClientSession, fields: dict[str, str]) -> None:
    """Presses the exit of the page. Raises `Lost` where nobody answered."""
    try:
        async with http.post("/leave", data=fields, allow_redirects=False) as response:
            await response.read()
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Lost(type(error).__name__) from error


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name may lead anywhere
        return False
