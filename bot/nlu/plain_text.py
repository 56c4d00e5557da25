"""One way to make a message easy to match: small letters, straight signs, no apostrophes, single spaces."""

import re
import unicodedata

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u200b": None})


def plain(text: str) -> str:
    """`text` for pattern matching. "I'm" becomes "im"; letters repeated for effect ("sooooo") shrink to two."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).lower().replace("'", "")
    text = re.sub(r"([a-z])\1{2,}", r"\1\1", text)
    return " ".join(text.split())


def words_only(text: str) -> str:
    """`plain(text)` without punctuation and emoji at either end of words."""
    return " ".join(re.findall(r"[\w/$%]+(?:[-.][\w]+)*", plain(text)))
