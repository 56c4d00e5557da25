"""Puts an organization's name, opening and languages into what is said, after it was put into a language.

Only then: a translation belongs to the very words of Lantern, and the words here are another organization's.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from babel import Locale

from actions.knowledge.catalogs import ENGLISH, offered_by
from actions.knowledge.library import Library
from actions.knowledge.records import Phrase
from actions.knowledge.site_records import LANTERN

T = TypeVar("T")
GREETING, LANGUAGES = "greet", "language_switch"
_NAME = re.compile(r"\bLantern(?![a-z])")


def dressed(view: Library) -> Library:
    """`view`, in whatever language it is, as its site wants it."""
    site = view.site
    if site == LANTERN:
        return view
    opening = site.opening.get(view.language) or site.opening.get(ENGLISH)
    interface, pages, phrases = view.interface, view.pages, dict(view.phrases)
    if site.name:
        interface, pages = _named(interface, site.name), _named(pages, site.name)
        phrases = {topic: _named_phrase(phrase, site.name) for topic, phrase in phrases.items()}
    own: dict[str, dict[str, str]] = {"here": {}, "sms": {}}
    if opening:
        own["here"]["opening"] = opening
        greeting = phrases[GREETING]
        phrases[GREETING] = greeting.copy(update={"more": (opening, *greeting.more)})
    if text := site.opening_sms.get(view.language):
        own["sms"]["opening"] = f"{interface['sms']['opening']} {text}"
    if site.languages:
        phrases[LANGUAGES] = _with_languages(view, phrases[LANGUAGES])
    interface = {**interface, **{name: {**interface[name], **texts} for name, texts in own.items()}}
    return replace(view, interface=interface, pages=pages, phrases=phrases)


def language_not_offered(view: Library) -> str:
    """In the language of `view`, that it is not spoken here, and which are."""
    return view.say("here.not_offered", languages=_names_of_languages(view))


def _names_of_languages(view: Library) -> str:
    """The languages that are offered, as the language of `view` calls them: "English, Spanish"."""
    return ", ".join(str(Locale(code).get_display_name(view.language)) for code in offered_by(view.site))


def _with_languages(view: Library, phrase: Phrase) -> Phrase:
    names = _names_of_languages(view)
    lead, short = (view.say(f"here.{key}", languages=names) for key in ("languages", "languages_short"))
    return phrase.copy(update={"lead": lead, "short": (short,)})


def _named_phrase(phrase: Phrase, name: str) -> Phrase:
    texts: dict[str, Any] = {"lead": phrase.lead, "more": phrase.more, "short": phrase.short}
    return phrase.copy(update=_named(texts, name))


def _named(value: T, name: str) -> T:
    """`value` with `name` wherever Lantern names itself."""
    made: Any = value
    if isinstance(value, str):
        made = _NAME.sub(lambda _: name, value)
    elif isinstance(value, Mapping):
        made = {key: _named(inner, name) for key, inner in value.items()}
    elif isinstance(value, list | tuple):
        made = type(value)(_named(inner, name) for inner in value)
    return made
