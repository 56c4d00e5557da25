"""A sheet as a page that needs nothing else and prints well: no script, nothing from another site."""

import datetime as dt
from pathlib import Path

from actions.html import templates
from actions.knowledge.records import Source
from actions.review.items import Item
from actions.review.numbering import Sheet
from actions.review.words import BOXES, DECIDED_BY, INITIALS, INTRODUCTION

_templates = templates(Path(__file__).parent / "templates")


def as_html(sheet: Sheet) -> str:
    """The page."""
    return _templates.get_template("sheet.html").render(
        sheet=sheet,
        introduction=INTRODUCTION,
        boxes=BOXES,
        initials=INITIALS,
        decided_by=DECIDED_BY,
        about=about,
        described=described,
    )


def about(item: Item, today: dt.date) -> str:
    """What stands below the title of an item: its name, its revision, and how its review stands."""
    parts = [item.name, item.revision, f"checked against its sources on {item.checked_on}", standing(item, today)]
    if item.confidence == "low":
        parts.append("we are not sure of it, and the answer says so")
    return " · ".join(parts)


def standing(item: Item, today: dt.date) -> str:
    """How the review of an item stands, in words."""
    if by := item.signed:
        said = f"checked by {by.name}, {by.role}, on {by.on}"
    elif by := item.lapsed:
        said = f"changed since {by.name}, {by.role}, signed it on {by.on}: counts as not reviewed"
    else:
        said = "not reviewed"
    return f"{said}; older than it holds" if item.is_stale(today) else said


def described(source: Source) -> str:
    """A source in a line: title, when it was published, the words quoted, and where it is."""
    when = f" ({source.published})" if source.published else ""
    quoted = f" “{source.excerpt}”" if source.excerpt else ""
    return f"{source.title}{when}.{quoted} {source.url}"
