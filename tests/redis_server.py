"""A Redis of the tests' own, on a socket in a temporary folder; killed and started again at will."""

import shutil
import subprocess
import time
from pathlib import Path

import redis

PROGRAM = shutil.which("redis-server")


class RedisServer:
    """Args:
    folder: for its socket; nothing else is written.
    """

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        assert PROGRAM
        words = [PROGRAM, "--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no", *options]
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd=self.socket.parent)
        for _ in range(200):
            try:
                self.client().ping()
                return
            except redis.RedisError:
                time.sleep(0.02)
        raise AssertionError("Redis did not start")

    def kill(self) -> None:
        """At once, as a crash would."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self.socket.unlink(missing_ok=True)
            self._process = None

    def client(self) -> "redis.Redis[bytes]":
        return redis.Redis(unix_socket_path=str(self.socket))

    def everything(self) -> dict[bytes, bytes]:
        """Every key and its value, whatever its kind is, as text that can be searched."""
        client = self.client()
        return {key: client.get(key) or b"" for key in client.scan_iter()}
