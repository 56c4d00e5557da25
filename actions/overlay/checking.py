"""Checks an overlay as strictly as `data/`, and says what is wrong or not used, by file."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from actions.knowledge import style
from actions.knowledge.catalogs import ENGLISH, offered_by, wrong_translation
from actions.knowledge.check import WORDS_FILE, Problem, check
from actions.knowledge.library import Library
from actions.knowledge.names import sections
from actions.knowledge.records import Checked, Reviewed, Section
from actions.knowledge.revisions import section_revision, service_revision, settled
from actions.overlay.applying import overlaid
from actions.overlay.merging import OWN
from actions.overlay.reading import INTERFACE, SITE, Overlay
from actions.overlay.translating import own_messages


def check_overlay(overlay: Overlay, ours: Library, today: dt.date) -> Iterator[Problem]:
    """What is wrong with `overlay`, or worth knowing. `ours` is Lantern's own library."""
    everywhere = replace(overlay, site=overlay.site.copy(update={"jurisdictions": ()}))
    whole, _ = overlaid(ours, everywhere, today)
    used, left = overlaid(ours, overlay, today)
    yield from (Problem(one.where, f"{one.why}; not used", one.is_error) for one in left)
    before = set(check(ours, today).problems)
    for problem in check(settled(whole), today).problems:
        if problem not in before:
            yield replace(problem, what=problem.what.replace(f"“{OWN}", "“"))
    yield from _words(overlay)
    yield from _translations(used, ours)
    yield from _reviews(whole, ours)
    yield from _older(whole, ours)


def _words(overlay: Overlay) -> Iterator[Problem]:
    """Of what is no section, phrase or service: these are checked with the library."""
    site = overlay.site
    texts = {f"{INTERFACE}: {name}": text for name, text in overlay.interface.items()}
    texts |= {f"{SITE}: {name}": text for name in ("name", "operator") if (text := getattr(site, name))}
    texts |= {
        f"{SITE}: {name}.{ENGLISH}": getattr(site, name)[ENGLISH]
        for name in ("opening", "opening_sms")
        if ENGLISH in getattr(site, name)
    }
    for where, text in texts.items():
        yield from (Problem(where, f"says {avoided}") for avoided in style.avoided_words(text, WORDS_FILE))
        if where.startswith(f"{SITE}: opening") and (grade := style.grade(text)) > style.GRADE_MAX:
            yield Problem(where, f"reading grade {grade:.1f}, at most {style.GRADE_MAX:g}")
    for name in ("name", "operator", "opening_sms"):
        text = texts.get(f"{SITE}: {name}", texts.get(f"{SITE}: {name}.{ENGLISH}", ""))
        if odd := style.not_gsm7(text):
            yield Problem(f"{SITE}: {name}", f"{' '.join(odd)} would make a text message twice as long")


def _translations(whole: Library, ours: Library) -> Iterator[Problem]:
    """What is said in English only, and translations that say something else."""
    own = own_messages(whole, ours)
    for language in offered_by(whole.site).keys() - {ENGLISH}:
        texts = whole.translations.get(language, {})
        where = f"translations/{language}.po"
        wrong = (wrong_translation(w.text, texts[w.context, w.text]) for w in own if (w.context, w.text) in texts)
        yield from (Problem(where, what) for what in wrong if what)
        if missing := sum((w.context, w.text) not in texts for w in own):
            yield Problem(
                where, f"{missing} texts of yours are not translated, and are said in English", is_error=False
            )


def _reviews(whole: Library, ours: Library) -> Iterator[Problem]:
    """Sign-offs that stand for another revision than what is there."""
    for name, file, section in _own_sections(whole, ours):
        if isinstance(section.review, Reviewed):
            yield from _lapsed(name, section.review, section_revision(whole, name, file, section))
    for service in set(whole.services) - set(ours.services):
        if isinstance(service.review, Reviewed):
            yield from _lapsed(f"services: {service.id}", service.review, service_revision(service))


def _lapsed(where: str, signed: Reviewed, revision: str) -> Iterator[Problem]:
    if signed.revision != revision:
        had = signed.revision or "none"
        yield Problem(where, f"review: stands for the revision {had}, what is there now is {revision}; not counted")


def _older(whole: Library, ours: Library) -> Iterator[Problem]:
    """Own sections that replace one of Lantern's that was checked later."""
    lanterns = {name: file.stamp(section).checked_on for name, file, section in sections(ours)}
    for name, file, section in _own_sections(whole, ours):
        checked_on = file.stamp(section).checked_on
        if name in lanterns and lanterns[name] > checked_on:
            what = f"was checked on {checked_on}; Lantern's own, which it replaces, on {lanterns[name]}"
            yield Problem(name, what, is_error=False)


def _own_sections(whole: Library, ours: Library) -> Iterator[tuple[str, Checked, Section]]:
    lanterns = {name: {fact.say for fact in section.all_facts()} for name, _, section in sections(ours)}
    for name, file, section in sections(whole):
        if {fact.say for fact in section.all_facts()} != lanterns.get(name):
            yield name, file, section
