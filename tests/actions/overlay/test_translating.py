"""A translator gets the texts of an overlay in a file of its own, and loses none of them."""

from actions.knowledge.catalogs import localized, read_catalog
from actions.knowledge.library import library
from actions.overlay.applying import overlaid
from actions.overlay.reading import read_overlay
from actions.overlay.translating import update_own
from tests.actions.overlay.given import write_files


def test_its_own_texts_and_no_others(tmp_path):
    write_files(tmp_path, {"phrases/interface.yml": "empty: No words?\nplace: {skip: Skip}"})
    assert update_own(tmp_path, "es", library()) == 1
    file = tmp_path / "translations" / "es.po"
    file.write_text(file.read_text().replace('"No words?"\nmsgstr ""', '"No words?"\nmsgstr "¿Sin palabras?"'))
    assert update_own(tmp_path, "es", library()) == 0
    assert read_catalog(file, "es") == {("interface.empty", "No words?"): "¿Sin palabras?"}
    made, left = overlaid(library(), read_overlay(tmp_path))
    assert not left and localized(made, "es").say("empty") == "¿Sin palabras?"
    assert localized(made, "ko").say("empty") == "No words?"
    assert localized(made, "es").say("too_long") == localized(library(), "es").say("too_long")


def test_a_changed_text_waits_again(tmp_path):
    write_files(tmp_path, {"phrases/interface.yml": "empty: No words?"})
    update_own(tmp_path, "es", library())
    file = tmp_path / "translations" / "es.po"
    file.write_text(file.read_text().replace('"No words?"\nmsgstr ""', '"No words?"\nmsgstr "¿Sin palabras?"'))
    write_files(tmp_path, {"phrases/interface.yml": "empty: Not any words?"})
    assert update_own(tmp_path, "es", library()) == 1
    assert "#, fuzzy" in file.read_text() and read_catalog(file, "es") == {}
