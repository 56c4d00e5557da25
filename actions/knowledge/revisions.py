"""A sign-off stands for one revision: a short sum over all that its reader read. Once that changes, it counts as none.

What the sum is over: of a section its sentences, its fields, how sure we are, the sources it rests on (with the words
quoted from them), and its name, so that a sign-off cannot be copied to another; of a part of the law also the statute,
and of `records.eligibility` the findings field by field; of a service all that its file says of it. What it is not
over: the sign-off itself, and when it was checked last, so that reading the sources once more does not undo it. A
translation has a mark of its own.

The library is settled when it is read, before anything is answered from it, so that no answer has to remember to ask.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from actions.knowledge.law_records import Law
from actions.knowledge.names import section_name
from actions.knowledge.records import Checked, Review, Reviewed, Section, Source, Topic
from actions.knowledge.service_records import Service

if TYPE_CHECKING:
    from actions.knowledge.library import Library

UNREVIEWED: Literal["unreviewed"] = "unreviewed"
DIGITS = 8
_NOT_OF_A_SECTION = {*Checked.__fields__, "review", "topic", "followups"}  # of its file; the sources are added
_NOT_OF_A_SERVICE = {"review", "assured_date"}


def section_revision(of: "Library", name: str, file: Checked, section: Section) -> str:
    """The revision of the section `name` of `file`, "r" and eight hexadecimal digits."""
    keys = {key for fact in section.all_facts() for key in fact.sources}
    read: dict[str, Any] = {"name": name, "section": _said(section, set(section.__fields__) - _NOT_OF_A_SECTION)}
    if isinstance(file, Law):
        path = name.split(".", 2)[2]
        read["law"] = {"name": file.name, "statute": file.statute(path)}
        if path == "records.eligibility":
            read["law"] |= {"status": file.records.status, "kinds": file.records.kinds}
            read["law"]["details"] = _said(file.records.details, set(file.records.details.__fields__))
            keys |= {key for finding in file.records.details.findings().values() for key in finding.sources}
    read["sources"] = {key: _source(of.source(file, key)) for key in keys}
    return _sum(read)


def service_revision(service: Service) -> str:
    """The revision of a service."""
    return _sum(_said(service, set(service.__fields__) - _NOT_OF_A_SERVICE))


def settled(of: "Library") -> "Library":
    """`of` with the sign-offs that still hold; the others are in its `lapsed`, by name, and count as none."""
    lapsed: dict[str, Reviewed] = {}

    def review(signed: Reviewed, name: str, revision: str) -> Review:
        if signed.revision == revision:
            return signed
        lapsed[name] = signed
        return UNREVIEWED

    def section(name: str, file: Checked, part: Section, signed: Reviewed) -> Section:
        return part.copy(update={"review": review(signed, name, section_revision(of, name, file, part))})

    def topic(file: Topic) -> Topic:
        parts = {path: section(section_name(of, file.topic, path), file, *had) for path, had in _signed(file)}
        return file.with_sections(parts) if parts else file

    def law(file: Law) -> Law:
        parts = {path: section(f"law.{file.code}.{path}", file, *had) for path, had in _signed(file)}
        return file.with_sections(parts) if parts else file

    def service(one: Service) -> Service:
        if not isinstance(one.review, Reviewed):
            return one
        return one.copy(update={"review": review(one.review, one.id, service_revision(one))})

    return replace(
        of,
        sections={name: topic(file) for name, file in of.sections.items()},
        laws={code: law(file) for code, file in of.laws.items()},
        services=tuple(map(service, of.services)),
        lapsed={**of.lapsed, **lapsed},
    )


def _signed(file: Topic | Law) -> Iterator[tuple[str, tuple[Section, Reviewed]]]:
    for path, part in file.sections().items():
        if isinstance(part.review, Reviewed):
            yield path, (part, part.review)


def _said(record: Any, fields: set[str]) -> Any:
    """What `record` says in `fields`, as JSON; a field that is as it would be anyway is left out."""
    return json.loads(record.json(by_alias=True, include=fields, exclude_defaults=True))


def _source(source: Source | None) -> Any:
    return json.loads(source.json()) if source else None


def _sum(read: Any) -> str:
    text = json.dumps(read, sort_keys=True, ensure_ascii=False)
    return f"r{hashlib.sha256(text.encode()).hexdigest()[:DIGITS]}"
