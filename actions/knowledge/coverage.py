"""What is answered where: topics against places, needs against places, and how sure the law is."""

from collections import Counter
from dataclasses import dataclass

from actions.knowledge.library import FEDERAL, Library
from actions.services.wish import Wish


@dataclass(frozen=True)
class Row:
    """One line of the table: of `places`, how many have an answer of their own, and how many a general one."""

    name: str
    own: int
    general: int
    places: int

    @property
    def holes(self) -> int:
        """Places without any answer."""
        return self.places - self.own - self.general


def by_topic(library: Library) -> list[Row]:
    """A row for each topic; a service counts as a place's own where it is not only nationwide."""
    return [_row(library, topic) for topic in library.topics]


def statuses(library: Library) -> dict[str, Counter[str]]:
    """How often each part of the law has which status: {"immunity": {"none_found": 30, …}}."""
    found: dict[str, Counter[str]] = {}
    for law in library.laws.values():
        for path, section in law.sections().items():
            status = getattr(section, "status", law.records.status if path == "records.eligibility" else None)
            if status:
                found.setdefault(path, Counter())[status] += 1
    return found


def confidence(library: Library) -> Counter[str]:
    """How many sections of the law are how sure."""
    return Counter(section.confidence for law in library.laws.values() for section in law.sections().values())


def _row(library: Library, topic: str) -> Row:
    places = [code for code in library.places if code != FEDERAL]
    source = library.topics[topic].source
    if source.startswith("law."):
        path = source.removeprefix("law.")
        own = sum(code in library.laws and path in library.laws[code].sections() for code in places)
        general = len(places) - own if topic in library.sections else 0
    elif source == "services":
        found = [library.directory.find(Wish(library.needs.needs[topic], state=code)) for code in places]
        own = sum(any(code in s.states for s in services) for code, services in zip(places, found, strict=True))
        general = sum(bool(services) for services in found) - own
    else:
        answered = topic in library.phrases if source == "phrases" else topic in library.sections
        own, general = 0, len(places) if answered else 0
    return Row(topic, own, general, len(places))
