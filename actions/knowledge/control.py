"""What may be said right now: single facts, sections, topics, places and services can be switched off and on again.

The switches are a small file that `lantern off` and `lantern on` write; every process looks at it once a second, and at
what is the operator's own, so nothing is deployed or restarted. `allowed` makes a library without what is hidden, and
everything else answers from that one, so no answer has to remember to ask.

Names of what can be switched: a topic (`passport_taken`), a place (`OR`), a service (its id), a section
(`law.OR.immunity`, `rights.passport_taken`, `rights.passport_taken.followups.cost`), or one fact of a section
(`law.OR.immunity#3f2a91`: the number comes from its words, so a fact that was corrected is on again).
"""

import datetime as dt
import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from actions.knowledge.catalogs import ENGLISH, Language, languages, localized, offered_by
from actions.knowledge.law_records import Law
from actions.knowledge.library import Library, library
from actions.knowledge.names import fact_name, section_name, sections
from actions.knowledge.records import Checked, Fact, Section
from actions.knowledge.reloading import Reloading
from actions.knowledge.revisions import UNREVIEWED
from actions.knowledge.yaml_file import DataError, read_yaml
from actions.overlay.dressing import dressed

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0
ALWAYS_SHOWN = "safety"  # crisis answers stay, reviewed or not


@dataclass(frozen=True)
class Control:
    """What is hidden: `off` by name, and everything nobody reviewed where `reviewed_only`."""

    off: frozenset[str] = frozenset()
    reviewed_only: bool = False


def names(of: Library) -> set[str]:
    """The name of everything that can be switched."""
    found = {*of.topics, *of.places, *(service.id for service in of.services)}
    for name, _, section in sections(of):
        found |= {name, *(fact_name(name, fact) for fact in section.all_facts())}
    return found


def allowed(whole: Library, control: Control) -> Library:
    """`whole` without what `control` hides. A topic that is gone answers with people who can help."""
    if not control.off and not control.reviewed_only:
        return whole
    files = {topic: _topic(whole, topic, control) for topic in whole.sections}
    services = (
        service
        for service in whole.services
        if service.id not in control.off
        and (not control.reviewed_only or service.review != "unreviewed" or service.id in whole.needs.always)
    )
    return replace(
        whole,
        sections={topic: file for topic, file in files.items() if file is not None},
        laws={code: _law(law, control) for code, law in whole.laws.items() if code not in control.off},
        services=tuple(services),
        off=frozenset(control.off & whole.topics.keys()),
    )


def _topic(whole: Library, topic: str, control: Control) -> Any:
    file = whole.sections[topic]
    own = _shown(section_name(whole, topic), file, file, control)
    if own is None or topic in control.off:
        return None
    followups = {
        name: shown
        for name, section in file.followups.items()
        if (shown := _shown(section_name(whole, topic, f"followups.{name}"), file, section, control))
    }
    return own.copy(update={"followups": followups})


def _law(law: Law, control: Control) -> Law:
    parts = {path: _shown(f"law.{law.code}.{path}", law, part, control) for path, part in law.sections().items()}
    return law.with_sections(parts)


def _shown(name: str, file: Checked, section: Section, control: Control) -> Section | None:
    """`section` as it may be shown; None where all of it is hidden."""
    unreviewed = control.reviewed_only and not name.startswith(ALWAYS_SHOWN) and not file.stamp(section).reviewed
    if name in control.off or unreviewed or fact_name(name, section.lead) in control.off:
        return None
    if not any(switched.startswith(f"{name}#") for switched in control.off):
        return section
    if control.reviewed_only and not name.startswith(ALWAYS_SHOWN):
        return None  # nobody signed what is left of it

    def on(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        return tuple(fact for fact in facts if fact_name(name, fact) not in control.off)

    after = section.next if section.next and on((section.next,)) else None
    kept = section.copy(update={"facts": on(section.facts), "limits": on(section.limits), "next": after})
    short = tuple(fact.say for fact in kept.all_facts())  # the written short form may hold what is switched off
    return kept.copy(update={"short": short, "review": UNREVIEWED})


@dataclass
class Switches:
    """The file of switches: a name, since when, and why. Missing means that nothing is off."""

    file: Path
    reviewed_only: bool = False
    _looked: float = field(default=float("-inf"), repr=False)
    _seen: tuple[int, int] | None = field(default=None, repr=False)
    _views: dict[str, Library] = field(default_factory=dict, repr=False)  # by language
    _plain: Library | None = field(default=None, repr=False)  # in English, before its site's words are in it
    _off: frozenset[str] = field(default=frozenset(), repr=False)
    _whole: Library | None = field(default=None, repr=False)
    directory: Reloading = field(default_factory=Reloading, repr=False)

    def read(self) -> dict[str, dict[str, str]]:
        """What is off, by name. Raises `DataError` where the file is not of its shape."""
        if not self.file.exists():
            return {}
        rows = read_yaml(self.file) if self.file.stat().st_size else {}
        if not isinstance(rows, Mapping) or not all(isinstance(row, Mapping) for row in rows.values()):
            raise DataError(f"{self.file}: line 1: expected names, each with `since` and `because`")
        return {str(name): dict(row) for name, row in rows.items()}

    def turn(self, which: set[str], *, off: bool, because: str = "", now: dt.datetime | None = None) -> None:
        """Switches `which` off, or on again. The file is replaced whole, never half-written."""
        since = (now or dt.datetime.now(dt.UTC)).isoformat(timespec="seconds")
        rows = self.read()
        rows = {name: row for name, row in rows.items() if name not in which}
        if off:
            rows |= {name: {"since": since, "because": because} for name in sorted(which)}
        draft = self.file.with_suffix(f".{os.getpid()}.new")
        draft.write_text(yaml.safe_dump(rows, allow_unicode=True) if rows else "", encoding="utf-8")
        draft.replace(self.file)

    def library(self, language: str = ENGLISH) -> Library:
        """The library as it may be shown now, in `language`. A file that cannot be read leaves things as they were."""
        now = time.monotonic()
        if self._plain is None or now - self._looked >= LOOK_EVERY_SECONDS:
            self._looked = now
            self.directory.look()
            stat = self.file.stat() if self.file.exists() else None
            seen = (stat.st_mtime_ns, stat.st_size) if stat else (0, 0)
            if self._plain is None or seen != self._seen or self._whole is not library():
                self._look()
                self._seen = seen
        assert self._plain is not None
        if language not in self._views:
            self._views[language] = dressed(localized(self._plain, language))
        return self._views[language]

    def _look(self) -> None:
        self._whole = library()
        try:
            self._off = frozenset(self.read())
        except DataError as error:
            logger.error("The switches cannot be read, nothing was changed: %s", error)
        self._plain = allowed(self._whole, Control(self._off, self.reviewed_only))
        self._views = {}


SWITCHES_FILE = Path(__file__).parents[2] / "switches.yml"
_switches = Switches(SWITCHES_FILE)


def configure(file: Path, *, reviewed_only: bool) -> Switches:
    """Sets where the switches of this process are, and whether only reviewed content is shown."""
    global _switches
    _switches = Switches(file, reviewed_only)
    return _switches


def shown(language: str = ENGLISH) -> Library:
    """What every answer of this process is made from, in `language`; in English where Lantern does not speak it."""
    return _switches.library(language if language in languages() else ENGLISH)


def offered() -> Mapping[str, Language]:
    """The languages that people are answered in here, English first. In a crisis it is whichever they write in."""
    return offered_by(library().site)
