"""The Markdown of the documentation, wherever it stands."""

import re
import unicodedata
from pathlib import Path

from bot.settings import ROOT
from tools.site_hooks import ELSEWHERE

PAGES = sorted([*(ROOT / "docs").glob("*.md"), *(ROOT / file for file in ELSEWHERE.values()), ROOT / "README.md"])
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, kind: str) -> list[str]:
    """The code blocks of `kind` ("sh")."""
    found = _FENCE.findall(page.read_text(encoding="utf-8"))
    return [
        "".join(line.removeprefix(indent) for line in body.splitlines(True)) for indent, k, body in found if k == kind
    ]


def prose(page: Path) -> str:
    """The page without its code blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """What a link can lead to on `page`, as both GitHub and MkDocs name it."""
    return {_slug(heading) for heading in re.findall(r"^#{1,6} (.+)$", prose(page), re.MULTILINE)}


def _slug(heading: str) -> str:
    plain = unicodedata.normalize("NFKD", re.sub(r"[`*]", "", heading)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", plain).strip())
