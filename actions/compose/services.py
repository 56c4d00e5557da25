"""Services as cards: what each does about the police stands before its number."""

import datetime as dt
from collections.abc import Iterator, Sequence

from actions.answer import Answer, Choice, Draft, Link
from actions.compose.choices import command_choice, next_choices, payload
from actions.compose.hours import day, hours
from actions.conversation import Conversation
from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.library import FEDERAL, Library
from actions.knowledge.service_records import Service
from actions.knowledge.towns import Town, timezone, town_of
from actions.services.nearness import distance, is_near
from actions.services.picking import pick
from actions.services.search import AT_ONCE, Found
from actions.services.wish import Wish

POPULATIONS = {"need_youth_help": "youth"}  # who asks, where nothing else was said
OLD_DAYS = 180  # since a service was last checked; then the card says so
# What a message calls a language -> what services call it.
SPOKEN = {
    "es": ("Spanish",),
    "zh": ("Chinese", "Mandarin", "Cantonese"),
    "ko": ("Korean",),
    "other": ("one that we do not ask for by name",),  # so that those with an interpreter come first
}


def services_answer(library: Library, talk: Conversation, topic: str) -> tuple[Answer, tuple[str, ...]]:
    """The next services for `topic`, and the ids of all that have been shown."""
    need = library.needs.needs[topic]
    wanted = wish(library, talk, topic)
    found = library.directory.find(wanted).without(talk.shown)
    picked = _own_first(library, found, pick(found, wanted))
    draft = Draft(id=f"services.{topic}.{talk.jurisdiction or FEDERAL}")
    if not picked:
        ending = library.say("more.services_end" if talk.shown else "services.none")
        draft.say(ending)
        draft.short.append(ending)
    else:
        draft.say(
            need.lead, library.say("services.no_police") if talk.no_police else None, _where(library, talk, picked)
        )
        add_services(draft, library, picked, talk)
        draft.say(_ask_first(library, picked), _assured(library, picked, talk))
    if len(found) > len(picked):
        draft.offer([command_choice(library, "services.more", "more")])
    if not talk.no_police:
        label = library.say("services.no_police_choice")
        draft.offer([Choice(label, payload(topic, no_police="yes"))])
    draft.offer(next_choices(library, topic))
    return draft.done(), (*talk.shown, *(s.id for s in picked))


def _own_first(library: Library, found: Found, picked: Sequence[Service]) -> list[Service]:
    """What the site names first stands first, wherever it fits; the rest as it was picked."""
    own = found.among(library.site.first)
    return [*own, *(service for service in picked if service not in own)][:AT_ONCE]


def wish(library: Library, talk: Conversation, topic: str) -> Wish:
    """What `talk` looks for under `topic`."""
    return Wish(
        need=library.needs.needs[topic],
        state=talk.jurisdiction,
        town=_near(talk),
        population=talk.population or POPULATIONS.get(topic),
        languages=frozenset(name for code in _languages(talk) for name in SPOKEN.get(code, ())),
        no_police=talk.no_police,
        asked=frozenset(talk.asked),
        now=talk.now,
    )


def _languages(talk: Conversation) -> tuple[str, ...]:
    """Codes of the languages that services should speak: those the person named, otherwise that of the talk."""
    named = tuple(code for code in talk.languages if code != ENGLISH)
    return named or ((talk.spoken,) if talk.spoken != ENGLISH else ())


def add_services(draft: Draft, library: Library, services: Sequence[Service], talk: Conversation) -> None:
    """A card for each service: name, what it does, police, then how to reach it."""
    for service in services:
        draft.say(*card(library, service, talk))
        draft.short.append(short_line(library, service))
        draft.cite(Link(source.title, source.url) for source in service.sources)


def short_line(library: Library, service: Service) -> str:
    """A service in a text message: police, then how to reach it."""
    return library.say(
        "services.short",
        name=service.name,
        police=library.say(f"services.police_short.{service.police_contact}"),
        reach=next(iter(_reach(library, service)), ""),
    )


def add_people(draft: Draft, library: Library, talk: Conversation) -> None:
    """Cards of the lines that are named where there is no answer: the site's own, and `always` in needs.yml."""
    by_id = {service.id: service for service in library.services}
    names = dict.fromkeys((*library.site.first, *library.needs.always))
    people = [by_id[name] for name in names if name in by_id]
    people = [s for s in people if not (talk.no_police and s.police_contact == "involves_police")]
    add_services(draft, library, people, talk)


