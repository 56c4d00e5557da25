"""What of `site.yml` can be used with the library at hand, and what cannot."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Protocol

from actions.knowledge.catalogs import ENGLISH, languages
from actions.knowledge.library import Library
from actions.knowledge.site_records import A_NUMBER, Colours, Site
from actions.overlay.colours import SCHEMES, hard_to_read
from actions.overlay.reading import SITE

Wrong = tuple[str, str, bool]  # where, why, is it an error


class Leave(Protocol):
    """Notes that something is left out."""

    def __call__(self, name: str, why: str, is_error: bool = True) -> None:
        """`name` is the field; it is not `is_error` where an update of Lantern made it so."""


def usable_site(library: Library, site: Site) -> tuple[Site, list[Wrong]]:
    """`site` without what cannot be used, and why it cannot."""
    wrong: list[Wrong] = []

    def leave(name: str, why: str, is_error: bool = True) -> None:
        wrong.append((f"{SITE}: {name}", why, is_error))

    no_language, no_place = "Lantern does not speak this language", "is no postal code we know"
    usable = {
        "colours": _colours(site.colours, leave),
        "opening": dict(_texts("opening", site.opening, leave)),
        "opening_sms": dict(_texts("opening_sms", site.opening_sms, leave)),
        "first": tuple(_first(library, site.first, leave)),
        "languages": tuple(_known("languages", site.languages, languages(), no_language, leave)),
        "jurisdictions": tuple(_known("jurisdictions", site.jurisdictions, library.places, no_place, leave)),
    }
    return site.copy(update=usable), wrong


def _colours(colours: Colours, leave: Leave) -> Colours:
    kept = {}
    for scheme in SCHEMES:
        hard = list(hard_to_read(colours, scheme))
        for why in hard:
            leave(f"colours.{scheme}", why)
        kept[scheme] = {} if hard else getattr(colours, scheme)
    return Colours(**kept)


def _texts(name: str, texts: Mapping[str, str], leave: Leave) -> Iterator[tuple[str, str]]:
    if texts and ENGLISH not in texts:
        leave(f"{name}.{ENGLISH}", "is missing: it stands in for the languages that have none")
    for language, text in texts.items():
        if language not in languages():
            leave(f"{name}.{language}", "Lantern does not speak this language", is_error=False)
        elif A_NUMBER.search(text):
            leave(f"{name}.{language}", "holds a telephone number: name its service under `first`")
        else:
            yield language, text


def _first(library: Library, ids: Iterable[str], leave: Leave) -> Iterator[str]:
    known = {service.id: service for service in library.services}
    for name in dict.fromkeys(ids):
        service = known.get(name)
        if service is None:
            leave(f"first: {name}", "there is no service of this id, or no longer", is_error=False)
        elif service.status != "active" or not service.reachable:
            leave(f"first: {name}", "is not active, or cannot be reached", is_error=False)
        elif service.police_contact == "involves_police":
            leave(f"first: {name}", "works with police, so it is not named before others")
        else:
            yield name


def _known(name: str, codes: Iterable[str], known: Container[str], why: str, leave: Leave) -> Iterator[str]:
    for code in dict.fromkeys(codes):
        if code in known:
            yield code
        else:
            leave(f"{name}: {code}", why)
