"""The shape of `site.yml`, the file of an overlay (`actions/overlay`) in which an organization says who it is."""

import re
from collections.abc import Mapping

from pydantic import Field, validator

from actions.knowledge.records import Record

COLOUR_NAMES = ("ink", "paper", "soft", "line", "link", "mine", "exit")
NAME_MOST = 30  # characters: the name opens the first text message
OPENING_MOST = 300
OPENING_SMS_MOST = 100
A_NUMBER = re.compile(r"\d{3}\W{0,2}\d{4}\b|\b(?:[2-9]11|988|741741)\b")  # to call or to text
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Colours(Record):
    """Colours by name ("ink": "#1d2126"), for each scheme; a scheme that is not given stays Lantern's own."""

    light: Mapping[str, str] = {}
    dark: Mapping[str, str] = {}

    @validator("light", "dark")
    def _colours(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for name, colour in value.items():
            if name not in COLOUR_NAMES:
                raise ValueError(f"{name} is none of {', '.join(COLOUR_NAMES)}")
            if not _HEX.fullmatch(colour):
                raise ValueError(f"{name}: {colour} is no colour like '#1d2126'")
        return value


class Site(Record):
    """`site.yml` of an overlay. What is not given stays as Lantern has it.

    Attributes:
        name: what the page and the texts are called, instead of Lantern.
        operator: who runs this installation, as people are told.
        exit: where the exit leads: a plain, neutral page.
        opening: a sentence or two of your own on the first screen and after "hi", by language.
        opening_sms: a short one that follows the opening of the first text message, by language.
        first: ids of services, yours or Lantern's, that are named before others wherever they fit.
        languages: codes of the languages offered; English is always one of them. Empty: all.
        jurisdictions: postal codes of the places whose law is told, beside federal law. Empty: all.
    """

    name: str | None = Field(default=None, min_length=2, max_length=NAME_MOST)
    operator: str | None = Field(default=None, min_length=2)
    exit: str | None = Field(default=None, regex=r"^https://[^\s/?#]+\S*$")
    opening: Mapping[str, str] = {}
    opening_sms: Mapping[str, str] = {}
    colours: Colours = Colours()
    first: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()

    @validator("name", "operator")
    def _plain_line(cls, value: str | None) -> str | None:
        if value and re.search(r"[{}<>\n]", value):
            raise ValueError("is one line without the signs { } < >")
        if value and A_NUMBER.search(value):
            raise ValueError("holds a number: it belongs in services/, where it is said what they do about the police")
        return value

    @validator("opening", "opening_sms")
    def _by_language(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        if wrong := [code for code in value if not _LANGUAGE.fullmatch(code)]:
            raise ValueError(f"{wrong[0]} is no code of a language (en: …)")
        return value

    @validator("opening")
    def _opening(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        return _no_longer_than(value, OPENING_MOST)

    @validator("opening_sms")
    def _opening_sms(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        return _no_longer_than(value, OPENING_SMS_MOST)


def _no_longer_than(texts: Mapping[str, str], most: int) -> Mapping[str, str]:
    for language, text in texts.items():
        if not 3 <= len(text) <= most:
            raise ValueError(f"{language}: takes 3 to {most} characters")
    return texts


LANTERN = Site()  # where there is no overlay
