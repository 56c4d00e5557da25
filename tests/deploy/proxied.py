"""A proxy of deploy/ in front of the real service with canned answers, and what must hold for each of them."""

import datetime as dt
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.headers import PLAIN, safe_headers
from bot.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
NAME = "chat.example.org"
CANARY = "xylocarp"
SETTINGS = Settings(proxies=1, address_turns=4, secret="only for these tests")


@dataclass
class Proxy:
    """A running one. `plain` is its port without TLS; `folder` is where it may write."""

    port: int
    plain: int
    certificate: Path
    folder: Path

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))

    def session(self, **given: object) -> aiohttp.ClientSession:
        """Speaks with it by its name, and believes its certificate only."""
        connector = aiohttp.TCPConnector(resolver=_ToHere(), ssl=self.context(), force_close=True)
        return aiohttp.ClientSession(f"https://{NAME}:{self.port}", connector=connector, **given)  # type: ignore[arg-type]


class _ToHere(aiohttp.abc.AbstractResolver):
    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list:
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        pass


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for `NAME`, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    no_password = serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password))
    return paths


def filled(file: Path, changes: Mapping[str, str]) -> str:
    """The text of `file` with each key of `changes` replaced; each must be there, so that the file is the real one."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """`command` until the end of the test; everything it prints goes to `folder`/streams."""
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "streams").open("wb") as streams:
        process = subprocess.Popen(command, stdout=streams, stderr=streams, cwd=folder, env=os.environ | home)
        try:
            for _ in range(200):
                assert process.poll() is None, (folder / "streams").read_text()
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(10)


async def check_headers(proxy: Proxy) -> None:
    """What Lantern says about each page arrives as it was said, once, and nothing is added that names a program."""
    async with proxy.session() as http:
        for path in ("/", "/style.css", "/nothing"):
            async with http.get(path) as answer:
                assert answer.status == (404 if path == "/nothing" else 200)
                for name, value in safe_headers(SETTINGS, path).items():
                    assert answer.headers.getall(name) == [value], (path, name)
                told = str(answer.headers).lower()
                assert not any(program in told for program in ("nginx", "caddy", "aiohttp", "python", "set-cookie"))
                assert "Via" not in answer.headers


async def check_a_talk(proxy: Proxy) -> None:
    """A whole turn, with TLS to the end."""
    async with proxy.session() as http:
        async with http.post("/talk", json={"text": "oregon"}) as answer:
            assert "Canned Code" in await answer.text()
        async with http.post("/", data={"text": "lawyer"}) as answer:
            assert "A canned office" in await answer.text()


async def check_addresses(proxy: Proxy) -> None:
    """Whatever stands in the header that names an address, the limit of one address holds."""
    statuses = []
    async with proxy.session() as http:
        for number in range(6):
            forged = {"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"}
            async with http.post("/talk", json={"text": "oregon"}, headers=forged) as answer:
                statuses.append(answer.status)
    assert statuses == [200] * 4 + [429] * 2


async def check_too_large(proxy: Proxy) -> None:
    """A body far above the limit is refused calmly, by the proxy or, where it reads no further, by Lantern."""
    async with proxy.session() as http, http.post("/", data={"text": "a" * 1_500_000}) as answer:
        assert answer.status in (413, 502)
        await check_calm(answer)


async def check_calm(answer: aiohttp.ClientResponse) -> None:
    """A sentence, people to call, and the headers that matter."""
    text = await answer.text()
    assert ("I cannot answer right now" in text or "too much to send" in text) and "988" in text, text
    for name in ("Cache-Control", "Referrer-Policy", "Strict-Transport-Security", "X-Content-Type-Options"):
        assert answer.headers.getall(name) == [PLAIN[name]], name
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def check_inside(proxy: Proxy) -> None:
    """What is for operators is not for the world."""
    async with proxy.session() as http:
        for path in ("/health/live", "/health/ready", "/metrics"):
            async with http.get(path) as answer:
                assert answer.status in (403, 404), path


async def check_plain_http(proxy: Proxy) -> None:
    """Without TLS there is nothing but the way to it, under our own name."""
    async with aiohttp.ClientSession() as http:
        asked = http.get(f"http://127.0.0.1:{proxy.plain}/law?x=1", headers={"Host": NAME}, allow_redirects=False)
        async with asked as answer:
            assert answer.status in (301, 308)
            assert answer.headers["Location"].startswith(f"https://{NAME}")


def check_old_tls(proxy: Proxy) -> None:
    """TLS 1.1 is refused, TLS 1.2 and 1.3 are spoken."""
    for version, spoken in (
        (ssl.TLSVersion.TLSv1_1, False),
        (ssl.TLSVersion.TLSv1_2, True),
        (ssl.TLSVersion.TLSv1_3, True),
    ):
        context = proxy.context()
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
        try:
            with socket.create_connection(("127.0.0.1", proxy.port)) as plain:
                context.wrap_socket(plain, server_hostname=NAME).close()
        except (ssl.SSLError, ConnectionError):
            assert not spoken, version
        else:
            assert spoken, version


def check_nothing_written(proxy: Proxy) -> None:
    """Neither the words nor the address of anybody are in any file."""
    own = (".conf", ".pem", ".json")  # configuration, which holds addresses of ours
    found = [file for file in proxy.folder.rglob("*") if file.is_file() and file.suffix not in own]
    assert any(file.name == "streams" for file in found)
    for file in found:
        text = file.read_text(errors="replace").lower()
        assert CANARY not in text and "127.0.0.1" not in text and "203.0.113" not in text, (file, text[:500])


async def everything_goes_wrong(proxy: Proxy) -> None:
    """Requests of which a proxy likes to tell in its log."""
    async with proxy.session(headers={"User-Agent": CANARY, "Referer": f"https://{CANARY}.example"}) as http:
        for path in (f"/{CANARY}?{CANARY}", "/health/live", "/%00", "/" + CANARY * 2000):
            async with http.get(path) as answer:
                assert answer.status >= 400
        async with http.post("/", data={"text": CANARY * 200_000}) as answer:
            assert answer.status in (413, 502)
    for sent in (b"GARBAGE " + CANARY.encode(), b"\x16\x03\x01\x00\x05hello", b"\x16\x03\x01\xff\xff" + b"\x00" * 200):
        with socket.create_connection(("127.0.0.1", proxy.port)) as raw:
            raw.sendall(sent)
            raw.settimeout(1)
            with suppress(OSError):
                raw.recv(100)
