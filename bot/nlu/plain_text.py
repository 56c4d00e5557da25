"""One way to make a message easy to match: small letters, straight signs, no apostrophes, single spaces."""

import re
import unicodedata

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u200b": None})


def plain(text: str, keep: int = 2) -> str:
    """`text` for pattern matching. "I'm" becomes "im"; of a letter repeated for effect ("sooooo") `keep` are kept."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).lower().replace("'", "")
    text = re.sub(r"([a-z])\1{2,}", lambda run: run[1] * keep, text)
    return " ".join(text.split())


def words_only(text: str) -> str:
    """`plain(text)` without punctuation and emoji at either end of words."""
    return " ".join(re.findall(r"[\w/$%]+(?:[-.][\w]+)*", plain(text)))
