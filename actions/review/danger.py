"""In which order things are to be reviewed: where a wrong word would harm a person most comes first.

The order is ours and no lawyer's. Inside a level comes first what is asked most, where somebody counted it.
"""

from typing import NamedTuple

from actions.knowledge.service_records import Service


class Level(NamedTuple):
    """One level of danger: topics of `data/topics.yml` and parts of the law that are in it."""

    name: str
    why: str
    topics: frozenset[str] = frozenset()
    law: frozenset[str] = frozenset()


LEVELS = (
    Level(
        "reporting",
        "A person may go to the police because of it, and be arrested there.",
        frozenset({"immunity_reporting", "report_without_police"}),
        frozenset({"immunity"}),
    ),
    Level(
        "under 18",
        "Somebody under 18 may be charged, reported or taken into care because of it.",
        frozenset({"minor_disclosure"}),
        frozenset({"safe_harbor"}),
    ),
    Level(
        "officers",
        "It is said to a person who has an officer before them, or had.",
        frozenset(
            {
                "rights_officer_sexual_misconduct",
                "rights_police_stop",
                "rights_arrest",
                "rights_search_phone",
                "rights_raid_workplace",
                "rights_immigration_encounter",
            }
        ),
        frozenset({"officer_contact"}),
    ),
    Level(
        "crisis",
        "It is said to a person in danger now.",
        frozenset({"crisis_danger", "crisis_suicide", "crisis_medical", "leave_safely"}),
    ),
    Level("a promise about police", "A service is said to call the police never, or in named cases only."),
    Level(
        "immigration",
        "A person may be deported because of it.",
        frozenset({"deportation_fear", "t_visa_u_visa", "passport_taken"}),
    ),
    Level(
        "charges and records",
        "A person may file, or not file, because of it.",
        frozenset(
            {
                "expunge_eligibility",
                "expunge_process",
                "expunge_cost_time",
                "expunge_documents_proof",
                "record_impact",
            }
        ),
        frozenset(
            {
                "trafficking_defense",
                "condoms",
                "records.eligibility",
                "records.process",
                "records.cost_time",
                "records.documents",
                "records.ordinary",
            }
        ),
    ),
    Level("everything else", "It matters as well."),
)
PROMISE, REST = 4, len(LEVELS) - 1  # the places of two levels
_PROMISES = ("never_without_consent", "only_if_imminent_danger", "may_report_minors")


def of_law(path: str) -> int:
    """The level of the part of the law at `path`, from 0."""
    return next((n for n, level in enumerate(LEVELS) if path in level.law), REST)


def of_topic(topic: str) -> int:
    """The level of a topic and of its follow-ups, from 0."""
    return next((n for n, level in enumerate(LEVELS) if topic in level.topics), REST)


def of_service(service: Service) -> int:
    """The level of a service, from 0: one that warns, or of which nothing is known, says so already."""
    return PROMISE if service.police_contact in _PROMISES else REST
