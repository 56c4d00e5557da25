"""Everything in `data/`, read and checked once, kept in memory.

Raises `DataError` naming file, line and field where a file is not of its shape.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from actions.directory.store import beside
from actions.knowledge.law_records import Law
from actions.knowledge.records import (
    Checked,
    Conversation,
    Document,
    Followup,
    Followups,
    Phrase,
    Reviewed,
    Source,
    Topic,
    TopicEntry,
    Topics,
)
from actions.knowledge.revisions import settled
from actions.knowledge.service_records import Needs, Service, Services
from actions.knowledge.site_records import LANTERN, Site
from actions.knowledge.yaml_file import DataError, read_record, read_yaml
from actions.services.search import Directory

logger = logging.getLogger(__name__)

DATA = Path(__file__).parents[2] / "data"
FEDERAL = "US"
MOST_NAMED = 10  # of what an overlay has in vain, in a log


@dataclass(frozen=True)
class Library:
    """What Lantern knows.

    Attributes:
        topics: every topic by id.
        groups: the group of each topic.
        sections: `data/rights`, `data/guidance` and `data/safety`, by topic.
        laws: by postal code.
        documents: the five documents, by key.
        services: every service of every file, active or not.
        needs: how needs are found among services.
        followups: what people ask next about a topic, by name.
        phrases: the bot's own words, by topic; `say()` reads the small sentences.
        pages: the pages around the chat, by path (see `bot/pages/texts.py`).
        places: postal code -> name.
        site: whose page this is, and what it offers (see `actions/overlay`).
        translations: an organization's own, language -> (context, English) -> text.
        lapsed: sign-offs of what has changed since, by its name (see `revisions.py`).
        overlaid: there is an overlay in it.
        off: topics that are switched off (see `control.py`).
        language: of everything that is said, ISO 639-1 (see `catalogs.py`).
    """

    topics: Mapping[str, TopicEntry]
    groups: Mapping[str, str]
    sections: Mapping[str, Topic]
    laws: Mapping[str, Law]
    documents: Mapping[str, Document]
    services: tuple[Service, ...]
    needs: Needs
    followups: Mapping[str, Followup]
    phrases: Mapping[str, Phrase]
    interface: Mapping[str, Any]
    pages: Mapping[str, Any]
    places: Mapping[str, str]
    site: Site = LANTERN
    translations: Mapping[str, Mapping[tuple[str, str], str]] = field(default_factory=dict)
    lapsed: Mapping[str, Reviewed] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    overlaid: bool = False
    language: str = "en"

    @cached_property
    def directory(self) -> Directory:
        """The services, ready to be searched."""
        return Directory(self.services)

    @classmethod
    def load(cls, data: Path = DATA, directory: Path | None = None) -> "Library":
        """Reads the folder `data`, and services of the operator's own in `directory` (`actions/directory/store.py`)."""
        groups: dict[str, dict[str, TopicEntry]] = read_record(data / "topics.yml", Topics).__root__
        topics = {name: entry for group in groups.values() for name, entry in group.items()}
        sections = [
            read_record(f, Topic) for folder in ("rights", "guidance", "safety") for f in _topic_files(data / folder)
        ]
        read = cls(
            topics=topics,
            groups={name: group for group, entries in groups.items() for name in entries},
            sections={section.topic: section for section in sections},
            laws={f.stem: _law(f) for f in sorted((data / "law").glob("*.yml"))},
            documents={
                f.stem: read_record(f, Document) for f in sorted((data / "guidance" / "documents").glob("*.yml"))
            },
            services=beside(_services(data / "services"), directory),
            needs=read_record(data / "services" / "needs.yml", Needs),
            followups=read_record(data / "followups.yml", Followups).__root__,
            phrases=read_record(data / "phrases" / "conversation.yml", Conversation).__root__,
            interface=read_yaml(data / "phrases" / "interface.yml"),
            pages=read_yaml(data / "phrases" / "pages.yml"),
            places=read_yaml(data / "place_names.yml"),
        )
        return settled(read)

    def say(self, key: str, **values: object) -> str:
        """The small sentence `key` ("place.ask") with `values` filled in. Raises KeyError where there is none."""
        found: Any = self.interface
        for step in key.split("."):
            found = found[step]
        return str(found).format(**values) if values else str(found)

    def folder(self, topic: str) -> str:
        """The folder of `data/` that holds the section of `topic`: rights, guidance or safety."""
        source = self.topics[topic].source
        return "rights" if source.startswith("law.") else source

    def answered_by(self, topic: str, followup: str) -> str | None:
        """What answers `followup` of `topic`: topic.<topic>, law.<path>, covers.<what>, its "own" file, or nothing."""
        by = self.followups[followup].answered_by if followup in self.followups else {}
        source = by.get(topic) or by.get(self.groups[topic])
        if source and source != f"topic.{topic}":
            return source
        file = self.sections.get(topic)
        return "own" if file and followup in file.followups else None

    def source(self, file: Checked, key: str) -> Source | None:
        """The source that `key` names: one of `file`, or a claim of a document ("common_ground/no_arrests")."""
        name, _, claim = key.partition("/")
        document = self.documents.get(name)
        if claim and document and claim in document.claims:
            title = f"{document.title} ({document.by})"
            url, quote = document.url, document.claims[claim].quote
            return Source(title=title, url=url, excerpt=quote, published=document.published)
        return file.sources.get(key)

    def label(self, topic: str) -> str:
        """What a choice calls `topic`."""
        return self.topics[topic].label

    def place(self, code: str) -> str:
        """The name of the jurisdiction `code`."""
        return self.places[code]


