"""An overlay is read whole; what is not of its shape is named by file and line, all of it at once."""

import pytest

from actions.knowledge.site_records import LANTERN
from actions.knowledge.yaml_file import DataError
from actions.overlay.reading import read_overlay
from tests.actions.overlay.given import answer, law, read, service, write_files


def test_an_empty_folder_and_none_change_nothing(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        overlay = read_overlay(folder)
        assert overlay.site == LANTERN and not overlay.strange
        assert not (overlay.phrases or overlay.interface or overlay.answers or overlay.laws or overlay.services)


def test_everything_is_read(tmp_path):
    files = {
        "site.yml": "name: Our Chat\nfirst: [a-day-center]",
        "phrases/conversation.yml": "thanks: {lead: Any time., short: [Any time.]}",
        "phrases/interface.yml": "place: {ask: Which state?}\nempty: No words.",
        "rights/passport_taken.yml": answer("passport_taken"),
        "guidance/why_not_arrest.yml": answer("why_not_arrest"),
        "law/OR.yml": law(),
        "services/center.yml": service(),
        "translations/es.po": 'msgid "Any time."\nmsgstr "Cuando quiera."\n',
        "README.md": "ours",
        ".git/config": "hidden",
    }
    overlay = read(tmp_path, files)
    assert overlay.site.name == "Our Chat" and overlay.phrases["thanks"].lead == "Any time."
    assert overlay.interface == {"place.ask": "Which state?", "empty": "No words."}
    assert [(folder, own.topic) for folder, own in overlay.answers] == [
        ("rights", "passport_taken"),
        ("guidance", "why_not_arrest"),
    ]
    assert [own.code for own in overlay.laws] == ["OR"] and list(overlay.laws[0].sections()) == ["condoms"]
    assert [own.id for own in overlay.services] == ["a-day-center"]
    assert overlay.translations == {"es": {("", "Any time."): "Cuando quiera."}}
    assert overlay.strange == ()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("site.yml", "name: Our Chat\ncolour: red", "site.yml: line 2: colour: extra fields"),
        ("site.yml", "name: X", "site.yml: line 1: name: "),
        ("site.yml", "name: 'Our {operator}'", "line 1: name: is one line without"),
        ("site.yml", "exit: http://plain.example", "line 1: exit: "),
        ("site.yml", "colours:\n  light: {ink: black}", "line 2: colours.light: ink: black is no colour"),
        ("site.yml", "colours:\n  light: {inc: '#000000'}", "line 2: colours.light: inc is none of"),
        ("site.yml", "opening: {English: Hello}", "line 1: opening: English is no code of a language"),
        ("site.yml", f"opening_sms: {{en: {'x' * 101}}}", "line 1: opening_sms: en: takes 3 to 100 characters"),
        ("site.yml", "name: [", "site.yml: line 2: not valid YAML"),
        ("site.yml", "", "site.yml: line 1: the file is empty"),
        ("phrases/conversation.yml", "thanks:\n  lead: Any time.", "conversation.yml: line 1: __root__.thanks.short"),
        ("phrases/interface.yml", "place: [a, b]", "interface.yml: place: takes one sentence"),
        ("rights/debt_bondage.yml", answer("passport_taken"), "line 1: topic: is passport_taken, but the file is"),
        ("rights/passport_taken.yml", answer("passport_taken").replace("[own_rules]", "[]"), "line 7: lead.from"),
        ("law/WA.yml", law(), "line 1: code: is OR, but the file is named WA.yml"),
        ("services/a.yml", service().replace("  police_contact: never_without_consent\n", ""), "police_contact: field"),
        ("services/a.yml", service(police="never"), "line 10: services.0.police_contact: unexpected value"),
        ("translations/es.po", "nonsense", "es.po: is no gettext catalog"),
    ],
)  # fmt: skip
def test_what_is_broken_is_named(name, text, says, tmp_path):
    with pytest.raises(DataError) as refused:
        read(tmp_path, {name: text})
    assert name in str(refused.value) and says in str(refused.value), refused.value


def test_everything_that_is_broken_is_named_at_once(tmp_path):
    write_files(tmp_path, {"site.yml": "colour: red", "law/or.yml": law(), "services/a.yml": "services: 3"})
    with pytest.raises(DataError) as refused:
        read_overlay(tmp_path)
    assert len(str(refused.value).splitlines()) == 3


def test_a_file_that_nothing_reads_is_strange(tmp_path):
    assert read(tmp_path, {"phrases/interfaces.yml": "a: b", "law.yml": "a"}).strange == (
        "law.yml",
        "phrases/interfaces.yml",
    )
