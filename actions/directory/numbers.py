"""Phone numbers, compared: "(503) 555-0100", "1-503-555-0100 (1-503-555-HELP)" and "+1 503 555 0100" are one."""

import re
from functools import lru_cache

import phonenumbers

_SHORT_CODE = re.compile(r"\d{3,6}")
_USUAL = re.compile(r"(?:\+?1[-. ]?)?\(?(\d{3})\)?[-. ]{0,2}(\d{3})[-. ]?(\d{4})")  # in the United States
_NOTE = re.compile(r"\s*\([^()]*[^\d\s()-][^()]*\)\s*$")  # (1-800-HELP-NOW) at the end


@lru_cache(10_000)
def digits(number: str) -> str | None:
    """What is dialled, with the country's number before it; a short code as it is; None for no phone number."""
    plain = _NOTE.sub("", number)
    if _SHORT_CODE.fullmatch(plain):
        return plain
    if usual := _USUAL.fullmatch(plain):  # many times as fast as what follows
        return f"1{''.join(usual.groups())}"
    try:
        parsed = phonenumbers.parse(plain, "US")
    except phonenumbers.NumberParseException:
        return None
    return f"{parsed.country_code}{parsed.national_number}" if phonenumbers.is_possible_number(parsed) else None
