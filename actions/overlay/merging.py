"""Puts an organization's own sections in the place of Lantern's, file by file, so that nothing is ascribed wrongly.

What stays of a file keeps its own sources and its own dates; what is replaced brings its own. The keys of its sources
get a prefix, so that no source of ours is taken for one of theirs, in this version of Lantern or a later one.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from actions.knowledge.law_records import Law
from actions.knowledge.records import Checked, Record, Section, Source, Topic
from actions.overlay.own_records import OwnLaw

S = TypeVar("S", bound=Section)
R = TypeVar("R", bound=Record)
OWN = "own."


def with_answer(ours: Topic | None, own: Topic) -> Topic:
    """`own` in the place of `ours`, with those follow-ups of `ours` that it does not have."""
    kept = {name: _dated(section, ours) for name, section in ours.followups.items()} if ours else {}
    mine = {name: _rekeyed(_dated(section, own)) for name, section in own.followups.items()}
    followups = {**kept, **mine}
    sources = {**(_used(ours, [kept[n] for n in kept if n not in mine]) if ours else {}), **_own_sources(own)}
    return _rekeyed(own).copy(update={"followups": followups, "sources": sources})


def with_sections(ours: Law, own: OwnLaw) -> Law:
    """`ours` with the sections of `own` in their places."""
    mine = {path: _rekeyed(_dated(section, own)) for path, section in own.sections().items()}
    merged = ours.with_sections({**ours.sections(), **mine})
    if own.records.statute:
        merged = merged.copy(update={"records": merged.records.copy(update={"statute": own.records.statute})})
    kept = [section for path, section in ours.sections().items() if path not in mine]
    findings = {key for finding in ours.records.details.findings().values() for key in finding.sources}
    return merged.copy(update={"sources": {**_used(ours, kept, findings), **_own_sources(own)}})


def _dated(section: S, file: Checked) -> S:
    """`section` with the dates that hold for it in `file`, so that they hold in another one, too."""
    stamp = file.stamp(section)
    return section.copy(update={"checked_on": stamp.checked_on, "recheck_days": stamp.recheck_days})


def _rekeyed(record: R) -> R:
    """`record` with its keys of sources as they are called once merged."""
    changed: dict[str, Any] = {}
    for name in record.__fields__:
        value = getattr(record, name)
        if name == "sources" and isinstance(value, tuple):
            changed[name] = tuple(map(_own_key, value))
        elif isinstance(value, Record):
            changed[name] = _rekeyed(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            changed[name] = tuple(map(_rekeyed, value))
    return record.copy(update=changed)


def _own_key(key: str) -> str:
    """A claim of a document ("common_ground/no_arrests") is everybody's."""
    return key if "/" in key else f"{OWN}{key}"


def _own_sources(own: Checked) -> dict[str, Source]:
    return {_own_key(key): source for key, source in own.sources.items()}


def _used(file: Checked, kept: list[Section], besides: set[str] = frozenset()) -> Mapping[str, Source]:  # type: ignore[assignment]
    """The sources of `file` that something of what is `kept`, or `besides`, rests on."""
    keys = {key for section in kept for fact in section.all_facts() for key in fact.sources} | besides
    return {key: source for key, source in file.sources.items() if key in keys}
