"""Makes an organization's own library out of Lantern's and its overlay.

What is not of its shape was refused when it was read. What cannot be used (an answer to a topic that is gone since an
update, a sentence that nobody may change) is left out and named, so that an update never stops a service.
"""

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import Any, NamedTuple

from actions.knowledge.catalogs import ENGLISH, Key, languages
from actions.knowledge.check import service_problems
from actions.knowledge.law_records import Law
from actions.knowledge.library import FEDERAL, Library
from actions.knowledge.records import Phrase, Topic
from actions.knowledge.service_records import Service
from actions.knowledge.site_records import A_NUMBER
from actions.knowledge.translations import messages
from actions.overlay import floor
from actions.overlay.merging import with_answer, with_sections
from actions.overlay.reading import CONVERSATION, INTERFACE, Overlay
from actions.overlay.usable_site import usable_site

GONE = "Lantern has none of this name, or no longer"


class LeftOut(NamedTuple):
    """Something of an overlay that is not used: in which file, and why. Not an error where an update made it so."""

    where: str
    why: str
    is_error: bool = True


@dataclass
class _Applied:
    """One overlay as it is applied to Lantern's own library."""

    ours: Library
    overlay: Overlay
    left: list[LeftOut] = field(default_factory=list)

    def leave(self, where: str, why: str, is_error: bool = True) -> None:
        self.left.append(LeftOut(where, why, is_error))

    def phrases(self) -> Mapping[str, Phrase]:
        found = dict(self.ours.phrases)
        for topic, phrase in self.overlay.phrases.items():
            where = f"{CONVERSATION}: {topic}"
            if topic not in found:
                self.leave(where, GONE, is_error=False)
            elif not floor.may_replace_phrase(topic):
                self.leave(where, "is the same for everybody, and stays as Lantern says it")
            elif any(A_NUMBER.search(text) for text in (phrase.lead, *phrase.more, *phrase.short)):
                self.leave(where, NUMBER)
            else:
                found[topic] = phrase
        return found

    def interface(self) -> Mapping[str, Any]:
        changed = {}
        for name, text in self.overlay.interface.items():
            where = f"{INTERFACE}: {name}"
            before = _sentence(self.ours, name)
            if before is None:
                self.leave(where, GONE, is_error=False)
            elif not floor.may_replace_sentence(name):
                self.leave(where, "is the same for everybody, and stays as Lantern says it")
            elif A_NUMBER.search(text):
                self.leave(where, NUMBER)
            elif wrong := _values(text) - _values(before):
                self.leave(where, f"has the value {', '.join(sorted(wrong))}, which this sentence is not given")
            else:
                changed[name] = text
        return _replaced(self.ours.interface, changed)

    def answers(self) -> Mapping[str, Topic]:
        found = dict(self.ours.sections)
        for folder, own in self.overlay.answers:
            where = f"{folder}/{own.topic}.yml"
            entry = self.ours.topics.get(own.topic)
            if entry is None:
                self.leave(where, GONE, is_error=False)
            elif not floor.may_replace_answer(own.topic):
                self.leave(where, "is answered in the same way everywhere, because somebody may be in danger")
            elif entry.source in ("phrases", "services"):
                what = {"phrases": f"with a phrase: {CONVERSATION}", "services": "with services: services/"}
                self.leave(where, f"is answered {what[entry.source]}")
            elif (belongs := self.ours.folder(own.topic)) != folder:
                self.leave(where, f"belongs in {belongs}/")
            else:
                found[own.topic] = with_answer(self.ours.sections.get(own.topic), own)
        return found

    def laws(self) -> Mapping[str, Law]:
        found = dict(self.ours.laws)
        for own in self.overlay.laws:
            if own.code in found:
                found[own.code] = with_sections(found[own.code], own)
            else:
                self.leave(f"law/{own.code}.yml", GONE, is_error=False)
        return found

    def services(self, today: dt.date) -> tuple[Service, ...]:
        fixed, known = floor.fixed_services(self.ours), {service.id for service in self.ours.services}
        own: dict[str, Service] = {}
        for service in self.overlay.services:
            where = f"services: {service.id}"
            wrong = [p.what for p in service_problems(where, service, self.ours, today) if p.is_error]
            if service.id in own:
                self.leave(where, "stands twice")
            elif service.id in fixed:
                self.leave(where, "is named in a crisis, so it stays as Lantern has it")
            elif wrong:
                self.leave(where, "; ".join(wrong))
            else:
                own[service.id] = service
        replaced = (own.get(service.id, service) for service in self.ours.services)
        return (*replaced, *(service for name, service in own.items() if name not in known))

    def translations(self) -> Mapping[str, Mapping[Key, str]]:
        known = languages().keys() - {ENGLISH}
        for code in sorted(self.overlay.translations.keys() - known):
            self.leave(f"translations/{code}.po", "Lantern does not speak this language", is_error=False)
        own = {code: texts for code, texts in self.overlay.translations.items() if code in known}
        ours = {(words.context, words.text) for words in messages(self.ours)} if own else set()
        return {code: dict(self._fit_to_say(code, texts, ours)) for code, texts in own.items()}

    def _fit_to_say(self, code: str, texts: Mapping[Key, str], ours: Container[Key]) -> Iterable[tuple[Key, str]]:
        """Translations of what is the overlay's own, that add no number and no value to it."""
        for key, text in texts.items():
            where = f"translations/{code}.po: {key[1][:40]}"
            if key in ours:
                self.leave(where, "is said by Lantern, and stays as Lantern translates it")
            elif A_NUMBER.search(text) and not A_NUMBER.search(key[1]):
                self.leave(where, NUMBER)
            elif wrong := _values(text) - _values(key[1]):
                self.leave(where, f"has the value {', '.join(sorted(wrong))}, which the English is not given")
            else:
                yield key, text


NUMBER = "holds a telephone number: it belongs in services/, where it is said what they do about the police"


def overlaid(ours: Library, overlay: Overlay, today: dt.date | None = None) -> tuple[Library, tuple[LeftOut, ...]]:
    """`ours` with everything of `overlay` that can be used; and what cannot."""
    apply = _Applied(ours, overlay)
    for name in overlay.strange:
        apply.leave(name, "is no file of an overlay, so nothing reads it")
    made = replace(
        ours,
        phrases=apply.phrases(),
        interface=apply.interface(),
        sections=apply.answers(),
        laws=apply.laws(),
        services=apply.services(today or dt.date.today()),
        translations=apply.translations(),
    )
    site, wrong = usable_site(made, overlay.site)
    apply.left += (LeftOut(*one) for one in wrong)
    made = replace(made, site=site, laws=_served(made.laws, site.jurisdictions), overlaid=True)
    return made, tuple(apply.left)


def _served(laws: Mapping[str, Law], places: Iterable[str]) -> Mapping[str, Law]:
    """Federal law, and that of `places`; all of it where there are none."""
    kept = {FEDERAL, *places}
    return {code: law for code, law in laws.items() if code in kept} if len(kept) > 1 else laws


def _sentence(library: Library, name: str) -> str | None:
    found: Any = library.interface
    for step in name.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else None


def _values(text: str) -> set[str]:
    """The values that `text` is to be filled with; "?" where its braces are none of them."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"?"}


def _replaced(tree: Mapping[str, Any], changed: Mapping[str, str], at: str = "") -> dict[str, Any]:
    """`tree` with the sentences of `changed`, by name."""
    names = {key: f"{at}.{key}" if at else key for key in tree}
    return {
        key: _replaced(value, changed, names[key]) if isinstance(value, Mapping) else changed.get(names[key], value)
        for key, value in tree.items()
    }
