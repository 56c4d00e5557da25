"""Opt-outs in a real Redis that keeps, or does not keep, what it is told."""

import time
from dataclasses import replace

import pytest

from bot.channels.sms.doctor import examine
from bot.channels.sms.lasting import FORGETS, UNKNOWN, doubt
from bot.cli import main
from bot.settings import Settings
from tests.browser.served import free_port
from tests.redis_server import RedisServer


@pytest.fixture
def by_redis(configured, redis_server) -> Settings:
    return replace(configured, redis_url=redis_server.url)


def test_a_redis_that_forgets_is_told(by_redis):
    assert doubt(by_redis) == FORGETS


def test_one_that_writes_is_not(by_redis, redis_server):
    redis_server.client().config_set("appendonly", "yes")
    assert doubt(by_redis) is None


def test_one_with_a_replica_is_not(by_redis, redis_server, tmp_path_factory):
    replica = RedisServer(tmp_path_factory.mktemp("replica"))
    port = _a_port_of(redis_server)
    replica.start("--replicaof", "127.0.0.1", str(port))
    try:
        for _ in range(100):
            if redis_server.client().info("replication")["connected_slaves"]:
                break
            time.sleep(0.05)
        assert doubt(by_redis) is None
    finally:
        replica.kill()


def _a_port_of(server: RedisServer) -> int:
    port = free_port()
    server.client().config_set("port", str(port))
    return port


@pytest.mark.parametrize("forbidden", ["info", "config"])
def test_one_that_may_not_be_asked(by_redis, redis_server, forbidden):
    redis_server.client().acl_setuser(
        "lantern", enabled=True, passwords=["+secret"], keys=["*"], categories=["+@all"], commands=[f"-{forbidden}"]
    )
    allowed = replace(by_redis, redis_url=f"unix://lantern:secret@{redis_server.socket}")
    assert doubt(allowed) == (UNKNOWN if forbidden == "info" else FORGETS)


def test_without_texts_or_without_redis_there_is_nothing_to_say(by_redis, redis_server):
    assert doubt(replace(by_redis, twilio_token="", plivo_token="")) is None
    assert doubt(replace(by_redis, redis_url="")) is None
    redis_server.kill()
    assert doubt(by_redis) is None


async def test_the_doctor_says_it(by_redis, redis_server):
    assert FORGETS in [finding.what async for finding in examine(by_redis) if finding.level == "look"]
    redis_server.client().config_set("appendonly", "yes")
    assert "Opt-outs are kept in Redis." in [finding.what async for finding in examine(by_redis)]


def test_the_command_says_it_when_it_starts(by_redis, monkeypatch, capsys):
    monkeypatch.setattr("bot.cli.serve.settings", lambda: replace(by_redis, port=0))
    monkeypatch.setattr("bot.cli.serve._one", lambda read, listening: listening.close())
    monkeypatch.setattr("bot.cli.serve.resource.setrlimit", lambda *_: None)
    assert main(["serve"]) == 0
    assert FORGETS in capsys.readouterr().err
