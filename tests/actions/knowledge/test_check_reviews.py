"""`lantern check` counts what somebody signed, and says which sign-offs hold no longer."""

import datetime as dt
from dataclasses import replace

from actions.knowledge.check_reviews import check_reviews, count
from actions.knowledge.library import library
from actions.knowledge.names import sections
from actions.knowledge.records import Reviewed
from actions.knowledge.revisions import section_revision, service_revision, settled

TODAY = dt.date(2026, 11, 26)


def signed(on=TODAY, **changes):
    """The whole library with one section and one service signed; `changes` to the section came later."""
    law, service = library().laws["OR"], library().services[0]
    revision = next(
        section_revision(library(), *found) for found in sections(library()) if found[0] == "law.OR.condoms"
    )
    by = Reviewed(name="A. Lawyer", role="attorney", on=on, revision=revision)
    condoms = law.condoms.copy(update={"review": by, **changes})
    one = service.copy(update={"review": by.copy(update={"revision": service_revision(service)})})
    laws = {**library().laws, "OR": law.copy(update={"condoms": condoms})}
    return settled(replace(library(), laws=laws, services=(one, *library().services[1:])))


def test_counts():
    assert (count(library()).sections, count(library()).services, count(library()).lapsed) == (0, 0, 0)
    assert (count(signed()).sections, count(signed()).services, count(signed()).lapsed) == (1, 1, 0)
    changed = count(signed(status="barred"))
    assert (changed.sections, changed.services, changed.lapsed) == (0, 1, 1)


def test_what_changed_since_is_a_note():
    (problem,) = check_reviews(signed(status="barred"), TODAY)
    assert problem.where == "law.OR.condoms" and not problem.is_error
    assert problem.what == "changed since A. Lawyer, attorney, signed it on 2026-11-26; it counts as not reviewed"


def test_a_day_that_is_still_to_come_is_an_error():
    found = list(check_reviews(signed(on=dt.date(2026, 12, 1)), TODAY))
    assert {problem.where for problem in found} == {"law.OR.condoms", library().services[0].id}
    assert all(problem.is_error and "still to come" in problem.what for problem in found)
