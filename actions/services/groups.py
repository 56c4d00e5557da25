"""Whom a service is for, and in which languages, beside who the person is, as far as we know them."""

from collections.abc import Iterable

EVERYONE = frozenset({"anyone", "adults"})
OURS = frozenset({"sex_workers", "trafficking_survivors"})  # whom Lantern is for
# What a message calls a group -> what services call it.
GROUPS = {
    "youth": frozenset({"minors", "young_adults"}),
    "trans": frozenset({"trans", "lgbtq"}),
    "men": frozenset({"men", *EVERYONE}),
}
YOUNG = GROUPS["youth"]
GROWN = frozenset({"women", "men", "immigrants", "sex_workers", *EVERYONE})  # groups that have grown people in them


def for_group(groups: Iterable[str], population: str | None) -> int:
    """2 for the group that the person named and no other, or they named none; 1 for that group too; 0 not."""
    named = GROUPS.get(population or "", {population})
    served = {*groups}
    return 2 if population is None or served and served <= named else 1 if served & named else 0


def for_others(groups: Iterable[str], population: str | None) -> bool:
    """Whether a service for `groups` is only for people who the person is not, as far as we know them."""
    served = {*groups}
    if population == "youth":
        return bool(served) and not served & YOUNG and bool(served & GROWN) and "anyone" not in served
    if population == "men" and "women" in served:
        return not served & GROUPS["men"]
    return bool(served & YOUNG) and not served & GROWN


def ours(groups: Iterable[str]) -> int:
    """0 for people in the sex trades, 1 for anyone, 2 for another group."""
    served = {*groups}
    return 0 if served & OURS else 1 if not served or served & EVERYONE else 2


def speaks(languages: Iterable[str], interprets: bool, wanted: frozenset[str]) -> int:
    """2 a language of theirs, or they named none; 1 an interpreter; 0 neither."""
    return 2 if not wanted or wanted & {*languages} else 1 if interprets else 0
