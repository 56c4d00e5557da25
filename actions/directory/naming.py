"""How what goes out as HSDS is named: ids that are the same every time, and taxonomies for what the standard lacks."""

from uuid import NAMESPACE_URL, UUID, uuid5

LANTERN = uuid5(NAMESPACE_URL, "https://lantern.invalid/directory")  # .invalid: only a name, never an address
# Taxonomies of ours, one for each field whose values are terms; what is only text has its field's name as its term.
TERMS = {field: f"Lantern {field}" for field in ("needs", "populations", "stance", "police_contact", "confidence")}
FIELDS = "Lantern fields"


def identifier(*names: str) -> str:
    """The UUID of something of ours: the same names always give the same one."""
    return str(uuid5(LANTERN, "\x1f".join(names)))


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID, written the usual way."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
