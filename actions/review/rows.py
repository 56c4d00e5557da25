"""What is read line by line: sentences as they are said, with the sources they rest on.

A row has a name. The name of a fact is what `lantern off` calls it; the short form and the fields of a section cannot
be switched off alone, so that theirs is the section's with `#short` or `#fields`; a service has `#entry`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actions.compose.services import card
from actions.conversation import Conversation
from actions.knowledge.law_records import Law
from actions.knowledge.library import Library
from actions.knowledge.names import fact_name
from actions.knowledge.records import Checked, Section, Source
from actions.knowledge.service_records import Service

_NAME = re.compile("[a-z_]+")
SHORT, FIELDS, ENTRY = "short", "fields", "entry"


@dataclass(frozen=True)
class Row:
    """One thing to decide on.

    Attributes:
        name: "law.OR.immunity#3f2a91".
        kind: "first", "fact", "limit", "next step", "text message", "fields" or "entry".
        lines: as they are said; one for a fact.
        sources: what the lines rest on.
    """

    name: str
    kind: str
    lines: tuple[str, ...]
    sources: tuple[Source, ...] = ()


def section_rows(of: Library, name: str, file: Checked, section: Section) -> Iterator[Row]:
    """The rows of a section, in the order they are said."""
    kinds = ["first", *["fact"] * len(section.facts), *["limit"] * len(section.limits), "next step"]
    for kind, fact in zip(kinds, section.all_facts(), strict=False):
        yield Row(fact_name(name, fact), kind, (fact.say,), _sources(of, file, fact.sources))
    yield Row(f"{name}#{SHORT}", "text message", section.short)
    if services := getattr(section, "services", ()):
        yield Row(f"{name}#{FIELDS}", "fields", (f"services named with it: {', '.join(services)}",))
    if isinstance(file, Law):
        lines, keys = _law_fields(file, name.split(".", 2)[2], section)
        yield Row(f"{name}#{FIELDS}", "fields", tuple(lines), _sources(of, file, keys))


def service_row(of: Library, service: Service) -> Row:
    """The row of a service: its card as it is shown, and what else its file says about it."""
    shown = card(of, service, Conversation(heard="", topic=None))
    more = {
        "organization": service.organization,
        "status": f"{service.status}: {service.status_note}" if service.status_note else service.status,
        "police_contact": service.police_contact,
        "needs": ", ".join(map(_plain, service.needs)),
        "service_areas": "; ".join(" ".join([a.state, *a.counties, *a.cities]) for a in service.service_areas),
        "web": service.url,
        "stance": service.stance,
        "anonymous": service.anonymous,
        "confidential": service.confidential,
    }
    fields = (f"{_plain(name)}: {_plain(value)}" for name, value in more.items() if value)
    return Row(f"{service.id}#{ENTRY}", "entry", (*shown, *fields), service.sources)


def _law_fields(law: Law, path: str, section: Section) -> tuple[list[str], list[str]]:
    """What the file says of the law beside its sentences, and the keys of the sources it rests on."""
    own = section.__fields__.keys() - Section.__fields__.keys() - {"statute", "start"}
    values = {"statute": law.statute(path), **{n: getattr(section, n) for n in section.__fields__ if n in own}}
    keys: list[str] = []
    if path == "records.eligibility":
        details = law.records.details
        values |= {"status": law.records.status, "kinds": law.records.kinds}
        for field in details.__fields__:
            value = getattr(details, field)
            if field in details.findings():
                keys.extend(value.sources)
                value = value.value
            values[field] = value
    lines = [f"{_plain(name)}: {_listed(value)}" for name, value in values.items() if value not in (None, ())]
    return [*lines, *(f"start: {_listed((place,))}" for place in getattr(section, "start", ()))], keys


def _listed(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(_listed, value))
    if isinstance(value, str | int):
        return _plain(value)
    parts = (getattr(value, field) for field in ("name", "url", "phone", "note"))  # a place where something starts
    return ", ".join(filter(None, parts))


def _plain(value: object) -> str:
    """A name of ours ("evidence_only") in plain words; anything else as it is."""
    text = str(value)
    return text.replace("_", " ") if _NAME.fullmatch(text) else text


def _sources(of: Library, file: Checked, keys: Iterable[str]) -> tuple[Source, ...]:
    return tuple(source for key in dict.fromkeys(keys) if (source := of.source(file, key)))
