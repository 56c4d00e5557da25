"""What every object of HSDS has: an id, perhaps attributes. And how those that come by the thousand are read fast."""

from collections.abc import Callable, Generator
from functools import cache, cached_property, lru_cache
from typing import Any

from pydantic import BaseModel, validator

from actions.directory.naming import FIELDS

TEXT_MAX = 20_000  # characters of one field
ID_MAX = 200


class Hsds(BaseModel):
    """Base of what is read. `id` is demanded of every object."""

    id: str

    class Config:
        """pydantic's settings."""

        extra = "ignore"
        anystr_strip_whitespace = True
        max_anystr_length = TEXT_MAX
        keep_untouched = (cached_property,)

    @validator("id")
    def _is_one(cls, value: object) -> str:
        if not isinstance(value, str) or not value:
            raise ValueError("is missing")
        if len(value) > ID_MAX or not value.isprintable():
            raise ValueError(f"is not an identifier (printable, at most {ID_MAX} characters)")
        return value


class Repeated(Hsds):
    """What many services have the same of, but for its id: it is checked once."""

    class Config(Hsds.Config):
        """pydantic's settings."""

        copy_on_model_validation = "none"

    @classmethod
    def __get_validators__(cls) -> Generator[Callable[..., Any], None, None]:
        yield cls._once

    @classmethod
    def _once(cls, given: object) -> Any:
        if isinstance(given, dict):
            try:
                cls._is_one(given.get("id"))
                return _checked_once(cls, *map(given.get, _but_id(cls)))
            except (TypeError, ValueError):  # something in it cannot be, or is a list: it is checked by itself
                pass
        return cls.validate(given)


@lru_cache(50_000)
def _checked_once(kind: type[Repeated], *values: object) -> Repeated:
    given = zip(_but_id(kind), values, strict=True)
    return kind(id="of many", **{name: value for name, value in given if value is not None})


@cache
def _but_id(kind: type[Repeated]) -> tuple[str, ...]:
    return tuple(name for name in kind.__fields__ if name != "id")


class Term(Repeated):
    """taxonomy_term: a word of somebody's taxonomy."""

    code: str | None
    name: str = ""
    taxonomy: str | None


class Attribute(Hsds):
    """attribute: says of an object that a term holds for it, or a value."""

    value: str | None
    taxonomy_term: Term | None

    class Config(Hsds.Config):
        """pydantic's settings."""

        copy_on_model_validation = "none"

    @classmethod
    def __get_validators__(cls) -> Generator[Callable[..., Any], None, None]:
        yield cls._quickly

    @classmethod
    def _quickly(cls, given: object) -> Any:
        """The usual kind without pydantic, which takes its time: a service can have dozens."""
        if isinstance(given, dict) and isinstance(given.get("id"), str):
            value, term = given.get("value"), given.get("taxonomy_term")
            if isinstance(value, str | None) and len(value or "") <= TEXT_MAX:
                try:
                    own, known = cls._is_one(given["id"]), None if term is None else Term._once(term)
                    return cls.construct(id=own, value=value and value.strip(), taxonomy_term=known)
                except ValueError:  # which is raised again below
                    pass
        return cls.validate(given)


class Described(Hsds):
    """Anything that has attributes."""

    attributes: list[Attribute] = []

    @cached_property
    def ours(self) -> dict[str, list[str]]:
        """What our own attributes say, by field."""
        said: dict[str, list[str]] = {}
        for attribute in self.attributes:
            term = attribute.taxonomy_term
            if term and term.taxonomy == FIELDS and term.code and attribute.value:
                said.setdefault(term.code, []).append(attribute.value)
        return said

    def first(self, field: str) -> str | None:
        """The first value that our own attributes give for `field`."""
        return self.ours[field][0] if field in self.ours else None
