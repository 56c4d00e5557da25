"""Finding help, and saying what each service does about the police before its number."""

from collections.abc import Iterable, Sequence

from actions.answer import Answer, Choice, Draft, Link
from actions.compose.choices import command_choice, next_choices, payload
from actions.conversation import Conversation
from actions.knowledge.library import FEDERAL, Library
from actions.knowledge.records import Need, Service

AT_ONCE = 3
PEER_LED = frozenset({"sex_worker_led", "survivor_led"})
# The less a service brings in police, the earlier it stands. Where we do not know, it says so, and stands late.
POLICE_ORDER = {
    "never_without_consent": 0,
    "only_if_imminent_danger": 1,
    "may_report_minors": 2,
    "unknown": 3,
    "involves_police": 4,
}


def services_answer(library: Library, talk: Conversation, topic: str) -> tuple[Answer, tuple[str, ...]]:
    """The next services for `topic`, and the ids of all that have been shown."""
    need = library.needs.needs[topic]
    found = [s for s in find(library.services, need, talk) if s.id not in talk.shown]
    picked = pick(found)
    draft = Draft(id=f"services.{topic}.{talk.jurisdiction or FEDERAL}")
    if not picked:
        ending = library.say("more.services_end" if talk.shown else "services.none")
        draft.say(ending)
        draft.short.append(ending)
    else:
        draft.say(
            need.lead, library.say("services.no_police") if talk.no_police else None, _where(library, talk, picked)
        )
        add_services(draft, library, picked)
        draft.say(library.say("services.ask_first"), _assured(library, picked))
    if len(found) > len(picked):
        draft.offer([command_choice(library, "services.more", "more")])
    if not talk.no_police:
        label = library.say("services.no_police_choice")
        draft.offer([Choice(label, payload(topic, no_police="yes"))])
    draft.offer(next_choices(library, topic))
    return draft.done(), (*talk.shown, *(s.id for s in picked))


def find(services: Iterable[Service], need: Need, talk: Conversation) -> list[Service]:
    """Services that meet `need`, best first. The ranking rule, in words:

    open and reachable only; none that works with police if the person said so; in the person's place before
    nationwide; the less police the earlier; for the person's group before for anyone; what was asked for most exactly
    before the rest. A service of another place is never shown.
    """
    place = talk.jurisdiction

    def fits(service: Service) -> bool:
        serves = FEDERAL in service.jurisdictions or place in service.jurisdictions
        reachable = service.phone or service.text or service.chat_url or service.url
        police = talk.no_police and service.police_contact == "involves_police"
        return bool(
            service.status == "active" and serves and reachable and not police and {*need.tags} & {*service.needs}
        )

    def rank(service: Service) -> tuple[object, ...]:
        return (
            FEDERAL in service.jurisdictions,
            POLICE_ORDER[service.police_contact],
            not (talk.population and talk.population in service.populations),
            not {*need.prefer} & {*service.needs},
            "anyone" not in service.populations,
            not (service.phone or service.text),
            service.needs.index(next(n for n in service.needs if n in need.tags)),
            service.id,
        )

    return sorted(filter(fits, services), key=rank)


def pick(ranked: Sequence[Service]) -> list[Service]:
    """The first `AT_ONCE`, a peer-led one and one with a number to call among them where there are any."""
    picked = list(ranked[:AT_ONCE])
    for wanted in (lambda s: s.stance in PEER_LED, lambda s: s.phone or s.text):
        if len(picked) == AT_ONCE and not any(map(wanted, picked)):
            better = next(filter(wanted, ranked), None)
            if better:
                picked[-1] = better
    return picked


def add_services(draft: Draft, library: Library, services: Sequence[Service]) -> None:
    """A card for each service: name, what it does, police, then how to reach it."""
    for service in services:
        draft.say(*_card(library, service))
        draft.short.append(
            library.say(
                "services.short",
                name=service.name,
                police=library.say(f"services.police_short.{service.police_contact}"),
                reach=next(iter(_reach(library, service)), ""),
            )
        )
        draft.cite(Link(source.title, source.url) for source in service.sources)


def legal_help_lines(library: Library, code: str, *, no_police: bool) -> list[str]:
    """Cards of lawyers for the place `code`."""
    talk = Conversation(heard="need_legal_help", topic="need_legal_help", jurisdiction=code, no_police=no_police)
    need = library.needs.needs["need_legal_help"]
    return [line for service in find(library.services, need, talk)[:2] for line in _card(library, service)]


def add_people(draft: Draft, library: Library, talk: Conversation) -> None:
    """Cards of the lines that are named wherever an answer is not to be had (`always` in needs.yml)."""
    by_id = {service.id: service for service in library.services}
    people = [by_id[name] for name in library.needs.always if name in by_id]
    add_services(draft, library, [s for s in people if not (talk.no_police and s.police_contact == "involves_police")])


def _card(library: Library, service: Service) -> list[str]:
    lines = [
        f"{service.name}: {service.description}",
        library.say("services.police", note=service.police_contact_note),
        *_reach(library, service),
    ]
    if service.hours:
        lines.append(library.say("services.hours", hours=service.hours))
    if service.languages and service.languages != ("English",):
        lines.append(library.say("services.languages", languages=", ".join(service.languages)))
    return lines


def short_card(library: Library, service: Service) -> list[str]:
    """A card for someone who has no time: name and what it does, police, how to reach it."""
    return [
        f"{service.name}: {service.description}",
        library.say("services.police", note=service.police_contact_note),
        " / ".join(_reach(library, service)),
    ]


def _reach(library: Library, service: Service) -> list[str]:
    ways = []
    if service.phone:
        ways.append(library.say("services.call", number=service.phone.number))
    if service.text:
        key = "services.text_keyword" if service.text.keyword else "services.text"
        ways.append(library.say(key, number=service.text.number, keyword=service.text.keyword))
    if service.chat_url and not service.phone:
        ways.append(library.say("services.chat", url=service.chat_url))
    if service.url and not ways:
        ways.append(library.say("services.web", url=service.url))
    return ways


def _where(library: Library, talk: Conversation, picked: Sequence[Service]) -> str:
    if talk.jurisdiction in (None, FEDERAL):
        return library.say("services.anywhere")
    here = any(talk.jurisdiction in s.jurisdictions for s in picked)
    return library.say("services.near" if here else "services.widened", place=library.place(str(talk.jurisdiction)))


def _assured(library: Library, picked: Sequence[Service]) -> str:
    return library.say("services.assured", date=min(s.assured_date for s in picked).isoformat())
