"""`lantern check` is as strict with an overlay as with data/, and says what is not used."""

import datetime as dt

import pytest
import yaml

from actions.knowledge.library import library
from actions.knowledge.revisions import section_revision
from actions.overlay.applying import overlaid
from actions.overlay.checking import check_overlay
from tests.actions.overlay.given import answer, law, read, service

TODAY = dt.date(2026, 11, 26)
LONG = "Notwithstanding constitutional considerations individuals retain comprehensive prerogatives. "
PASSPORT = "rights/passport_taken.yml"


@pytest.fixture
def found(tmp_path):
    """(where, what, is it an error) of everything a check finds in an overlay with the files given."""
    return lambda files: [(p.where, p.what, p.is_error) for p in check_overlay(read(tmp_path, files), library(), TODAY)]


def signed(revision: str) -> str:
    review = {"name": "R. Doe", "role": "lawyer", "on": "2026-11-21", "revision": revision}
    return answer("passport_taken") + yaml.safe_dump({"review": review})


SITE = f"""
name: Nuestro “Chat”
opening: {{en: "We rescue people. {LONG}"}}
opening_sms: {{en: “Ours”}}
colours: {{dark: {{link: '#333333'}}}}
"""
WRONG = {  # one overlay, wrong in many places
    "site.yml": SITE,
    "phrases/conversation.yml": "thanks: {lead: You should go., short: [Bye.]}",
    "phrases/interface.yml": "empty: You should write.\nplace: {heard: 'So, {place}!'}",
    "rights/debt_bondage.yml": answer("debt_bondage").replace("{say: Our own", "{say: You should rescue our own"),
    "rights/deportation_fear.yml": answer("deportation_fear").replace("{say: Our own", f"{{say: {LONG}Our own"),
    "rights/help_friend.yml": answer("help_friend").replace("from: [own_rules]", "from: [nowhere]"),
    "rights/labor_trafficking.yml": answer("labor_trafficking").replace("[Our own", "[“Our own” and our own"),
    "rights/leave_safely.yml": answer("leave_safely").replace("2026-11-20", "2027-11-20"),
    "rights/am_i_trafficked.yml": answer("am_i_trafficked") + "services: [nobody]",
    "rights/passport_taken.yml": signed("r00000000"),
    "law/OR.yml": law().replace('"Oregon: our', '"Here our'),
    "services/a.yml": service().replace("Food and", "They rescue people. Food and"),
    "services/b.yml": service("988-lifeline"),
    "translations/es.po": 'msgctxt "interface.place.heard"\nmsgid "So, {place}!"\nmsgstr "¡Bien!"\n',
}


@pytest.fixture(scope="module")
def wrong(tmp_path_factory):
    overlay = read(tmp_path_factory.mktemp("overlay"), WRONG)
    return [(p.where, p.what) for p in check_overlay(overlay, library(), TODAY) if p.is_error]


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("site.yml: name", "twice as long"),
        ("site.yml: opening.en", "“rescue”"),
        ("site.yml: opening.en", "reading grade"),
        ("site.yml: opening_sms", "twice as long"),
        ("site.yml: colours.dark", "link on paper has a contrast"),
        ("phrases: thanks", "“You should”"),
        ("phrases/interface.yml: empty", "“You should”"),
        ("rights.debt_bondage", "“rescue”"),
        ("rights.deportation_fear", "reading grade"),
        ("rights.help_friend", "the source “nowhere” is not in this file"),
        ("rights.labor_trafficking", "twice as long"),
        ("rights.leave_safely", "still to come"),
        ("am_i_trafficked", "nobody is no service"),
        ("rights.passport_taken", "stands for the revision r00000000"),
        ("law/OR.yml: condoms", "does not name Oregon"),
        ("services: a-day-center", "“rescue”"),
        ("services: 988-lifeline", "not used"),
        ("translations/es.po", "the translation lacks {place}"),
    ],
)
def test_it_finds(where, what, wrong):
    assert any(where in its and what in said for its, said in wrong), wrong


def test_a_sign_off_of_what_is_there_counts(tmp_path, found):
    made, _ = overlaid(library(), read(tmp_path, {PASSPORT: answer("passport_taken")}), TODAY)
    own = made.sections["passport_taken"]
    revision = section_revision(made, "rights.passport_taken", own, own)
    assert any(revision in what for _, what, _ in found({PASSPORT: signed("r00000000")}))
    assert not any("revision" in what for _, what, _ in found({PASSPORT: signed(revision)}))


def test_what_lantern_checked_later_is_noted(found):
    notes = found({PASSPORT: answer("passport_taken").replace("2026-11-20", "2026-11-01")})
    lanterns = library().sections["passport_taken"].checked_on
    wanted = f"was checked on 2026-11-01; Lantern's own, which it replaces, on {lanterns}"
    assert ("rights.passport_taken", wanted, False) in notes


def test_what_waits_for_a_translator_is_counted_for_the_languages_offered(found):
    files = {"site.yml": "languages: [es, ko]", "phrases/interface.yml": "empty: No words?"}
    notes = [one for one in found(files) if "not translated" in one[1]]
    assert sorted(notes) == [
        (f"translations/{code}.po", "1 texts of yours are not translated, and are said in English", False)
        for code in ("es", "ko")
    ]


def test_an_empty_one_is_fine(found):
    assert found({}) == []
