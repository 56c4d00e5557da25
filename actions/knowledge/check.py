"""Checks that need the whole library: broken references, unanswered topics, words, reading grade, text messages."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean

from actions.knowledge import style
from actions.knowledge.control import sections
from actions.knowledge.law_records import Law
from actions.knowledge.library import DATA, FEDERAL, Library
from actions.knowledge.records import SHORT_PART_MAX, Checked, Section
from actions.knowledge.service_records import Service

WORDS_FILE = DATA / "words.yml"
LONG_WORDS = 135  # of a long form before its choices; about 120 is what we aim at
PHONE_NUMBER = re.compile(r"\d{3}[-. ]\d{4}")
SHORT_PARTS = 3  # text-message parts of one answer


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
    grades = {name: _grade(section) for name, _, section in sections(library)}
    problems = [
        *(p for found in sections(library) for p in _section_problems(library, *found, today)),
        *(Problem(w, f"reading grade {g:.1f}, at most {style.GRADE_MAX:g}") for w, g in _too_hard(grades)),
        *_topic_problems(library),
        *_followup_problems(library),
        *_source_problems(library),
        *_law_problems(library),
        *_service_problems(library, today),
        *_phrase_problems(library),
        *_claim_problems(library),
    ]
    average = mean(grades.values())
    if average > style.GRADE_MEAN:
        problems.append(Problem("data", f"mean reading grade {average:.1f}, at most {style.GRADE_MEAN:g}"))
    return Report(tuple(problems), len(grades), average, max(grades.values()))


def _grade(section: Section) -> float:
    return style.grade(" ".join(fact.say for fact in section.all_facts()))


def _too_hard(grades: dict[str, float]) -> Iterator[tuple[str, float]]:
    return ((where, grade) for where, grade in grades.items() if grade > style.GRADE_MAX)


def _section_problems(
    library: Library, where: str, file: Checked, section: Section, today: dt.date
) -> Iterator[Problem]:
    for fact in section.all_facts():
        for key in fact.sources:
            if library.source(file, key) is None:
                yield Problem(where, f"the source “{key}” is not in this file, and no claim of a document")
        yield from _word_problems(where, fact.say)
    words = sum(len(fact.say.split()) for fact in section.all_facts())
    if words > LONG_WORDS:
        yield Problem(where, f"the long form has {words} words, at most {LONG_WORDS}")
    if len(section.short) > SHORT_PARTS:
        yield Problem(where, f"the short form has {len(section.short)} parts, at most {SHORT_PARTS}")
    for part in section.short:
        yield from _word_problems(where, part)
        yield from _text_message_problems(where, part)
    if section.place != "no":
        yield from _place_problems(library, where, section)
    stamp = file.stamp(section)
    if stamp.checked_on > today:
        yield Problem(where, f"was checked on {stamp.checked_on}, which is still to come")
    if stamp.is_stale(today):
        said = f"was checked on {stamp.checked_on}; it is said to be possibly out of date"
        yield Problem(where, said, is_error=False)


def _place_problems(library: Library, where: str, section: Section) -> Iterator[Problem]:
    """Where naming a place is offered, a sentence follows the last text message."""
    if ".followups." not in where:
        yield Problem(where, "place: is for follow-ups; of a topic, topics.yml says it")
    last = section.short[-1]
    if not last.endswith((".", "?", "!", '"')):
        yield Problem(where, "short: the last part ends without a full stop, and a sentence about the place follows it")
    told = f"{last} {library.say('answer.short_tell_place')}"
    if len(told) > SHORT_PART_MAX:
        what = f"short: the last part and the sentence about the place that follows it have {len(told)} characters"
        yield Problem(where, f"{what}, at most {SHORT_PART_MAX}")


def _text_message_problems(where: str, part: str) -> Iterator[Problem]:
    if odd := style.not_gsm7(part):
        yield Problem(where, f"short: {' '.join(odd)} would make a text message twice as long")


def _word_problems(where: str, text: str) -> Iterator[Problem]:
    for avoided in style.avoided_words(text, WORDS_FILE):
        yield Problem(where, f"says {avoided}")


def _topic_problems(library: Library) -> Iterator[Problem]:
    known = {service.id for service in library.services}
    for topic, entry in library.topics.items():
        kind = entry.source.partition(".")[0]
        answered = {
            "phrases": topic in library.phrases,
            "services": topic in library.needs.needs,
            "law": topic in library.sections and FEDERAL in library.laws,
        }.get(kind, topic in library.sections)
        if not answered:
            yield Problem(f"topics.yml: {topic}", f"has no answer in {entry.source}")
        for name in entry.next:
            if name.startswith("+") and library.answered_by(topic, name[1:]) is None:
                yield Problem(f"topics.yml: {topic}", f"next: nothing answers the follow-up {name}")
            elif not name.startswith("+") and name not in library.topics:
                yield Problem(f"topics.yml: {topic}", f"next: {name} is no topic")
    for topic, section in library.sections.items():
        if topic not in library.topics:
            yield Problem(topic, "is no topic of topics.yml")
        yield from (Problem(topic, f"services: {i} is no service") for i in section.services if i not in known)
    for name in library.needs.always:
        if name not in known:
            yield Problem("services/needs.yml", f"always: {name} is no service")


def _followup_problems(library: Library) -> Iterator[Problem]:
    groups = {*library.topics, *library.groups.values()}
    for name, followup in library.followups.items():
        where = f"followups.yml: {name}"
        yield from (Problem(where, f"like: {t} is no topic") for t in followup.like if t not in library.topics)
        yield from _word_problems(where, followup.label)
        for topic, source in followup.answered_by.items():
            kind, _, target = source.partition(".")
            exists = {
                "topic": target in library.topics,
                "law": target in library.laws[FEDERAL].sections(),
                "covers": target in ("arrests", "convictions", "juvenile"),
            }.get(kind, False)
            if topic not in groups or not exists:
                yield Problem(where, f"answered_by: {topic}: {source} leads nowhere")
            elif kind == "covers":
                members = (t for t in library.topics if topic in (t, library.groups[t]) and t in library.sections)
                lacking = [t for t in members if name not in library.sections[t].followups]
                yield from (
                    Problem(where, f"{t}: its own file has no answer for where no law covers it") for t in lacking
                )
    for topic, file in library.sections.items():
        yield from (
            Problem(topic, f"followups: {name} is not in followups.yml")
            for name in file.followups
            if name not in library.followups
        )


def _source_problems(library: Library) -> Iterator[Problem]:
    """Sources that nothing rests on any more."""
    for where, file, keys in _files(library):
        for key in sorted(file.sources.keys() - keys):
            yield Problem(where, f"nothing rests on the source “{key}”")


def _files(library: Library) -> Iterator[tuple[str, Checked, set[str]]]:
    """(where, file, every source key it uses)."""
    for topic, file in library.sections.items():
        used = {key for section in file.sections().values() for fact in section.all_facts() for key in fact.sources}
        yield f"{library.folder(topic)}/{topic}.yml", file, used
    for code, law in library.laws.items():
        used = {key for section in law.sections().values() for fact in section.all_facts() for key in fact.sources}
        yield f"law/{code}.yml", law, used | {key for f in law.records.details.findings().values() for key in f.sources}


def _law_problems(library: Library) -> Iterator[Problem]:
    for missing in sorted(library.places.keys() - library.laws.keys()):
        yield Problem("law", f"{missing} is not written yet")
    for code, law in library.laws.items():
        yield from _details_problems(f"law/{code}.yml: records.details", law)
        for path, section in law.sections().items():
            if law.statute(path).lower() in ("", "none", "unknown"):
                yield Problem(f"law/{code}.yml: {path}", "names no statute; say what was looked for")
            if not any(law.name in part or law.code in part for part in section.short[:1]):
                yield Problem(f"law/{code}.yml: {path}", f"short: the first part does not name {law.name}")


def _details_problems(where: str, law: Law) -> Iterator[Problem]:
    for name, finding in law.records.details.findings().items():
        for key in finding.sources:
            if key not in law.sources:
                yield Problem(where, f"{name}: the source “{key}” is not in this file")


def _service_problems(library: Library, today: dt.date) -> Iterator[Problem]:
    seen: set[str] = set()
    for service in library.services:
        where = f"services: {service.id}"
        if service.id in seen:
            yield Problem(where, "stands twice")
        seen.add(service.id)
        for text in (service.description, service.police_contact_note):
            yield from _word_problems(where, text)
        yield from service_problems(where, service, library, today)


def service_problems(where: str, service: Service, library: Library, today: dt.date) -> Iterator[Problem]:
    """What is wrong with one service, whoever wrote it."""
    if PHONE_NUMBER.search(service.description) or any(p.number in service.description for p in service.phones):
        yield Problem(where, "description: a number stands before what the service does about the police")
    for code in sorted(service.states):
        if code not in library.places:
            yield Problem(where, f"service_areas: {code} is no postal code we know")
    if service.status == "active" and not service.reachable:
        yield Problem(where, "is active, but there is no way to reach it")
    if service.assured_date > today:
        yield Problem(where, f"assured_date: was checked on {service.assured_date}, which is still to come")


def _phrase_problems(library: Library) -> Iterator[Problem]:
    for topic, phrase in library.phrases.items():
        where = f"phrases: {topic}"
        for text in (phrase.lead, *phrase.more, *phrase.short):
            yield from _word_problems(where, text)
        for part in phrase.short:
            yield from _text_message_problems(where, part)


def _claim_problems(library: Library) -> Iterator[Problem]:
    cited = {key for _, _, section in sections(library) for fact in section.all_facts() for key in fact.sources}
    known = {f"{d}/{c}" for d, document in library.documents.items() for c in document.claims}
    for name, document in library.documents.items():
        for key, claim in document.claims.items():
            where = f"guidance/documents/{name}.yml: {key}"
            yield from _word_problems(where, claim.say)
            if f"{name}/{key}" not in cited:
                yield Problem(where, "no answer rests on this claim", is_error=False)
            yield from (Problem(where, f"{t} is no topic") for t in claim.topics if t not in library.topics)
            yield from (Problem(where, f"disputed_by: {d} is no claim") for d in claim.disputed_by if d not in known)
