"""What is theirs replaces what is Lantern's, and nothing else changes; what cannot be used is left out and named."""

import datetime as dt
from dataclasses import replace

import pytest

from actions.answering import reply
from actions.compose.asking import ask_which
from actions.conversation import Conversation
from actions.knowledge.catalogs import localized
from actions.knowledge.library import library
from actions.knowledge.names import sections
from actions.overlay.applying import overlaid
from tests.actions.overlay.given import answer, law, read, service

TODAY = dt.date(2026, 11, 26)


@pytest.fixture
def applied(tmp_path):
    """The library and what was left out, of an overlay with the files given."""
    return lambda files: overlaid(library(), read(tmp_path, files), TODAY)


def test_an_answer_is_replaced_and_its_follow_ups_stay(applied):
    ours = library().sections["passport_taken"]
    made, left = applied({"rights/passport_taken.yml": answer("passport_taken")})
    own = made.sections["passport_taken"]
    assert not left and own.lead.say == "Our own words about this." and own.checked_on == dt.date(2026, 11, 20)
    assert made.source(own, own.lead.sources[0]).title == "Our rules"
    assert own.followups.keys() == ours.followups.keys()
    for name, section in own.followups.items():
        before = ours.followups[name]
        assert section.all_facts() == before.all_facts() and own.stamp(section) == ours.stamp(before)
        for fact in section.all_facts():
            for key in fact.sources:
                assert made.source(own, key) == library().source(ours, key)
    others = {topic: file for topic, file in made.sections.items() if topic != "passport_taken"}
    assert others == {topic: file for topic, file in library().sections.items() if topic != "passport_taken"}


def test_a_source_of_the_same_name_is_not_taken_for_theirs(applied):
    ours = library().sections["passport_taken"]
    key = next(k for section in ours.followups.values() for f in section.all_facts() for k in f.sources if "/" not in k)
    made, _ = applied({"rights/passport_taken.yml": answer("passport_taken").replace("own_rules", key)})
    own = made.sections["passport_taken"]
    assert made.source(own, own.lead.sources[0]).title == "Our rules"
    assert made.source(own, key) == ours.sources[key]


def test_a_section_of_the_law_is_replaced(applied):
    ours = library().laws["OR"]
    made, left = applied({"law/OR.yml": law()})
    merged = made.laws["OR"]
    assert not left and merged.condoms.lead.say == "Our lawyer found no law on condoms as proof."
    assert merged.stamp(merged.condoms).checked_on == dt.date(2026, 11, 20)
    for path, section in ours.sections().items():
        if path != "condoms":
            assert merged.sections()[path] == section and merged.stamp(section) == ours.stamp(section)
    for name, file, section in sections(made):
        assert all(made.source(file, key) for fact in section.all_facts() for key in fact.sources), name
    assert merged.records == ours.records
    assert {c: other for c, other in made.laws.items() if c != "OR"} == {
        c: other for c, other in library().laws.items() if c != "OR"
    }


def test_a_service_is_added_and_one_of_the_same_id_replaced(applied):
    replaced = next(s.id for s in library().services if s.id.startswith("or-"))
    made, left = applied({"services/own.yml": service(), "services/theirs.yml": service(replaced)})
    assert not left and len(made.services) == len(library().services) + 1
    assert made.services[-1].id == "a-day-center"
    assert next(s for s in made.services if s.id == replaced).name == "A day center"


