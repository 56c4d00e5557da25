"""Asks every web page of the directory whether it is there: slowly, one request a host at a time, and never inside.

Only a person starts it (`lantern directory check`). It goes to http and https on their usual ports, and to no private
address, wherever a name or a redirect leads, unless a test allows it.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.resolver import DefaultResolver

HOSTS_AT_ONCE = 8
PAUSE_SECONDS = 1.0  # between two requests to one host
REDIRECTS_MAX = 5
TIMEOUT = aiohttp.ClientTimeout(total=25, connect=10)
AGENT = "Lantern directory check (is this page still there?)"
REFUSES = frozenset({401, 403, 406, 407, 429, 451, 503, 999})  # there, but not for programs
Result = Literal["fine", "refused", "broken"]


@dataclass(frozen=True)
class Answer:
    """What a page said. `why` is its status, what went wrong, or where it moved."""

    url: str
    result: Result
    why: str = ""


class Refused(ValueError):
    """An address that is not asked. `str(error)` says why."""


class State:
    """The answers so far, a line each in a small file, so that a check can be taken up again."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> dict[str, Answer]:
        """By address, the newest of each. A line that was cut off in the middle is passed over."""
        answers: dict[str, Answer] = {}
        lines = self._file.read_text(encoding="utf-8").splitlines() if self._file.exists() else ()
        for line in lines:
            try:
                answer = Answer(**json.loads(line))
            except (ValueError, TypeError):
                continue
            answers[answer.url] = answer
        return answers

    def add(self, answer: Answer) -> None:
        """Adds one."""
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(answer)) + "\n")

    def clear(self) -> None:
        """Forgets them all."""
        self._file.unlink(missing_ok=True)


async def ask(
    urls: Iterable[str], tell: Callable[[Answer], None], *, private: bool = False, pause: float = PAUSE_SECONDS
) -> None:
    """Asks each of `urls` and tells its answer, as they come. `private`: those inside and any port are asked too."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        hosts[_host(url)].append(url)
    waiting = iter(hosts.values())
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=_Resolver(private), limit=HOSTS_AT_ONCE, force_close=True),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=TIMEOUT,
        headers={"User-Agent": AGENT},
    ) as session:
        visitor = _Visitor(session, private, pause)

        async def work() -> None:
            for urls_of_host in waiting:
                for url in urls_of_host:
                    tell(await visitor.visit(url))

        async with asyncio.TaskGroup() as group:
            for _ in range(min(HOSTS_AT_ONCE, len(hosts))):
                group.create_task(work())


class _Visitor:
    def __init__(self, session: aiohttp.ClientSession, private: bool, pause: float) -> None:
        self._session, self._private, self._pause = session, private, pause
        self._hosts: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def visit(self, url: str) -> Answer:
        try:
            status, at = await self._follow("HEAD", url)
            if status >= 400:  # many servers have no HEAD
                status, at = await self._follow("GET", url)
        except Refused as error:
            return Answer(url, "broken", str(error))
        except TimeoutError:
            return Answer(url, "broken", "no answer in time")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Answer(url, "broken", _said(error))
        if status >= 400:
            return Answer(url, "refused" if status in REFUSES else "broken", str(status))
        moved = urlsplit(at).hostname != urlsplit(url).hostname
        return Answer(url, "fine", f"moved to {at}" if moved else "")

    async def _follow(self, method: str, url: str) -> tuple[int, str]:
        """(status, address) at the end of `url`'s redirects."""
        for _ in range(REDIRECTS_MAX + 1):
            _refuse(url, self._private)
            async with self._hosts[_host(url)]:
                async with self._session.request(method, url, allow_redirects=False) as answer:
                    status, to = answer.status, answer.headers.get("Location")
                await asyncio.sleep(self._pause)
            if not (300 <= status < 400 and to):
                return status, url
            url = urljoin(url, to)
        raise Refused("redirects without end")


class _Resolver(AbstractResolver):
    """Names to addresses, without those that are not for the world."""

    def __init__(self, private: bool) -> None:
        self._resolver, self._private = DefaultResolver(), private

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> Any:
        """The public addresses of `host`."""
        found = await self._resolver.resolve(host, port, family)
        public = [address for address in found if self._private or is_public(address["host"])]
        if found and not public:
            raise OSError(None, f"{host} has a private address")
        return public

    async def close(self) -> None:
        """Lets go of what it holds."""
        await self._resolver.close()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, not of a network inside."""
    ip: Any = ip_address(address.split("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.sixtofour or ip.teredo:
            return False
        ip = ip.ipv4_mapped or ip
    return bool(ip.is_global and not ip.is_multicast)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # which its visit will say
        return ""


def _refuse(url: str, private: bool) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("is not a web address")
    if private:
        return
    if parts.port not in (None, 80, 443):
        raise Refused(f"uses the port {parts.port}")
    try:
        public = is_public(parts.hostname)
    except ValueError:  # a name, which the resolver looks at
        return
    if not public:
        raise Refused("is a private address")


def _said(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its certificate is not valid"
    return (str(error) or type(error).__name__).splitlines()[0][:200]
