"""What the directory has and what it lacks: services by state and need, and what is known of each about the police."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from actions.knowledge.service_records import FEDERAL, Needs, PoliceContact, Service

POLICE: dict[PoliceContact, str] = {
    "never_without_consent": "never without your OK",
    "only_if_imminent_danger": "only if a life is in danger",
    "may_report_minors": "must report if a child is at risk",
    "involves_police": "works with police",
    "unknown": "not known",
}


def by_need(services: Iterable[Service], needs: Needs) -> dict[tuple[str, str], int]:
    """How many shown services there are, by (need, state); `US` are those that serve every place."""
    counts: Counter[tuple[str, str]] = Counter()
    for service in services:
        if service.status == "active" and service.reachable:
            for name, need in needs.needs.items():
                if {*need.tags, *need.also} & {*service.needs}:
                    counts.update((name, state) for state in service.states)
    return dict(counts)


def need_table(services: Iterable[Service], needs: Needs, places: Mapping[str, str]) -> str:
    """States down, needs across, as Markdown. What serves every place is a row of its own and in no state's."""
    counts = by_need(services, needs)
    states = [FEDERAL, *sorted(code for code in places if code != FEDERAL)]
    return _table(
        ["", *(name.removeprefix("need_").replace("_", " ") for name in needs.needs)],
        [
            ["everywhere" if state == FEDERAL else state, *(str(counts.get((n, state)) or "–") for n in needs.needs)]
            for state in states
        ],
    )


def police_table(services: Iterable[Service]) -> str:
    """How many shown services say what about the police, as Markdown."""
    shown = [service for service in services if service.status == "active" and service.reachable]
    everywhere = Counter(s.police_contact for s in shown if FEDERAL in s.states)
    local = Counter(s.police_contact for s in shown if FEDERAL not in s.states)
    rows = [
        [said, str(everywhere[key]), str(local[key]), _share(everywhere[key] + local[key], len(shown))]
        for key, said in POLICE.items()
    ]
    total = ["all", str(everywhere.total()), str(local.total()), _share(len(shown), len(shown))]
    return _table(["what it does about the police", "nationwide", "in states", "of all"], [*rows, total])


def page(services: Sequence[Service], needs: Needs, places: Mapping[str, str]) -> str:
    """`docs/directory.md`."""
    shown = sum(service.status == "active" and service.reachable for service in services)
    newest = max((service.assured_date for service in services), default=None)
    return f"""# What the directory has

Written by `lantern directory coverage --write`; don't edit it here. {len(services)} services, {shown} of them shown;
the newest entry was checked against its sources on {newest}.

## What they do about the police

Said before every number. Where nobody knows, Lantern says that, and what to ask when calling.

{police_table(services)}

## By state and need

How many shown services answer a need in a state. Those that serve every place count in the first row only, so a state
with – still gets that row.

{need_table(services, needs, places)}
"""


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
