"""Every link in the documentation leads somewhere, as it is read in the repository; addresses outside are not asked."""

import re

import pytest

from bot.settings import ROOT
from tests.docs.pages import PAGES, anchors, name, prose

LINK = re.compile(r"\[[^\]]*\]\(([^()\s]+)\)")
PATH = re.compile(r"`((?:bot|actions|data|docs|deploy|tests|tools)/[\w./-]*\w)(?:::(\w+))?`")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    for link in LINK.findall(prose(page)):
        if re.match(r"(https?|mailto):", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name(page)}: {link}"
        assert target.is_relative_to(ROOT), f"{name(page)}: {link} leads out of the repository"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{name(page)}: {link}"


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "CONTRIBUTING.md"], ids=name)
def test_files_that_are_named_are_there(page):
    made = ("data/nlu/<", "data/nlu/vi", "data/lexicon/vi.yml", "data/safety/gate.vi.yml")  # guides make these
    for path, test in PATH.findall(prose(page)):
        if path.startswith(made) or "/vi/" in path or "_vi." in path:
            continue
        assert (ROOT / path).exists(), f"{name(page)}: {path}"
        if test:
            assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), f"{name(page)}: {path}::{test}"
