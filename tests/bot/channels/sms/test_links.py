"""Links in texts: whole, over HTTPS, nobody's shortener or counter; in our data, and whatever an operator imports."""

import re
from urllib.parse import urlsplit

import pytest

from actions.answer import Answer, Draft
from actions.compose.services import add_services
from actions.conversation import Conversation
from actions.knowledge.library import library
from bot.channels.sms.links import SHORTENERS, TRACKERS, safe
from bot.channels.sms.writing import pages

NO_LINK = library().say("sms.no_link")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Web: https://lawhelp.org/find?state=OR", "Web: https://lawhelp.org/find?state=OR"),
        ("Web: http://www.trla.org", "Web: www.trla.org"),
        ("(http://a.org/b/). Then", "(a.org/b). Then"),
        ("Web: https://bit.ly/3xYz. Call 988", f"Web: {NO_LINK}. Call 988"),
        ("Web: http://www.tinyurl.com/x", f"Web: {NO_LINK}"),
        ("https://a.org/x?utm_source=sms&id=2&fbclid=9", "https://a.org/x?id=2"),
        ("HTTPS://A.org", "HTTPS://A.org"),
        ("http://[half", NO_LINK),
        ("LawHelp.org lists them.", "LawHelp.org lists them."),
    ],
)
def test_what_is_sent(written, sent):
    assert safe(written) == sent


def test_every_answer_goes_through_it():
    (page,) = pages(Answer("phrases.x", (), ("See http://a.org or https://t.co/1",)))
    assert page == f"See a.org or {NO_LINK}"


def test_every_service_as_it_is_sent():
    """The address of each is its own, as its record has it: no other host, no http://, nothing that counts."""
    for service in library().services:
        sent = "\n".join(pages(_card(service)))
        for link in re.findall(r"https?://\S+", sent):
            assert link in (service.url, service.chat_url), service.id
            parts = urlsplit(link)
            assert parts.scheme == "https" and not TRACKERS.search(parts.query), service.id
        assert "http://" not in sent and NO_LINK not in sent, service.id


def test_services_over_http_are_sent_by_name():
    plain = [s for s in library().services if (s.url or "").startswith("http://") and not (s.phones or s.text)]
    for service in plain:
        assert service.url and service.url.removeprefix("http://").rstrip("/") in "\n".join(pages(_card(service)))


def test_an_imported_service_with_a_short_link():
    nowhere_else = {"phones": (), "chat_url": None, "email": None}
    service = library().services[0].copy(update={"url": "https://bit.ly/x", **nowhere_else})
    assert pages(_card(service))[0].endswith(f"Web: {NO_LINK}")


def test_no_short_form_has_a_link_that_may_not_be_sent():
    parts = [p for phrase in library().phrases.values() for p in phrase.short]
    for file in (*library().sections.values(), *library().laws.values()):
        parts += [p for section in file.sections().values() for p in section.short]
    assert len(parts) > 300 and [part for part in parts if safe(part) != part] == []
    named = re.compile("|".join(rf"\b{re.escape(name)}/" for name in SHORTENERS), re.IGNORECASE)
    assert [part for part in parts if named.search(part)] == []


def _card(service) -> Answer:
    draft = Draft("services.need_hotline.US")
    add_services(draft, library(), [service], Conversation("need_hotline", "need_hotline"))
    return draft.done()