@pytest.mark.parametrize(
    ("files", "where", "why", "is_error"),
    [
        ({"rights/gone_topic.yml": answer("gone_topic")}, "rights/gone_topic.yml", "no longer", False),
        ({"rights/crisis_danger.yml": answer("crisis_danger")}, "crisis_danger", "in danger", True),
        ({"rights/why_not_arrest.yml": answer("why_not_arrest")}, "why_not_arrest", "belongs in guidance/", True),
        ({"rights/thanks.yml": answer("thanks")}, "thanks", "phrases/conversation.yml", True),
        ({"rights/need_shelter.yml": answer("need_shelter")}, "need_shelter", "services/", True),
        ({"law/ZZ.yml": law("ZZ")}, "law/ZZ.yml", "no longer", False),
        ({"services/a.yml": service("988-lifeline")}, "services: 988-lifeline", "in a crisis", True),
        ({"services/a.yml": service(), "services/b.yml": service()}, "services: a-day-center", "twice", True),
        ({"services/a.yml": service().replace("state: OR", "state: ZZ")}, "a-day-center", "ZZ is no postal code", True),
        ({"phrases/conversation.yml": "gone: {lead: Hello., short: [Hello.]}"}, "gone", "no longer", False),
        ({"phrases/interface.yml": "gone: Hello"}, "phrases/interface.yml: gone", "no longer", False),
        ({"phrases/interface.yml": "place: {heard: 'So, {town}.'}"}, "place.heard", "the value town", True),
        ({"phrases/interface.yml": "place: {heard: 'So {'}"}, "place.heard", "has the value ?", True),
        ({"site.yml": "first: [nobody]"}, "site.yml: first: nobody", "no longer", False),
        ({"site.yml": "first: [a-day-center]", "services/a.yml": service(police="involves_police")},
         "site.yml: first: a-day-center", "works with police", True),
        ({"site.yml": "languages: [en, tlh]"}, "site.yml: languages: tlh", "does not speak", True),
        ({"site.yml": "jurisdictions: [XX]"}, "site.yml: jurisdictions: XX", "no postal code", True),
        ({"site.yml": "opening: {es: Hola a todos.}"}, "site.yml: opening.en", "is missing", True),
        ({"site.yml": "opening: {en: Hello., fr: Bonjour.}"}, "site.yml: opening.fr", "does not speak", False),
        ({"site.yml": "colours: {light: {ink: '#dddddd'}}"}, "site.yml: colours.light", "contrast", True),
        ({"translations/fr.po": ""}, "translations/fr.po", "does not speak", False),
        ({"notes.txt": "hello"}, "notes.txt", "no file of an overlay", True),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_left_out_and_named(files, where, why, is_error, applied):
    made, left = applied(files)
    assert any(where in one.where and why in one.why and one.is_error is is_error for one in left), left
    assert made.sections == library().sections and made.phrases == library().phrases
    assert made.interface == library().interface and made.laws == library().laws
    assert not (made.site.first or made.site.jurisdictions or made.site.colours.light or "tlh" in made.site.languages)


def test_outside_the_places_served_federal_law_is_told_and_it_says_so(applied):
    made, _ = applied({"site.yml": "jurisdictions: [OR, WA]"})
    assert made.laws.keys() == {"OR", "WA", "US"}
    there = Conversation("immunity_reporting", "immunity_reporting", jurisdiction="TX")
    told = reply(made, there, TODAY).answer
    federal = library().laws["US"].immunity.lead.say
    assert told.lines[0].startswith("I know the law of Oregon, Washington here, and federal law. For Texas,")
    assert federal in told.lines and told.short[0].startswith("I know only the law of Oregon, Washington here.")
    assert any(line.startswith("Police: ") for line in told.lines)
    assert reply(localized(made, "es"), there, TODAY).answer.lines[0].startswith("Aquí conozco la ley de Oregón")
    here = Conversation("immunity_reporting", "immunity_reporting", jurisdiction="OR")
    assert reply(made, here, TODAY).answer == reply(library(), here, TODAY).answer


def test_what_is_named_first_stands_first_where_it_fits(applied):
    made, _ = applied({"site.yml": "first: [a-day-center]", "services/a.yml": service()})
    food = Conversation("need_food_money_jobs", "need_food_money_jobs", jurisdiction="OR")
    told = reply(made, food, TODAY)
    assert told.shown[0] == "a-day-center" and len(told.shown) == 3
    assert told.answer.short[0].startswith("A day center. Police: never without your OK.")
    again = reply(made, replace(food, shown=told.shown), TODAY)
    assert "a-day-center" not in again.shown[3:]
    for elsewhere in (
        replace(food, jurisdiction="WA"),
        Conversation("need_legal_help", "need_legal_help", jurisdiction="OR"),
    ):
        assert reply(made, elsewhere, TODAY).answer == reply(library(), elsewhere, TODAY).answer
    lost = Conversation("nlu_fallback", None, misses=2)
    assert ask_which(made, lost).lines[1].startswith("A day center:")


def test_what_is_not_translated_says_so_and_what_is_does_not(applied):
    files = {"rights/passport_taken.yml": answer("passport_taken")}
    po = 'msgid "Our own words about this."\nmsgstr "Nuestras palabras sobre esto."\n'
    talk = Conversation("passport_taken", "passport_taken")
    english_only = localized(applied(files)[0], "es")
    told = reply(english_only, talk, TODAY).answer
    assert told.lines[0] == "Our own words about this." and "Por ahora solo tenemos esto en inglés." in told.lines
    both = localized(applied({**files, "translations/es.po": po})[0], "es")
    told = reply(both, talk, TODAY).answer
    assert told.lines[0] == "Nuestras palabras sobre esto."
    assert not any(both.say(f"answer.{key}") in told.lines for key in ("not_translated", "machine_translated"))
    ours = reply(both, Conversation("debt_bondage", "debt_bondage"), TODAY).answer
    assert both.say("answer.machine_translated") in ours.lines
