"""Every sentence that leaves the bot comes out of data/."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.knowledge.catalogs import ENGLISH, languages, translation
from actions.knowledge.library import DATA, library
from bot.turn import Turn

SCRIPT = """hi|skip|who are you|can i be arrested for reporting|oregon|california|ny|wa|ut|tx|il|fl|oh|ga|puerto rico
can my record be cleared|how much does it cost|what papers do i need|how do i start|oregon|ohio|federal|more|simpler
a cop made me have sex with him|oregon|texas|i need a lawyer|more|more|no cops please|shelter tonight|food|narcan
i want to die|keep talking about my question|he is hitting me right now|she is not breathing|im 15|delete everything
zxcv bnm|wrtp qqx|what does this chat save|thanks|bye|stop being stupid|where did you get this|that number is wrong
en español|is the super bowl worst for trafficking|why not arrest|training for officers|am i being trafficked|therapy
he has my passport|they say i owe them|i pick tomatoes and they dont pay|how do i leave him|my friend needs help
raid at the spa|police stopped me|i got arrested|can they search my phone|interpreter|report without police|t visa
what does a record do to me|am i going to be deported|std test|rape kit|support group|custody|ice at my door
take down my nudes|back|menu||😀|victims money"""


# What is made from data and not written in it: dates, clock times, time zones, runs of days, miles.
DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
MADE = re.compile(rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}(?::\d\d)?[ap]m|[A-Z]{{2,4}}T|\d{{1,4}}|{DAY}(?:-{DAY})?(?:, {DAY})*")


OTHERS = [language for language in languages() if language != ENGLISH]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif value is not None:
        yield str(value)


@pytest.fixture(scope="module")
def written() -> set[str]:
    """Every text in data/ that is there to be said."""
    unsaid = {"nlu", "lexicon", "places.yml", "words.yml", "rules.yml", "stories.yml"}
    files = [f for f in Path(DATA).rglob("*.yml") if not unsaid & {*f.parts} and not f.name.startswith("gate.")]
    texts = {text for f in files for text in strings(yaml.safe_load(f.read_text(encoding="utf-8")))}
    texts |= {text for language in OTHERS for text in translation(language).values()}
    return {" ".join(text.split()) for text in texts}


@pytest.fixture(scope="module")
def patterns(written: set[str]) -> list[re.Pattern[str]]:
    """Templates with {slots} as patterns; a slot takes what is in data/, a date, or several of them."""
    made = []
    for text in written:
        if re.search(r"\{[a-z_]+\}", text):
            parts = re.split(r"\{[a-z_]+\}", text)
            made.append(re.compile("(.+?)".join(map(re.escape, parts))))
    return sorted(made, key=lambda p: -len(p.pattern))


def known(text: str, written: set[str], patterns: list[re.Pattern[str]]) -> bool:
    """One text of data/, a date, hours, or a template of data/ with such texts in its slots."""
    if text in written or MADE.fullmatch(text):
        return True
    matches = (pattern.fullmatch(text) for pattern in patterns)
    return any(
        match and all(comes_from_data(value, written, patterns) for value in match.groups()) for match in matches
    )


def comes_from_data(line: str, written: set[str], patterns: list[re.Pattern[str]]) -> bool:
    """Texts of data/ one after the other, joined by what joins two of them in a line."""
    line = " ".join(line.split())
    if known(line, written, patterns):
        return True
    joints = re.finditer(r" / |; |, |: |(?<=.{20}) ", line)  # a space joins whole texts, not words
    return any(
        known(line[: m.start()], written, patterns) and comes_from_data(line[m.end() :], written, patterns)
        for m in joints
    )


async def test_every_line_of_many_answers(lantern, written, patterns):
    strange = set()
    for number, script in enumerate(SCRIPT.splitlines()):
        for text in script.split("|"):
            answer = (await lantern.converse(Turn(text, f"sentences-{number}"))).answer
            lines = [*answer.lines, *answer.short, *(choice.label for choice in answer.choices)]
            strange |= {line for line in lines if not comes_from_data(line.removeprefix("- "), written, patterns)}
    assert not strange


def test_an_invented_sentence_is_found(written, patterns):
    assert not comes_from_data("You are safe from arrest in Oregon.", written, patterns)
    assert not comes_from_data("Checked on: never.", written, patterns)
    assert not comes_from_data("i am in the court", written, patterns)
    assert not comes_from_data("police never", written, patterns)


async def test_every_topic_has_an_answer_in_every_place(lantern):
    for topic in library().topics:
        for code in ("OR", "GU", "US"):
            session = f"{topic}-{code}"
            await lantern.converse(Turn(f'/state_statement{{"jurisdiction": "{code}"}}', session))
            answer = (await lantern.converse(Turn(f"/{topic}", session))).answer
            assert answer.text and answer.short and not answer.id.startswith("errors."), (topic, code)
