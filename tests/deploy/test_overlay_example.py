"""The example of an overlay loads, passes `lantern check` without a word, and is clearly nobody's."""

import datetime as dt
import re

from actions.knowledge.library import library
from actions.overlay.applying import overlaid
from actions.overlay.checking import check_overlay
from actions.overlay.reading import files, read_overlay
from tests.actions.overlay.given import EXAMPLE

TODAY = dt.date(2026, 11, 26)


def test_nothing_is_wrong_with_it_and_all_of_it_is_used():
    overlay = read_overlay(EXAMPLE)
    assert list(check_overlay(overlay, library(), TODAY)) == []
    made, left = overlaid(library(), overlay, TODAY)
    assert left == () and made.site.first == ("harbor-line", "harbor-drop-in")


def test_it_uses_every_kind_of_file():
    overlay = read_overlay(EXAMPLE)
    site = overlay.site
    assert all(getattr(site, name) for name in site.__fields__)
    assert overlay.phrases and overlay.interface and overlay.answers and overlay.laws and overlay.services
    assert overlay.translations.keys() == {"es"}


def test_its_numbers_and_addresses_reach_nobody():
    for service in read_overlay(EXAMPLE).services:
        assert all(re.fullmatch(r"503-555-01\d\d", phone.number) for phone in service.phones)
    texts = [file.read_text() for file in files(EXAMPLE) if file.suffix == ".yml"]
    addresses = {address for text in texts for address in re.findall(r"https://([\w.-]+)", text)}
    assert addresses == {"harbor.example.org", "www.weather.gov", "www.oregonlegislature.gov"}