def legal_help_lines(library: Library, talk: Conversation, code: str) -> list[str]:
    """Cards of lawyers for the place `code`."""
    there = Conversation("need_legal_help", "need_legal_help", jurisdiction=code, no_police=talk.no_police)
    found = library.directory.find(wish(library, there, "need_legal_help"))[:2]
    return [line for service in found for line in card(library, service, talk)]


def card(library: Library, service: Service, talk: Conversation) -> list[str]:
    """Everything a person needs to act: what it does, police, ways to reach it, hours in their time, language, cost."""
    return [*short_card(library, service)[:2], *_reach(library, service), *_details(library, service, talk)]


def short_card(library: Library, service: Service) -> list[str]:
    """A card for someone who has no time: name and what it does, police, how to reach it."""
    return [
        f"{service.name}: {service.description}",
        library.say("services.police", note=service.police_contact_note),
        " / ".join(_reach(library, service)),
    ]


def _details(library: Library, service: Service, talk: Conversation) -> Iterator[str]:
    near = town_of(talk.near)
    today = talk.now.date() if talk.now else dt.date.today()
    if when := hours(library, service, near.timezone if near else timezone(talk.jurisdiction), today):
        yield library.say("services.hours", hours=when)
    names = library.interface["language_names"]
    spoken = ", ".join(names.get(language, language) for language in service.languages)
    if service.interpretation_services:
        yield library.say("services.languages", languages=spoken or names["English"])
        yield library.say("services.interpreter", note=service.interpretation_services)
    elif service.languages and service.languages != ("English",):
        yield library.say("services.languages", languages=spoken)
    yield from _say_language(library, service, talk)
    fee = service.fees_description or ""
    if fee and fee != "free":
        yield library.say("services.cost", cost=fee)
    yield from filter(None, (service.eligibility_description, service.may_ask, service.need_not_tell))
    asked = _near(talk)
    away = distance(service, asked)
    if asked and away is not None and away >= 1:
        yield library.say("services.away", miles=round(away / 1.609), town=asked.name)


def _say_language(library: Library, service: Service, talk: Conversation) -> Iterator[str]:
    """What to say on the phone to be understood, where the service has somebody for the language of the talk."""
    wanted = SPOKEN.get(talk.spoken, ())
    speaks = next((name for name in service.languages if name in wanted), None)
    if service.voice and (speaks or wanted and service.interpretation_services):
        yield library.say("services.say_language", language=speaks or wanted[0])


def _reach(library: Library, service: Service) -> list[str]:
    ways: list[str] = []
    for phone in service.phones:
        if phone.type == "voice" and len(ways) < 2:
            key = "services.call_who" if phone.description else "services.call"
            ways.append(library.say(key, number=phone.number, who=phone.description))
    if text := service.text:
        key = "services.text_keyword" if text.keyword else "services.text"
        ways.append(library.say(key, number=text.number, keyword=text.keyword))
    if service.chat_url and not service.voice:
        ways.append(library.say("services.chat", url=service.chat_url))
    if service.url and not ways:
        ways.append(library.say("services.web", url=service.url))
    if service.email and not ways:
        ways.append(library.say("services.email", address=service.email))
    return ways


def _where(library: Library, talk: Conversation, picked: Sequence[Service]) -> str:
    if talk.jurisdiction in (None, FEDERAL):
        return library.say("services.anywhere")
    place = library.place(str(talk.jurisdiction))
    if not any(talk.jurisdiction in s.states for s in picked):
        return library.say("services.widened", place=place)
    if near := _near(talk):
        close = any(is_near(s, near) for s in picked)
        return library.say("services.near" if close else "services.widened_state", place=place, town=near.name)
    return library.say("services.near", place=place)


def _near(talk: Conversation) -> Town | None:
    """The town the person named, where it is in the state that is asked about."""
    found = town_of(talk.near)
    return found if found and found.state == talk.jurisdiction else None


def _ask_first(library: Library, picked: Sequence[Service]) -> str | None:
    return library.say("services.ask_first") if any(s.police_contact == "unknown" for s in picked) else None


def _assured(library: Library, picked: Sequence[Service], talk: Conversation) -> str:
    oldest = min(s.assured_date for s in picked)
    today = talk.now.date() if talk.now else dt.date.today()
    key = "services.assured_old" if (today - oldest).days > OLD_DAYS else "services.assured"
    return library.say(key, date=day(library, oldest))
