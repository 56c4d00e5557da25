"""One way to make a message easy to match: small letters, straight signs, no apostrophes, single spaces."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u200b": None})


def plain(text: str, keep: int = 2) -> str:
    """`text` for pattern matching. "I'm" becomes "im"; of a letter repeated for effect ("sooooo") `keep` are kept."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).lower().replace("'", "")
    text = re.sub(r"([a-z])\1{2,}", lambda run: run[1] * keep, text)
    return " ".join(text.split())


def without_accents(text: str) -> str:
    """`text` with bare letters: "policía" becomes "policia"."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def simplified(text: str) -> str:
    """`text` with simplified Chinese characters for traditional ones; anything else stays as it is."""
    return text if text.isascii() else str(_to_simplified().convert(text))


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def words_only(text: str) -> str:
    """`plain(text)` without punctuation and emoji at either end of words."""
    return " ".join(re.findall(r"[\w/$%]+(?:[-.][\w]+)*", plain(text)))
