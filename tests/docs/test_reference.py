"""docs/reference.md is what the code says today, and nothing of the code is missing from it."""

import ast
import re
from dataclasses import fields

import pytest
import yaml
from aiohttp import web

from bot.cli import _parser
from bot.settings import ROOT, Settings
from tools import reference

PAGE = reference.PAGE.read_text(encoding="utf-8")
RENEW = "run `python tools/reference.py`"


def test_it_is_current():
    assert reference.page() == PAGE, RENEW


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_described(setting):
    name = f"LANTERN_{setting.upper()}"
    assert len(reference.about_settings()[setting]) > 20, f"say in the docstring of Settings what {setting} is"
    assert f"| `{name}` |" in PAGE, RENEW
    assert name in (ROOT / ".env.example").read_text(encoding="utf-8"), f".env.example does not name {name}"


def test_nothing_is_described_that_is_no_setting():
    named = set(re.findall(r"^\| `(LANTERN_\w+)`", PAGE, re.MULTILINE))
    assert named == {f"LANTERN_{field.name.upper()}" for field in fields(Settings)}


@pytest.mark.parametrize(("name", "parser"), list(reference.commands(_parser())), ids=lambda one: str(one)[:30])
def test_every_command_and_option_is_described(name, parser):
    part = re.search(rf"^### lantern {name}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert part, RENEW
    assert parser.description and len(parser.description) > 10, f"lantern {name} does not say what it does"
    for action in parser._actions:
        if reference._is_documented(action):
            assert action.help, f"lantern {name}: {action.dest} has no help"
            spelled = action.option_strings[0] if action.option_strings else (action.metavar or action.dest)
            assert str(spelled) in part[1] or action.choices, f"{spelled}: {RENEW}"


def test_every_topic_is_described():
    groups = yaml.safe_load((ROOT / "data" / "topics.yml").read_text(encoding="utf-8"))
    listed = PAGE.partition("## Topics")[2].partition("## Addresses")[0]
    named = re.findall(r"^\| `(\w+)`", listed, re.MULTILINE)
    assert named == [topic for group in groups.values() for topic in group], RENEW


def test_every_address_is_described():
    """Found in the source, so that nothing has to be started; tests/bot/test_openapi.py compares all of each route."""
    listed = PAGE.partition("## Addresses")[2].partition("## Counts")[0]
    described = {(method, path) for method, path in re.findall(r"^\| (GET|POST) \| `([^`]+)`", listed, re.MULTILINE)}
    found = set(_routes())
    assert len(found) > 20
    for method, pattern in found:
        known = any(method == m and re.fullmatch(pattern, re.sub(r"\{\w+\}", "xx", path)) for m, path in described)
        assert known, f"{method} {pattern}: describe it in docs/openapi.yml and {RENEW}"


def _routes():
    """(method, pattern) of every route that the code adds."""
    for file in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            method = node.func.attr.removeprefix("add_")
            path = node.args[0]
            if method in ("get", "post") and isinstance(path, ast.Constant) and str(path.value).startswith("/"):
                yield method.upper(), _pattern(str(path.value))


def _pattern(path: str) -> str:
    """aiohttp's path as a pattern for a path of openapi.yml, whose parameters became `xx`."""
    about = web.UrlDispatcher().add_resource(path).get_info()
    return about["pattern"].pattern if "pattern" in about else re.escape(path)


def test_every_count_is_described():
    source = (ROOT / "bot" / "metrics.py").read_text(encoding="utf-8")
    names = re.findall(r'Counter\(\s*"(lantern_\w+)"', source)
    assert len(names) >= 4
    for name in names:
        assert f"| `{name}_total` |" in PAGE, RENEW


def test_every_target_of_make_is_described():
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == set(reference.targets())
    assert all(f"| `make {target}` |" in PAGE for target in reference.targets()), RENEW
