"""Checks that need the whole library: broken references, unanswered topics, words, reading grade, text messages."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean

from actions.knowledge import style
from actions.knowledge.library import DATA, FEDERAL, Library
from actions.knowledge.records import Section, Source

WORDS_FILE = DATA / "words.yml"


@dataclass(frozen=True)
class Problem:
    """Something wrong (`is_error`) or worth knowing, and where."""

    where: str
    what: str
    is_error: bool = True


@dataclass(frozen=True)
class Report:
    """What a check found, and how hard the sections are to read (Flesch-Kincaid grade)."""

    problems: tuple[Problem, ...]
    sections: int
    mean_grade: float
    highest_grade: float


def check(library: Library, today: dt.date) -> Report:
    """Checks everything in `library`."""
    sections = list(all_sections(library))
    grades = {where: style.grade(" ".join(f.say for f in section.all_facts())) for where, section, _ in sections}
    problems = [
        *(p for where, section, sources in sections for p in _section_problems(where, section, sources)),
        *(
            Problem(w, f"reading grade {g:.1f}, at most {style.GRADE_MAX:g}")
            for w, g in grades.items()
            if g > style.GRADE_MAX
        ),
        *_topic_problems(library),
        *_service_problems(library),
        *_phrase_problems(library),
        *_claim_problems(library),
        *_stale(library, today),
    ]
    average = mean(grades.values())
    if average > style.GRADE_MEAN:
        problems.append(Problem("data", f"mean reading grade {average:.1f}, at most {style.GRADE_MEAN:g}"))
    return Report(tuple(problems), len(sections), average, max(grades.values()))


def all_sections(library: Library) -> Iterator[tuple[str, Section, dict[str, Source]]]:
    """(where, section, the sources its file has) for every section in the library."""
    for topic, section in library.sections.items():
        yield topic, section, section.sources
    for code, law in library.laws.items():
        for path, part in law.sections().items():
            yield f"law/{code}.yml: {path}", part, law.sources


def _section_problems(where: str, section: Section, sources: dict[str, Source]) -> Iterator[Problem]:
    for fact in section.all_facts():
        for key in fact.sources:
            if key not in sources:
                yield Problem(where, f"the source “{key}” is not in this file")
        yield from _word_problems(where, fact.say)
    for part in section.short:
        yield from _word_problems(where, part)
        if odd := style.not_gsm7(part):
            yield Problem(where, f"short: {' '.join(odd)} would make a text message twice as long")


def _word_problems(where: str, text: str) -> Iterator[Problem]:
    for avoided in style.avoided_words(text, WORDS_FILE):
        yield Problem(where, f"says {avoided}")


def _topic_problems(library: Library) -> Iterator[Problem]:
    for topic, entry in library.topics.items():
        kind = entry.source.partition(".")[0]
        answered = {
            "phrases": topic in library.phrases,
            "services": topic in library.needs.needs,
            "law": topic in library.sections and FEDERAL in library.laws,
        }.get(kind, topic in library.sections)
        if not answered:
            yield Problem(f"topics.yml: {topic}", f"has no answer in {entry.source}")
        yield from (
            Problem(f"topics.yml: {topic}", f"next: {n} is no topic") for n in entry.next if n not in library.topics
        )
    for topic, section in library.sections.items():
        if topic not in library.topics:
            yield Problem(topic, "is no topic of topics.yml")
        known = {service.id for service in library.services}
        yield from (Problem(topic, f"services: {i} is no service") for i in section.services if i not in known)
    if missing := sorted(library.places.keys() - library.laws.keys()):
        yield Problem("law", f"not written yet: {' '.join(missing)}", is_error=False)


def _service_problems(library: Library) -> Iterator[Problem]:
    seen: set[str] = set()
    for service in library.services:
        where = f"services: {service.id}"
        if service.id in seen:
            yield Problem(where, "stands twice")
        seen.add(service.id)
        for text in (service.description, service.police_contact_note):
            yield from _word_problems(where, text)
        for code in service.jurisdictions:
            if code not in library.places:
                yield Problem(where, f"jurisdictions: {code} is no postal code we know")
        if service.status == "active" and not (service.phone or service.text or service.chat_url or service.url):
            yield Problem(where, "is active, but there is no way to reach it; it is never shown", is_error=False)


def _phrase_problems(library: Library) -> Iterator[Problem]:
    for topic, phrase in library.phrases.items():
        where = f"phrases: {topic}"
        for text in (phrase.lead, *phrase.more, *phrase.short):
            yield from _word_problems(where, text)
        for part in phrase.short:
            if odd := style.not_gsm7(part):
                yield Problem(where, f"short: {' '.join(odd)} would make a text message twice as long")


def _claim_problems(library: Library) -> Iterator[Problem]:
    known = {f"{d}/{c}" for d, document in library.documents.items() for c in document.claims}
    for name, document in library.documents.items():
        for key, claim in document.claims.items():
            where = f"guidance/documents/{name}.yml: {key}"
            yield from _word_problems(where, claim.say)
            yield from (Problem(where, f"{t} is no topic") for t in claim.topics if t not in library.topics)
            yield from (Problem(where, f"disputed_by: {d} is no claim") for d in claim.disputed_by if d not in known)


def _stale(library: Library, today: dt.date) -> Iterator[Problem]:
    files = {**{f"law/{c}.yml": law for c, law in library.laws.items()}, **library.sections}
    for where, checked in files.items():
        if checked.is_stale(today):
            yield Problem(
                where, f"was checked on {checked.checked_on}; it is said to be possibly out of date", is_error=False
            )
