"""What is put otherwise where somebody else wrote it: plain text, one short description, our word for free."""

import re
from html import unescape
from typing import Any

from actions.directory.hsds import HsdsService

LINE_MAX = 300  # characters of one line of a card
OF_AGE = 18
YOUNG_MOST = 26  # until here a service is for young people
_NUMBER = re.compile(r"\d{3}\)?[-. ]{1,2}\d{4}|\b1?[-. ]?8\d\d[-. ]\d{3}")
_FREE = re.compile(r"(free|no (fee|cost|charge)s?|none|\$?0(\.00)?)\.?", re.IGNORECASE)


def in_our_words(given: HsdsService, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a service of ours that change, of `fields` as they were read from `given`."""
    name = _plain(given.name) or given.name
    about = _about(given.description) or _about(given.organization.description if given.organization else None)
    changed: dict[str, Any] = {"name": name, "description": about or name}
    fees = _line(given.fees_description)
    changed["fees_description"] = "free" if _FREE.fullmatch(fees) else _lower_free(fees) or _fees(given)
    changed["eligibility_description"] = _line(given.eligibility_description) or _ages(given)
    changed["interpretation_services"] = _line(given.interpretation_services) or None
    asked = "; ".join(document.document for document in given.required_documents if document.document)
    changed["may_ask"] = fields["may_ask"] or (_line(f"They may ask for: {asked}.") if asked else None)
    changed["populations"] = fields["populations"] or _groups(given)
    if fields["status"] != "active":
        why = fields["status_note"] or _line(given.alert)
        changed["status_note"] = why or f"The directory it came from calls it {given.status}."
    return changed


def _about(text: str | None) -> str:
    """`text` as one line, without its sentences that have a number: it stands before what is done about the police."""
    sentences = re.split(r"(?<=[.!?;])\s+", _plain(text or ""))
    return _short(" ".join(sentence for sentence in sentences if not _NUMBER.search(sentence)))


def _line(text: str | None) -> str:
    return _short(_plain(text or ""))


def _plain(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^<>]{0,500}>", " ", text)).split())


def _short(text: str) -> str:
    """`text` up to the last whole sentence that fits, or else the last whole word."""
    if len(text) <= LINE_MAX:
        return text
    cut = text[: LINE_MAX - 1]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > LINE_MAX // 3 else cut.rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _lower_free(fees: str) -> str | None:
    return "free" + fees[4:] if fees.lower().startswith("free ") else fees or None


def _fees(given: HsdsService) -> str | None:
    costs = given.cost_options
    if not costs or any(cost.amount is None for cost in costs):
        return None
    if not any(cost.amount for cost in costs):
        return "free"
    return "; ".join(
        " ".join(filter(None, (f"{c.amount:g} {(c.currency or 'USD').upper()}", c.amount_description, c.option)))
        for c in costs
    )


def _groups(given: HsdsService) -> tuple[str, ...]:
    low, high = given.minimum_age or 0, given.maximum_age
    if high and high <= YOUNG_MOST:
        return tuple(name for name, fits in (("minors", low < OF_AGE), ("young_adults", high >= OF_AGE)) if fits)
    return ("adults",) if low >= OF_AGE else ()


def _ages(given: HsdsService) -> str | None:
    low, high = given.minimum_age, given.maximum_age
    if low and high:
        return f"Ages {low:g} to {high:g}."
    return f"Ages {low:g} and up." if low else f"Up to age {high:g}." if high else None
