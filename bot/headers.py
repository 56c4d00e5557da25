"""The headers of every response: nothing from elsewhere, nothing kept, nothing said to others.

One thing is weighed: `Strict-Transport-Security` makes a browser remember the host's name for as long as it says.
Without it, somebody on the same network could read a first visit; the browser's history holds the name anyway.
"""

from urllib.parse import urlsplit

from bot.settings import Settings

PLAIN = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Server": "web",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
SCRIPT = "/widget.js"  # the one file that other sites may load


def safe_headers(settings: Settings, path: str) -> dict[str, str]:
    """What a response for `path` carries, whatever else it is."""
    headers = PLAIN | {"Content-Security-Policy": _policy(settings)}
    if not settings.origins:
        headers["X-Frame-Options"] = "DENY"  # says no more than the policy, to browsers too old for it
    elif path == SCRIPT:
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return headers


def _policy(settings: Settings) -> str:
    exit_page = urlsplit(settings.exit_url)
    framed_by = " ".join(settings.origins) or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src data:",
            "base-uri 'none'",
            f"frame-ancestors {framed_by}",
            f"form-action 'self' {exit_page.scheme}://{exit_page.netloc}",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
