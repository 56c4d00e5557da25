"""Everything somebody can sign: a section or a service, how dangerous it is, and how its review stands."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from actions.knowledge.law_records import Law
from actions.knowledge.library import Library
from actions.knowledge.names import sections
from actions.knowledge.records import Checked, Review, Reviewed, Section, Topic
from actions.knowledge.revisions import section_revision, service_revision
from actions.knowledge.service_records import Service
from actions.review import danger
from actions.review.rows import Row, section_rows, service_row

EVERYWHERE = "everywhere"  # the place of what holds wherever a person is
SERVICES = "services"  # the topic of a service
SERVICE_HOLDS_DAYS = 180  # as `lantern directory stale` has it
State = Literal["unreviewed", "changed", "stale", "reviewed"]


@dataclass(frozen=True)
class Item:
    """One thing to sign.

    Attributes:
        name: "law.OR.immunity", "rights.passport_taken.followups.cost", or the id of a service.
        places: postal codes, or `EVERYWHERE`.
        topic: of `data/topics.yml`; the last part of a law's path where no topic asks for it; or `SERVICES`.
        group: of that topic.
        level: of danger, from 0 (see `danger.py`).
        revision: what a sign-off of today stands for.
        signed: the sign-off, where it holds; `lapsed` where it holds no longer.
        closing: what is said below it about how sure we are.
        rows: what is read, line by line; made when it is asked for.
    """

    name: str
    title: str
    places: frozenset[str]
    topic: str
    group: str
    level: int
    revision: str
    checked_on: dt.date
    holds_until: dt.date
    signed: Reviewed | None
    lapsed: Reviewed | None
    confidence: str
    rows: Callable[[], tuple[Row, ...]]

    def state(self, today: dt.date) -> State:
        """How its review stands: changed since somebody signed it, signed by nobody, out of date, or reviewed."""
        if self.signed is None:
            return "changed" if self.lapsed else "unreviewed"
        return "stale" if today > self.holds_until else "reviewed"

    def is_stale(self, today: dt.date) -> bool:
        """True once it was checked too long ago, signed or not."""
        return today > self.holds_until


def items(of: Library) -> Iterator[Item]:
    """Everything in `of` that can be signed; a service that is not shown is not among them."""
    asked = {entry.source: topic for topic, entry in of.topics.items()}
    for name, file, section in sections(of):
        if isinstance(file, Law):
            yield _law_item(of, name, file, section, asked)
        elif isinstance(file, Topic):
            yield _topic_item(of, name, file, section)
    yield from (_service_item(of, service) for service in of.services if service.status == "active")


def in_order(found: list[Item], asked: Mapping[str, int]) -> list[Item]:
    """`found`, the most dangerous level first, and in it what is asked most (`asked`: by topic and by place)."""

    def key(item: Item) -> tuple[int, int, int, str]:
        here = max((asked.get(place, 0) for place in item.places), default=0)
        return item.level, -asked.get(item.topic, 0), -here, item.name

    return sorted(found, key=key)


def _law_item(of: Library, name: str, law: Law, section: Section, asked: Mapping[str, str]) -> Item:
    path = name.split(".", 2)[2]
    last = path.rpartition(".")[2]
    topic = asked.get(f"law.{path}", last)
    return _section_item(
        of,
        name,
        law,
        section,
        title=f"{law.name}: {of.say(f'law.{last}')}",
        place=law.code,
        topic=topic,
        group=of.groups.get(topic, path.partition(".")[0]),
        level=danger.of_law(path),
    )


def _topic_item(of: Library, name: str, file: Topic, section: Section) -> Item:
    followup = name.partition(".followups.")[2]
    label = of.label(file.topic)
    return _section_item(
        of,
        name,
        file,
        section,
        title=f"{label}: {of.followups[followup].label}" if followup in of.followups else label,
        place=EVERYWHERE,
        topic=file.topic,
        group=of.groups[file.topic],
        level=danger.of_topic(file.topic),
    )


def _section_item(
    of: Library,
    name: str,
    file: Checked,
    section: Section,
    *,
    title: str,
    place: str,
    topic: str,
    group: str,
    level: int,
) -> Item:
    stamp = file.stamp(section)
    return Item(
        name=name,
        title=title,
        places=frozenset({place}),
        topic=topic,
        group=group,
        level=level,
        revision=section_revision(of, name, file, section),
        checked_on=stamp.checked_on,
        holds_until=stamp.checked_on + dt.timedelta(days=stamp.recheck_days),
        signed=stamp.reviewed,
        lapsed=of.lapsed.get(name),
        confidence=section.confidence,
        rows=lambda: tuple(section_rows(of, name, file, section)),
    )


def _service_item(of: Library, service: Service) -> Item:
    return Item(
        name=service.id,
        title=service.name,
        places=service.states,
        topic=SERVICES,
        group=SERVICES,
        level=danger.of_service(service),
        revision=service_revision(service),
        checked_on=service.assured_date,
        holds_until=service.assured_date + dt.timedelta(days=SERVICE_HOLDS_DAYS),
        signed=_signed(service.review),
        lapsed=of.lapsed.get(service.id),
        confidence=service.confidence,
        rows=lambda: (service_row(of, service),),
    )


def _signed(review: Review) -> Reviewed | None:
    return review if isinstance(review, Reviewed) else None
