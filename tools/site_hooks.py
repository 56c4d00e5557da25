"""What MkDocs does beside its own work for the site (mkdocs.yml): pages that stand elsewhere, links out of docs/.

Some pages of the documentation are where people look for them in a repository (SECURITY.md, deploy/README.md) and are
pages of the site as well. A link to a file that is no page leads to the repository where `REPOSITORY_URL` names one;
otherwise only its text stays, because the site would have nothing to show.
"""

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
ELSEWHERE = {  # page of the site -> file of the repository
    "deploy.md": "deploy/README.md",
    "security.md": "SECURITY.md",
    "contributing.md": "CONTRIBUTING.md",
    "conduct.md": "CODE_OF_CONDUCT.md",
    "changelog.md": "CHANGELOG.md",
}
_PAGES = {file: page for page, file in ELSEWHERE.items()}
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^()\s#]+)(?P<anchor>#[^()\s]*)?\)")


def on_files(files: Files, config: Any) -> Files:
    """Adds the pages that stand elsewhere."""
    for page, file in ELSEWHERE.items():
        files.append(File.generated(config, page, content=(ROOT / file).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """The page with its links as the site needs them."""
    return linked(markdown, page.file.src_uri, config.repo_url or "")


def linked(markdown: str, page: str, repository: str) -> str:
    """`markdown` of `page`, a path of the site, with links that hold on the site."""
    source = ELSEWHERE.get(page, f"docs/{page}")

    def link(found: re.Match[str]) -> str:
        target, anchor = found["target"], found["anchor"] or ""
        if re.match(r"[a-z]+:", target):
            return found[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        there = _PAGES.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else None)
        if there:
            return f"{found['image']}[{found['text']}]({there}{anchor})"  # all pages are in one folder
        kind = "tree" if (ROOT / path).is_dir() else "blob"
        return f"[{found['text']}]({repository.rstrip('/')}/{kind}/main/{path})" if repository else found["text"]

    return _LINK.sub(link, markdown)
