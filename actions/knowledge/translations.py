"""What Lantern says in other languages: `data/translations/<language>/<area>.po`, in gettext's form.

Every English sentence of `data/` is a message; its translation stands beside it, so that a translator edits one
readable file, in any program for translators. A translation belongs to the very words it was made from: once the
English changes, it counts as missing, and English is said instead until somebody translates it anew.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from actions.knowledge.records import Fact, Followup, Phrase, Record, Section, TopicEntry
from actions.knowledge.service_records import Need, Phone, Service

if TYPE_CHECKING:
    from actions.knowledge.library import Library

AREAS = ("interface", "answers", "services", "law")  # a file each
AREA_OF = {"laws": "law", "sections": "answers", "services": "services"}  # fields of the library
WITHOUT_RECORDS = ("interface", "pages", "places")  # plain texts by their path, which is their context
OF_THE_LIBRARY = ("documents", "groups", "lapsed", "off", "overlaid", "language", "site", "translations")
UNSAID = (*OF_THE_LIBRARY, "test", "source")  # told to nobody
SAID: Mapping[type[Record], tuple[str, ...]] = {  # the fields of each record that a person is told
    Fact: ("say",),
    Section: ("short",),
    Phrase: ("lead", "more", "short"),
    TopicEntry: ("label",),
    Followup: ("label",),
    Need: ("lead",),
    Phone: ("description",),
    Service: (
        "description",
        "hours",
        "interpretation_services",
        "fees_description",
        "eligibility_description",
        "may_ask",
        "need_not_tell",
        "police_contact_note",
    ),
}


INSIDE = frozenset(  # the fields of records that hold further records with such texts
    {"lead", "facts", "limits", "next", "followups", "phones", "needs", "immunity", "safe_harbor", "condoms", "records"}
    | {"trafficking_defense", "officer_contact", "eligibility", "process", "cost_time", "documents", "ordinary"}
)


class Words(NamedTuple):
    """One English text. `context` tells apart texts that are the same in English (words of the interface)."""

    text: str
    context: str
    area: str


class Untranslated(LookupError):
    """There is no translation of a text."""


Translate = Callable[[Words], str]  # may raise `Untranslated`


def translated(library: "Library", translate: Translate) -> "Library":
    """`library` with everything that a person is told handed through `translate`.

    Nothing is mixed: a section or a service of which one text is missing stays English altogether.
    """
    changed = {}
    for field in fields(library):
        if field.name not in UNSAID:
            area = AREA_OF.get(field.name, "interface")
            context = field.name if field.name in WITHOUT_RECORDS else ""
            changed[field.name] = _walk(getattr(library, field.name), translate, area, context)
    return replace(library, **changed)


def messages(library: "Library") -> Iterator[Words]:
    """Every text that a person is told, once, in the order of `library`."""
    found: dict[Words, None] = {}

    def note(words: Words) -> str:
        found[words] = None
        return words.text

    translated(library, note)
    yield from found


def _walk(value: Any, translate: Translate, area: str, context: str) -> Any:
    """`value` with its texts translated. A text that is not in a record needs a context: its path."""
    if isinstance(value, Section | Service | Phrase):
        try:
            return _record(value, translate, area)
        except Untranslated:
            return value
    if isinstance(value, Record):
        return _record(value, translate, area)
    if isinstance(value, Mapping):
        inner = {key: f"{context}.{key}" if context else "" for key in value}
        return {k: v if k in UNSAID else _walk(v, translate, area, inner[k]) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(
            _walk(item, translate, area, f"{context}.{at}" if context else "") for at, item in enumerate(value)
        )
    if isinstance(value, str) and context:
        return _or_english(translate, Words(value, context, area))
    return value


def _or_english(translate: Translate, words: Words) -> str:
    try:
        return translate(words)
    except Untranslated:
        return words.text


def _record(record: Record, translate: Translate, area: str) -> Record:
    said = {name for kind, names in SAID.items() if isinstance(record, kind) for name in names}
    changed: dict[str, Any] = {}
    for name in record.__fields__:
        value = getattr(record, name)
        if name in said and isinstance(value, str):
            changed[name] = translate(Words(value, "", area))
        elif name in said and isinstance(value, tuple):
            changed[name] = tuple(translate(Words(text, "", area)) for text in value)
        elif name in INSIDE and value:
            changed[name] = _walk(value, translate, area, "")
    return record.copy(update=changed) if changed else record
