"""Every setting, in one place. Read from the environment, or from `.env` beside the README (see `.env.example`)."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

ROOT = Path(__file__).parents[1]
PREFIX = "LANTERN_"
_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d+)?|http://(localhost|127\.0\.0\.1)(:\d+)?")


class WrongSetting(ValueError):
    """A setting has a value it cannot have. `str(error)` names it and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """How this installation of Lantern runs. Each field is `LANTERN_<NAME>` in the environment.

    Attributes:
        host: address `lantern serve` listens on. Keep it on loopback; a proxy faces the public.
        port: port `lantern serve` listens on.
        operator: who runs this installation, as people are told; where there is an overlay, its site.yml says it.
        exit_url: where the exit link leads: a plain, neutral page; where there is an overlay, its site.yml says it.
        origins: sites that may show the chat inside a page of theirs, as "https://clinic.example", with commas between.
        secret: signs what the page carries from turn to turn; at least 16 characters. Empty: a new one at each start,
            so that a page open during a restart begins anew.
        idle_minutes: a conversation this long without a message is forgotten; at most the 15 that people are told.
        most_sessions: conversations held at once without Redis; beyond it the one idle the longest is forgotten first.
        redis_url: address of a Redis that keeps conversations for several processes or hosts, "rediss://:password@host"
            with TLS; empty: they are kept in this process.
        workers: processes that answer; more than one needs Redis and a secret.
        proxies: proxies of yours between people and Lantern, each of which adds to `X-Forwarded-For`. With 0, requests
            from this machine itself are not limited: nobody's address can be told from another's.
        session_turns: turns a minute in one conversation; beyond them people are asked to wait a moment.
        address_turns: requests a minute from one address; many people can share one.
        metrics: address for `/metrics`, as "127.0.0.1:9100"; keep it from the public. Empty: none.
        log_level: of Lantern's own logs: DEBUG, INFO, WARNING or ERROR. No level shows what a person wrote.
        content: `all`, or `reviewed_only` to hide every answer and service that nobody reviewed.
        switches: file of what `lantern off` switched off; a relative path starts beside the README.
        models: folder of trained models; a relative path starts beside the README.
        directory: file of your own services, which `lantern directory import` writes; a relative path starts beside
            the README.
        overlay: folder of what is your own: name, colours, answers, services (docs/your-own.md); a relative path starts
            beside the README.
        reports: file that counts how often people said that a service's number is wrong: ids and counts, nothing
            else; a relative path starts beside the README.
        counts: folder in which talks are counted by the month, in whole tens (docs/reporting.md); it must outlast
            restarts. A relative path starts beside the README. Empty: nothing of that is written.
        public_url: how the world reaches this installation, "https://chat.example.org"; text messages need it, because
            providers sign it.
        twilio_token: Auth Token of the Twilio account; with it, /sms/twilio takes text messages.
        plivo_token: Auth Token of the Plivo account; with it, /sms/plivo takes text messages.
        sms_idle_minutes: a conversation by text message this long without a message is over; at most 30. What was
            talked about is forgotten after `idle_minutes` all the same.
        optouts: folder of who asked for no more texts, a keyed hash each; it must outlast restarts. A relative path
            starts beside the README.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    operator: str = "the organization that hosts this page"
    exit_url: str = "https://www.weather.gov"
    origins: tuple[str, ...] = ()
    secret: str = ""
    idle_minutes: int = 15
    most_sessions: int = 20_000
    redis_url: str = field(default="", repr=False)
    workers: int = 1
    proxies: int = 0
    session_turns: int = 60
    address_turns: int = 600
    metrics: str = ""
    log_level: str = "WARNING"
    content: str = "all"
    switches: Path = ROOT / "switches.yml"
    models: Path = ROOT / "models"
    directory: Path = ROOT / "directory.jsonl"
    overlay: Path = ROOT / "overlay"
    reports: Path = ROOT / "reports.json"
    counts: Path | None = None
    public_url: str = ""
    twilio_token: str = field(default="", repr=False)
    plivo_token: str = field(default="", repr=False)
    sms_idle_minutes: int = 15
    optouts: Path = ROOT / "optouts"

    def __post_init__(self) -> None:
        _check(0 <= self.port <= 65_535, "port", "a number from 0 to 65535")
        _check(1 <= self.idle_minutes <= 15, "idle_minutes", "1 to 15 minutes")
        _check(self.most_sessions > 0, "most_sessions", "a number above 0")
        _check(
            re.fullmatch(r"((redis|rediss|unix)://\S+)?", self.redis_url) is not None, "redis_url", "redis://host:port"
        )
        _check(1 <= self.workers <= 64, "workers", "1 to 64")
        _check(
            self.workers == 1 or bool(self.redis_url and self.secret),
            "workers",
            "1, unless LANTERN_REDIS_URL and LANTERN_SECRET are set",
        )
        _check(0 <= self.proxies <= 5, "proxies", "0 to 5")
        _check(self.session_turns > 0, "session_turns", "a number above 0")
        _check(self.address_turns > 0, "address_turns", "a number above 0")
        _check(re.fullmatch(r"([\w.-]+:\d{1,5})?", self.metrics) is not None, "metrics", "host:port")
        _check(self.exit_url.startswith("https://"), "exit_url", "an address that starts with https://")
        _check(
            all(map(_ORIGIN.fullmatch, self.origins)),
            "origins",
            "https://host, or several with commas between",
        )
        _check(re.fullmatch(r"(https://[^\s?#/]+[^\s?#]*)?", self.public_url) is not None, "public_url", "https://host")
        _check(1 <= self.sms_idle_minutes <= 30, "sms_idle_minutes", "1 to 30 minutes")
        _check(not self.secret or len(self.secret) >= 16, "secret", "at least 16 characters, or nothing")
        _check(self.content in ("all", "reviewed_only"), "content", "all or reviewed_only")
        _check(self.log_level in ("DEBUG", "INFO", "WARNING", "ERROR"), "log_level", "DEBUG, INFO, WARNING or ERROR")

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None, env_file: Path = ROOT / ".env") -> "Settings":
        """Settings from `env_file`, overridden by `environment` (default: the process's own).

        Raises:
            WrongSetting: a value is out of range, or a LANTERN_ name is not a setting.
        """
        given = {k: v for k, v in dotenv_values(env_file).items() if v is not None}
        given |= dict(os.environ if environment is None else environment)
        kinds: dict[str, Any] = {f.name: f.type for f in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in given.items():
            if not name.startswith(PREFIX):
                continue
            setting = name.removeprefix(PREFIX).lower()
            _check(setting in kinds, setting, "one of " + ", ".join(f"{PREFIX}{k.upper()}" for k in kinds))
            values[setting] = _typed(setting, kinds[setting], value)
        return cls(**values)


def _typed(setting: str, kind: Any, value: str) -> Any:
    if kind is int:
        _check(re.fullmatch(r"-?[0-9]{1,9}", value) is not None, setting, "a whole number")
        return int(value)
    if kind == tuple[str, ...]:
        return tuple(value.replace(",", " ").split())
    if kind == Path | None and not value:
        return None
    return ROOT / Path(value).expanduser() if kind in (Path, Path | None) else value


def _check(fine: bool, setting: str, takes: str) -> None:
    if not fine:
        raise WrongSetting(f"{PREFIX}{setting.upper()}: takes {takes}")
