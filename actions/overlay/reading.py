"""Reads an overlay: a folder laid out as `data/` is, with only what is an organization's own.

site.yml                    who it is: name, colours, exit, opening, languages, places (`site_records.py`)
phrases/conversation.yml    phrases by topic, phrases/interface.yml: small sentences by name
rights/… guidance/…         answers by topic
law/<CODE>.yml              sections of the law of one place
services/*.yml              services
translations/<language>.po  all of that in other languages
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from actions.knowledge.catalogs import Key, read_catalog
from actions.knowledge.records import Conversation, Phrase, Topic
from actions.knowledge.service_records import Service, Services
from actions.knowledge.site_records import LANTERN, Site
from actions.knowledge.yaml_file import DataError, read_record, read_yaml
from actions.overlay.own_records import OwnLaw

T = TypeVar("T")
SITE, CONVERSATION, INTERFACE = "site.yml", "phrases/conversation.yml", "phrases/interface.yml"
ANSWERS = ("rights", "guidance")
IGNORED = ("README.md", "README", "LICENSE")


@dataclass(frozen=True)
class Overlay:
    """What an overlay holds.

    Attributes:
        phrases: by topic.
        interface: small sentences by name, "place.ask".
        answers: (folder, answer): "rights" or "guidance".
        translations: language -> (context, English) -> text.
        strange: files that are none of an overlay.
    """

    folder: Path
    site: Site = LANTERN
    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    interface: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[tuple[str, Topic], ...] = ()
    laws: tuple[OwnLaw, ...] = ()
    services: tuple[Service, ...] = ()
    translations: Mapping[str, Mapping[Key, str]] = field(default_factory=dict)
    strange: tuple[str, ...] = ()


def read_overlay(folder: Path) -> Overlay:
    """The overlay in `folder`. Raises `DataError` naming everything that is not of its shape, by file and line."""
    reader = _Reader(folder)
    overlay = Overlay(
        folder,
        site=reader.one(SITE, lambda file: read_record(file, Site)) or LANTERN,
        phrases=reader.one(CONVERSATION, lambda file: read_record(file, Conversation).__root__) or {},
        interface=reader.one(INTERFACE, _sentences) or {},
        answers=tuple((name, answer) for name in ANSWERS for answer in reader.each(f"{name}/*.yml", _answer)),
        laws=tuple(reader.each("law/*.yml", _law)),
        services=tuple(s for found in reader.each("services/*.yml", _services) for s in found),
        translations=dict(reader.each("translations/*.po", lambda file: (file.stem, read_catalog(file, file.stem)))),
        strange=tuple(reader.strange()),
    )
    if reader.problems:
        raise DataError("\n".join(reader.problems))
    return overlay


def files(folder: Path) -> list[Path]:
    """Every file of an overlay, but for hidden ones (Git, editors, mounts of Kubernetes)."""
    return [f for f in sorted(folder.rglob("*")) if f.is_file() and not _is_hidden(f.relative_to(folder))]


class _Reader:
    """Reads file after file and gathers what is wrong, so that an editor sees all of it at once."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[str] = []
        self._folder = folder
        self._read: set[Path] = set()

    def one(self, name: str, how: Callable[[Path], T]) -> T | None:
        """`name` as `how` reads it; None where it is not there."""
        return next(self.each(name, how), None)

    def each(self, pattern: str, how: Callable[[Path], T]) -> Iterator[T]:
        """Every file that `pattern` names."""
        for file in sorted(self._folder.glob(pattern)):
            if _is_hidden(file.relative_to(self._folder)):
                continue
            self._read.add(file)
            try:
                yield how(file)
            except DataError as error:
                self.problems.append(str(error))

    def strange(self) -> Iterator[str]:
        """Files that nothing read."""
        for file in files(self._folder):
            if file not in self._read and file.name not in IGNORED:
                yield file.relative_to(self._folder).as_posix()


def _answer(file: Path) -> Topic:
    answer = read_record(file, Topic)
    if answer.topic != file.stem:
        raise DataError(f"{file}: line 1: topic: is {answer.topic}, but the file is named {file.name}")
    return answer


def _law(file: Path) -> OwnLaw:
    law = read_record(file, OwnLaw)
    if law.code != file.stem:
        raise DataError(f"{file}: line 1: code: is {law.code}, but the file is named {file.name}")
    return law


def _services(file: Path) -> tuple[Service, ...]:
    return read_record(file, Services).services


def _sentences(file: Path) -> Mapping[str, str]:
    """`file`, nested as `data/phrases/interface.yml` is, with the name of each sentence."""
    found: dict[str, str] = {}

    def walk(value: Any, name: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{name}.{key}" if name else str(key))
        elif isinstance(value, str) and name:
            found[name] = value
        else:
            raise DataError(f"{file}: {name or 'line 1'}: takes one sentence")

    walk(read_yaml(file), "")
    return found


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "..")) or part.endswith("~") for part in path.parts)
