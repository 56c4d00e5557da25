"""deploy/redis/redis.conf in a Redis of its own: nothing on disk, nothing thrown out, no diary."""

import os
import re
import subprocess
import time

import pytest
import redis
import yaml

from tests.deploy.proxied import DEPLOY
from tests.redis_server import PROGRAM

CONF = DEPLOY / "redis" / "redis.conf"


def settings(text: str) -> dict[str, str]:
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return {name: value for name, _, value in (line.partition(" ") for line in lines if line)}


@pytest.fixture
def client(tmp_path):
    if not PROGRAM:
        assert not os.environ.get("CI"), "CI needs Redis; .ci/run installs it"
        pytest.skip("redis-server is not installed")
    socket = tmp_path / "redis.sock"
    command = [PROGRAM, str(CONF), "--port", "0", "--unixsocket", str(socket), "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=tmp_path)
    client = redis.Redis(unix_socket_path=str(socket), decode_responses=True)
    for _ in range(200):
        assert process.poll() is None
        try:
            client.ping()
            break
        except redis.RedisError:
            time.sleep(0.02)
    yield client
    process.terminate()
    process.wait(10)


def test_it_writes_no_file(client, tmp_path):
    client.set("lantern:talk:a", "xylocarp", px=60_000)
    assert client.config_get("save")["save"] == ""
    assert client.config_get("appendonly")["appendonly"] == "no"
    with pytest.raises(redis.ConnectionError):
        client.shutdown()
        client.ping()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_it_throws_nothing_out_and_keeps_no_diary(client):
    assert client.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"
    assert int(client.config_get("maxmemory")["maxmemory"]) > 0
    client.config_set("slowlog-log-slower-than", "0")
    client.set("lantern:talk:a", "xylocarp", px=60_000)
    assert client.slowlog_get() == []


def test_kubernetes_has_the_same_settings():
    documents = yaml.safe_load_all((DEPLOY / "kubernetes" / "redis.yaml").read_text())
    inside = next(d["data"]["redis.conf"] for d in documents if d["kind"] == "ConfigMap")
    other = settings(CONF.read_text())
    assert other.pop("protected-mode") == "yes"  # there, the network policy stands in its place
    assert {**settings(inside), "protected-mode": "-"} == {**other, "protected-mode": "-"}
    assert re.search(r"matchLabels: \{app: redis\}", (DEPLOY / "kubernetes" / "network.yaml").read_text())
