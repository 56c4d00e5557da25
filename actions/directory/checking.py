"""Checks the operator's own services, every line of their file, and says what is wrong by file, line and id."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from actions.directory import store
from actions.directory.duplicates import Index
from actions.knowledge import style
from actions.knowledge.check import WORDS_FILE, Problem, service_problems
from actions.knowledge.library import Library
from actions.knowledge.service_records import Service
from actions.knowledge.yaml_file import DataError

WORDS_MOST = 50  # services; a directory written by others has its own words


def check_directory(file: Path, library: Library, today: dt.date) -> Iterator[Problem]:
    """What is wrong with the services in `file`, or worth knowing. `library` is Lantern's own."""
    index, seen, worded = Index(library.services), set[str](), 0
    try:
        for number, line in store.numbered(file):
            try:
                service = store.checked(file, number, line)
            except DataError as error:
                yield _problem(error)
                continue
            where = f"{file}: line {number} ({service.id})"
            if service.id in seen:
                yield Problem(where, "its id stands twice")
            seen.add(service.id)
            if same := index.find(service):
                yield Problem(where, f"is Lantern's own {same.id}, so this entry is not used", is_error=False)
            yield from service_problems(where, service, library, today)
            if words := _words(service):
                worded += 1
                if worded <= WORDS_MOST:
                    yield Problem(where, f"says {', '.join(words)}", is_error=False)
    except DataError as error:
        yield _problem(error)
    if worded > WORDS_MOST:
        yield Problem(str(file), f"{worded - WORDS_MOST:,} more services say words we avoid", is_error=False)


def _problem(error: DataError) -> Problem:
    """An error of the file's shape: "directory.jsonl: line 3 (a-shelter)" and what is wrong there."""
    where, _, what = str(error).partition(": ")
    line, _, rest = what.partition(": ")
    return Problem(f"{where}: {line}", rest) if line.startswith("line ") else Problem(where, what)


def _words(service: Service) -> list[str]:
    text = f"{service.description} {service.police_contact_note}"
    return list(dict.fromkeys(style.avoided_words(text, WORDS_FILE)))
