"""deploy/nginx/lantern.conf, run as it is with a certificate of its own, in front of the real application."""

import asyncio
import html
import os
import re
import shutil
from collections.abc import AsyncIterator

import pytest

from actions.knowledge.library import library
from bot.app import make_app
from tests.browser.served import CannedLantern, free_port
from tests.deploy import proxied
from tests.deploy.proxied import DEPLOY, SETTINGS, Proxy

SITE, AWAY = DEPLOY / "nginx" / "lantern.conf", DEPLOY / "nginx" / "away.html"
PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
MAIN = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/main.log emerg;
events {{}}
http {{
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""

needs_nginx = pytest.mark.skipif(
    not PROGRAM and not os.environ.get("CI"), reason="needs nginx: apt-get install nginx-light"
)


@pytest.fixture
async def application(aiohttp_server):
    return await aiohttp_server(make_app(CannedLantern(), SETTINGS))  # type: ignore[arg-type]


@pytest.fixture
async def nginx(request, application, tmp_path) -> AsyncIterator[Proxy]:
    """In front of the application; its error log's level can be given as a parameter."""
    assert PROGRAM, "CI needs nginx; .ci/run installs it"
    secure, plain = free_port(), free_port()
    certificate, key = proxied.certificate(tmp_path)
    (tmp_path / "html").mkdir()
    shutil.copy(AWAY, tmp_path / "html")
    site = proxied.filled(
        SITE,
        {
            "server 127.0.0.1:8080": f"server 127.0.0.1:{application.port}",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "    listen [::]:80;\n": "",
            "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
            "    listen [::]:443 ssl http2;\n": "",
            "/etc/letsencrypt/live/chat.example.org/fullchain.pem": str(certificate),
            "/etc/letsencrypt/live/chat.example.org/privkey.pem": str(key),
            "/var/log/nginx/lantern.log emerg": f"{tmp_path}/lantern.log {getattr(request, 'param', 'emerg')}",
            "/var/www/lantern": str(tmp_path / "html"),
        },
    )
    (tmp_path / "site.conf").write_text(site)
    user = "user root;" if os.geteuid() == 0 else ""
    (tmp_path / "main.conf").write_text(MAIN.format(folder=tmp_path, user=user))
    command = [PROGRAM, "-p", str(tmp_path), "-c", str(tmp_path / "main.conf")]
    with proxied.running(command, secure, tmp_path):
        yield Proxy(secure, plain, certificate, tmp_path)


@needs_nginx
async def test_every_header_arrives_once(nginx):
    await proxied.check_headers(nginx)


@needs_nginx
async def test_a_talk(nginx):
    await proxied.check_a_talk(nginx)


@needs_nginx
async def test_an_address_cannot_be_forged(nginx):
    await proxied.check_addresses(nginx)


@needs_nginx
async def test_too_large_is_refused_calmly(nginx):
    await proxied.check_too_large(nginx)


@needs_nginx
async def test_health_is_for_inside(nginx):
    await proxied.check_inside(nginx)


@needs_nginx
async def test_without_tls_only_the_way_to_it(nginx):
    await proxied.check_plain_http(nginx)


@needs_nginx
async def test_old_tls_is_refused(nginx):
    await asyncio.to_thread(proxied.check_old_tls, nginx)


@needs_nginx
async def test_who_asked_is_written_nowhere(nginx):
    await proxied.everything_goes_wrong(nginx)
    proxied.check_nothing_written(nginx)


@needs_nginx
async def test_where_lantern_is_away_there_is_a_calm_page(nginx, application):
    await application.close()
    async with nginx.session() as http:
        for asked in (http.get("/"), http.post("/talk", json={"text": "oregon"})):
            async with asked as answer:
                assert answer.status == 502
                await proxied.check_calm(answer)


@needs_nginx
@pytest.mark.parametrize("nginx", ["warn"], indirect=True)
async def test_no_body_and_no_answer_goes_through_a_file(nginx):
    """At this level nginx says when it buffers something in a file."""
    async with nginx.session() as http:
        async with http.post("/", data={"text": "a" * 400_000}) as answer:
            assert answer.status == 200
        async with http.get("/law") as answer:
            assert answer.status == 200
    assert "temporary file" not in (nginx.folder / "lantern.log").read_text()


def test_the_buffer_holds_the_largest_body():
    site = SITE.read_text()
    largest, buffer = (re.search(rf"client_{name}_size (\w+);", site) for name in ("max_body", "body_buffer"))
    assert largest and buffer and largest[1] == buffer[1]


def test_the_page_for_when_lantern_is_away_says_what_lantern_says():
    page = html.unescape(AWAY.read_text())
    said = library().say("errors.away").removesuffix(" You can also read the pages on rights and help here.")
    assert f"<p>{said}</p>" in page
    assert f"<p>{library().say('errors.crisis')}</p>" in page
    assert "<style" not in page and "<script" not in page
