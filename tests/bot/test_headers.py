"""The headers, by the rules of Mozilla's HTTP Observatory and of OWASP's Secure Headers project."""

import pytest

from bot.headers import SCRIPT, safe_headers
from bot.settings import Settings

CLINIC = "https://clinic.example"


def policy(settings: Settings, path: str = "/") -> dict[str, list[str]]:
    written = safe_headers(settings, path)["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in written.split("; "))}


def test_the_policy_starts_from_nothing():
    found = policy(Settings())
    assert found["default-src"] == ["'none'"] and found["base-uri"] == ["'none'"]
    assert found["script-src"] == ["'self'"] and found["style-src"] == ["'self'"]
    assert found["form-action"] == ["'self'", Settings().exit_url]
    allowed = {value for values in found.values() for value in values}
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"} & allowed


def test_only_allowed_sites_may_frame_it():
    assert policy(Settings())["frame-ancestors"] == ["'none'"]
    assert safe_headers(Settings(), "/")["X-Frame-Options"] == "DENY"
    allowing = Settings(origins=(CLINIC,))
    assert policy(allowing)["frame-ancestors"] == [CLINIC]
    assert "X-Frame-Options" not in safe_headers(allowing, "/")


@pytest.mark.parametrize("path", ["/", "/talk", "/style.css", SCRIPT])
def test_only_the_script_may_be_loaded_from_elsewhere(path):
    assert safe_headers(Settings(), path)["Cross-Origin-Resource-Policy"] == "same-origin"
    expected = "cross-origin" if path == SCRIPT else "same-origin"
    assert safe_headers(Settings(origins=(CLINIC,)), path)["Cross-Origin-Resource-Policy"] == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Server", "web"),
    ],
)
def test_the_others(name, value):
    headers = safe_headers(Settings(), "/")
    assert headers[name] == value
    assert int(headers["Strict-Transport-Security"].removeprefix("max-age=")) >= 15_768_000
    assert not any(name.lower().startswith("access-control") for name in headers)
