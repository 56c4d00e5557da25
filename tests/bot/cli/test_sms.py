"""`lantern sms` as a process: the telephone, and the doctor. No model is needed."""

import asyncio
import os
import sys

import pytest

from bot.app import make_app
from bot.settings import ROOT
from tests.bot.channels.sms.conftest import PUBLIC, TOKEN, Bot, Settings


async def run(*arguments: str, given: str = "", **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error. Settings of this machine's own `.env` are overridden."""
    names = ("SECRET", "PUBLIC_URL", "TWILIO_TOKEN", "PLIVO_TOKEN")
    settings = {f"LANTERN_{name}": environment.get(name, "") for name in names}
    settings |= {f"LANTERN_{k}": v for k, v in environment.items()}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli", "sms", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **settings},
    )
    out, err = await process.communicate(given.encode())
    return process.returncode or 0, out.decode(), err.decode()


@pytest.fixture
def settings(tmp_path) -> dict[str, str]:
    return {
        "SECRET": "s" * 32,
        "PUBLIC_URL": PUBLIC,
        "TWILIO_TOKEN": TOKEN,
        "OPTOUTS": str(tmp_path / "optouts"),
    }


async def test_the_doctor_is_content(settings):
    code, out, err = await run("doctor", **settings)
    assert code == 0, err
    assert "Nothing is wrong." in out and "for HELP" in out


async def test_the_doctor_is_not(settings):
    code, out, err = await run("doctor", **settings | {"SECRET": ""})
    assert code == 1 and "wrong  LANTERN_SECRET is not set" in out and "1 wrong." in out and "Traceback" not in err


async def test_a_wrong_address_is_named(settings):
    code, _, err = await run("doctor", **settings | {"PUBLIC_URL": "http://chat.example.org"})
    assert code == 1 and "LANTERN_PUBLIC_URL: takes https://" in err


async def test_the_telephone(aiohttp_server, settings, tmp_path):
    kept = {"secret": "s" * 32, "public_url": PUBLIC, "twilio_token": TOKEN, "optouts": tmp_path / "optouts"}
    server = await aiohttp_server(make_app(Bot(), Settings(**kept)))
    url = str(server.make_url("/"))
    code, out, err = await run("--url", url, "--price", "0.5", given="hello\nstop\nhello\n", **settings)
    assert code == 0, err
    assert "What would you like to know?" in out and "1 A free lawyer" in out
    assert "characters, GSM-7, 2 segments, $1.0000" in out
    assert "(no reply)" in out and "2 replies, 3 segments, $1.5000 at $0.5000 a segment" in out


async def test_without_a_server_it_says_how(settings):
    code, _, err = await run("--url", "http://127.0.0.1:9", given="hello\n", **settings)
    assert code == 1 and "lantern serve" in err and "Traceback" not in err


async def test_without_a_token_it_says_how(settings):
    code, _, err = await run(given="hello\n", **settings | {"TWILIO_TOKEN": ""})
    assert code == 1 and "--local" in err
