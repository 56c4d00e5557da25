"""deploy/caddy/Caddyfile, run as it is with a certificate of its own. Skipped where Caddy is not installed."""

import asyncio
import shutil
from collections.abc import AsyncIterator

import pytest

from bot.app import make_app
from tests.browser.served import CannedLantern, free_port
from tests.deploy import proxied
from tests.deploy.proxied import DEPLOY, SETTINGS, Proxy

PROGRAM = shutil.which("caddy")
pytestmark = pytest.mark.skipif(not PROGRAM, reason="needs Caddy: apt-get install caddy")


@pytest.fixture
async def application(aiohttp_server):
    return await aiohttp_server(make_app(CannedLantern(), SETTINGS))  # type: ignore[arg-type]


@pytest.fixture
async def caddy(application, tmp_path) -> AsyncIterator[Proxy]:
    assert PROGRAM
    secure, plain = free_port(), free_port()
    certificate, key = proxied.certificate(tmp_path)
    site = proxied.filled(
        DEPLOY / "caddy" / "Caddyfile",
        {
            "\tadmin off\n": f"\tadmin off\n\tskip_install_trust\n\thttp_port {plain}\n\thttps_port {secure}\n",
            "\nchat.example.org {\n": f"\nchat.example.org {{\n\tbind 127.0.0.1\n\ttls {certificate} {key}\n",
            "127.0.0.1:8080": f"127.0.0.1:{application.port}",
        },
    )
    (tmp_path / "Caddyfile.conf").write_text(site)
    command = [PROGRAM, "run", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile.conf")]
    with proxied.running(command, secure, tmp_path):
        yield Proxy(secure, plain, certificate, tmp_path)


async def test_every_header_arrives_once(caddy):
    await proxied.check_headers(caddy)


async def test_a_talk(caddy):
    await proxied.check_a_talk(caddy)


async def test_an_address_cannot_be_forged(caddy):
    await proxied.check_addresses(caddy)


async def test_too_large_is_refused_calmly(caddy):
    await proxied.check_too_large(caddy)


async def test_health_is_for_inside(caddy):
    await proxied.check_inside(caddy)


async def test_without_tls_only_the_way_to_it(caddy):
    await proxied.check_plain_http(caddy)


async def test_old_tls_is_refused(caddy):
    await asyncio.to_thread(proxied.check_old_tls, caddy)


async def test_who_asked_is_written_nowhere(caddy):
    await proxied.everything_goes_wrong(caddy)
    proxied.check_nothing_written(caddy)


async def test_where_lantern_is_away_there_is_a_calm_page(caddy, application):
    await application.close()
    async with caddy.session() as http, http.get("/") as answer:
        assert answer.status == 502
        await proxied.check_calm(answer)
    proxied.check_nothing_written(caddy)
