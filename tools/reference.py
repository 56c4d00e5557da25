"""Writes docs/reference.md from the code: every setting, command, option, topic, address and count.

`python tools/reference.py` writes it; with `--check` it only says whether it is current. Nothing here imports Rasa.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, or imported by a test

from prometheus_client import Counter  # noqa: E402

from bot.cli import _parser, chat  # noqa: E402
from bot.metrics import FEWEST, Counts  # noqa: E402
from bot.settings import PREFIX, Settings  # noqa: E402

PAGE = ROOT / "docs" / "reference.md"
OPENING = """# Reference

Written by `python tools/reference.py` from the code (`make docs` does it too); don't edit it here. The fields of the
files in `data/` have [a page of their own](fields.md).
"""


def page() -> str:
    """The whole page."""
    parts = (_settings(), _commands(), _chat(), _make(), _topics(), _addresses(), _counts())
    return "\n".join([OPENING, *("\n".join(part).rstrip() + "\n" for part in parts)])


def about_settings(doc: str | None = Settings.__doc__) -> dict[str, str]:
    """What each setting is, by its name in the code, as the docstring of `Settings` says it."""
    listed = (doc or "").partition("Attributes:\n")[2]
    rows = re.findall(r"^ {8}(\w+): (.+(?:\n {9,}.+)*)", listed, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in rows}


def _settings() -> Iterator[str]:
    yield "## Settings\n"
    yield "Environment variables, or lines of `.env` beside the README (`.env.example` is one to copy). A name that is"
    yield "no setting, or a value it cannot have, is an error at the start.\n"
    yield from _head("setting", "default", "what it is")
    about = about_settings()
    for one in fields(Settings):
        yield _row(f"`{PREFIX}{one.name.upper()}`", _default(one), about[one.name])


def _default(setting: "Field[Any]") -> str:
    value: Any = setting.default
    if isinstance(value, Path):
        value = value.relative_to(ROOT) if value.is_relative_to(ROOT) else value
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"`{text}`" if text and value is not None else "–"


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    yield "`.venv/bin/lantern COMMAND`; each has `--help`. Exit codes: 0 done, 1 could not or found something, 2 asked"
    yield "wrongly, 130 interrupted.\n"
    for name, parser in commands(_parser()):
        yield f"### lantern {name}\n"
        yield f"{_sentence(parser.description or '')}\n"
        yield f"```\n{' '.join(parser.format_usage().removeprefix('usage: ').split())}\n```\n"
        actions = [action for action in parser._actions if _is_documented(action)]
        if actions:
            yield from _head("option", "what it does")
            yield from (_row(_spelled(action), _help(action)) for action in actions)
            yield ""


def commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """(name, parser) of every command that does something, those under another one too ("directory import")."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, under in action.choices.items():
                nested = list(commands(under, f"{before}{name} "))
                yield from nested or [(f"{before}{name}", under)]


def _is_documented(action: argparse.Action) -> bool:
    return action.help is not argparse.SUPPRESS and "--help" not in action.option_strings


def _spelled(action: argparse.Action) -> str:
    value = action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else None)
    if not action.option_strings:
        return f"`{value or action.dest}`"
    takes = f" {value or action.dest.upper()}" if action.nargs != 0 else ""
    return ", ".join(f"`{name}{takes}`" for name in action.option_strings)


def _help(action: argparse.Action) -> str:
    return (action.help or "").replace("%%", "%")


def _chat() -> Iterator[str]:
    yield "## Inside `lantern chat`\n"
    yield f"```\n{chat.HELP}\n```"


def targets(makefile: Path = ROOT / "Makefile") -> dict[str, str]:
    """What `make` can do, by target, as `make help` says it."""
    return dict(re.findall(r"^([a-z-]+):.*## (.+)$", makefile.read_text(encoding="utf-8"), re.MULTILINE))


def _make() -> Iterator[str]:
    yield "## make\n"
    yield from _head("command", "what it does")
    yield from (_row(f"`make {name}`", about) for name, about in targets().items())


def _topics() -> Iterator[str]:
    yield "## Topics\n"
    yield "What a message can be understood as (`data/topics.yml`). “From” is where the answer is; “place” says"
    yield "whether it differs from place to place: `ask` asks for the place first, once; `helps` gives more where it is"
    yield "named.\n"
    yield from _head("topic", "group", "as a choice says it", "from", "place")
    groups = yaml.safe_load((ROOT / "data" / "topics.yml").read_text(encoding="utf-8"))
    for group, entries in groups.items():
        for name, entry in entries.items():
            yield _row(f"`{name}`", group, entry["label"], f"`{entry['from']}`", entry.get("place", "no"))


def _addresses() -> Iterator[str]:
    yield "## Addresses\n"
    yield "What `lantern serve` answers. Parameters, bodies and errors are described in [openapi.yml](openapi.yml);"
    yield "every GET answers HEAD too. `/metrics` is on an address of its own (`LANTERN_METRICS`).\n"
    yield from _head("", "address", "what it is")
    described = yaml.safe_load((ROOT / "docs" / "openapi.yml").read_text(encoding="utf-8"))
    for path, item in described["paths"].items():
        for method in ("get", "post"):
            if method in item:
                yield _row(method.upper(), f"`{path}`", item[method]["summary"])


def _counts() -> Iterator[str]:
    yield "## Counts\n"
    yield f"On `/metrics`, in Prometheus's form, since the process started. A count under {FEWEST} is not shown.\n"
    yield from _head("count", "by", "what it counts")
    for count in vars(Counts()).values():
        if isinstance(count, Counter):
            family = next(iter(count.describe()))
            labels = ", ".join(f"`{label}`" for label in count._labelnames) or "–"
            yield _row(f"`{family.name}_total`", labels, family.documentation)


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield "|" + "---|" * len(names)


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def main() -> int:
    """Writes the page, or with `--check` compares it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit with 1 where docs/reference.md is not current")
    now, options = page(), parser.parse_args()
    if options.check:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == now
        print("It is current." if current else "docs/reference.md is old: run `python tools/reference.py`.")
        return 0 if current else 1
    PAGE.write_text(now, encoding="utf-8")
    print(f"Written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
