"""Links in text messages: whole, over HTTPS, and to nobody's shortener or counter.

Carriers drop messages with shared shorteners (https://www.twilio.com/docs/api/errors/30857), and whoever runs one, or
reads a tracked link, learns who tapped it. Our own data has none; an operator's own list of services may.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.control import shown

SHORTENERS = frozenset(
    [
        *("bit.ly", "bitly.com", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "rb.gy", "rebrand.ly"),
        *("s.id", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "trib.al", "v.gd"),
    ]
)
TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid", re.IGNORECASE)
_LINK = re.compile(r"https?://\S*[^\s.,;:!?)\"'\]]", re.IGNORECASE)


def safe(text: str, language: str = ENGLISH) -> str:
    """`text` with links that may be sent.

    Of an http:// address only the name and path are left, as laws name their sites: a phone tries HTTPS with it first.
    A shortened link is left out; where it would lead, nobody can see.
    """
    return _LINK.sub(lambda found: _safe(found[0], language), text)


def _safe(link: str, language: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:  # half an address
        return shown(language).say("sms.no_link")
    if (parts.hostname or "").removeprefix("www.") in SHORTENERS:
        return shown(language).say("sms.no_link")
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, True) if not TRACKERS.fullmatch(k)])
    kept = urlunsplit(parts._replace(query=query)) if TRACKERS.search(parts.query) else link
    return kept if parts.scheme == "https" else kept.partition("://")[2].rstrip("/")
