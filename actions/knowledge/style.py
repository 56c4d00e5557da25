"""The rules of how Lantern writes, as checks: reading grade, words we do not use, text-message characters.

Reading grade is Flesch-Kincaid as `textstat` computes it (imported when asked for).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from actions.knowledge.yaml_file import read_yaml

GRADE_MAX = 8.0  # of any one section
GRADE_MEAN = 6.0  # of all of them together
# The basic GSM 7-bit alphabet and its extension table (3GPP TS 23.038, section 6.2.1).
GSM7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def grade(text: str) -> float:
    """Flesch-Kincaid school grade of `text`."""
    import textstat

    return float(textstat.flesch_kincaid_grade(_plain(text)))


def not_gsm7(text: str) -> list[str]:
    """The characters of `text` that would turn a text message into 70-character segments."""
    return sorted(set(text) - GSM7)


def avoided_words(text: str, words_file: Path) -> Iterator[str]:
    """Each word in `text` that we do not use, with what to say instead. Quoted terms of law are passed over."""
    unquoted = _QUOTED.sub(" ", text)
    for pattern, instead in _avoid(words_file):
        for match in pattern.finditer(unquoted):
            yield f"“{match.group()}” (say: {instead})"


@cache
def _avoid(words_file: Path) -> list[tuple[re.Pattern[str], str]]:
    rows: Iterable[dict[str, str]] = read_yaml(words_file)["avoid"]
    return [(re.compile(rf"\b(?:{row['word']})\b", re.IGNORECASE), row["instead"]) for row in rows]


def _plain(text: str) -> str:
    """Numbers of statutes and telephones are not words to a reader; a list of them must not raise the grade."""
    text = re.sub(r"§+\s*[\w.\-()]+|\b\d[\d.\-–()]*\b", "9", text)
    return re.sub(r"\s+", " ", text).strip()