def library() -> Library:
    """The library of this process, read once: Lantern's own with the overlay and the directory. Raises `DataError`."""
    global _library
    if _library is None:
        _library = _read()
    return _library


_directory: Path | None = None
_overlay: Path | None = None
_library: Library | None = None


def configure_directory(file: Path | None) -> None:
    """Sets where the operator's own services of this process are (see `LANTERN_DIRECTORY`)."""
    global _directory, _library
    if file != _directory:
        _directory, _library = file, None


def configure_overlay(folder: Path | None) -> None:
    """Sets where the overlay of this process is (see `LANTERN_OVERLAY`); one that is not there changes nothing."""
    global _overlay, _library
    if folder != _overlay:
        _overlay, _library = folder, None


def own_places() -> tuple[Path | None, Path | None]:
    """Where the directory and the overlay of this process are."""
    return _directory, _overlay


def reload() -> None:
    """Takes the overlay and the directory as they are now. Raises `DataError`; then the old ones stay."""
    global _library
    if _overlay and not _overlay.is_dir() and _library and _library.overlaid:
        raise DataError(f"{_overlay}: the folder is missing")
    fresh = _read()
    _ = fresh.directory  # made now: whoever asks next should not wait for it
    _library = fresh


def _read() -> Library:
    own = _built_in()
    if _overlay and _overlay.is_dir():
        from actions.overlay.applying import overlaid  # which needs a library
        from actions.overlay.reading import read_overlay

        own, left = overlaid(own, read_overlay(_overlay))
        for where, why, _ in left[:MOST_NAMED]:
            logger.warning("Not used: %s: %s", _overlay / where, why)
        if len(left) > MOST_NAMED:
            logger.warning("%d more of %s are not used; `lantern check` names them", len(left) - MOST_NAMED, _overlay)
    if _directory:
        own = replace(own, services=beside(own.services, _directory))
    return settled(own) if own is not _built_in() else own


@cache
def _built_in() -> Library:
    return Library.load()


def _topic_files(folder: Path) -> list[Path]:
    return [f for f in sorted(folder.glob("*.yml")) if not f.name.startswith("gate.")]


def _law(file: Path) -> Law:
    law = read_record(file, Law)
    if law.code != file.stem:
        raise DataError(f"{file}: line 1: code: is {law.code}, but the file is named {file.name}")
    return law


def _services(folder: Path) -> Iterator[Service]:
    for file in sorted(folder.glob("[A-Z][A-Z].yml")):
        yield from read_record(file, Services).services
