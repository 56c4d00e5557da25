"""The pages about Lantern itself: readable, in our words, and what they promise has a test."""

import html

import pytest

from actions.knowledge import style
from actions.knowledge.check import WORDS_FILE
from actions.knowledge.library import library
from bot.app import make_app
from bot.pages.texts import texts
from bot.settings import ROOT, Settings
from tests.browser.served import CannedLantern

OURS = ("page", "pages", "widget", "seen", "errors")  # parts of interface.yml that pages say


@pytest.fixture
async def client(aiohttp_client):
    return await aiohttp_client(make_app(CannedLantern(), Settings(operator="A clinic")))


@pytest.mark.parametrize("name", ["privacy", "safety", "crisis", "about"])
async def test_a_page_says_all_of_it(client, name):
    response = await client.get(f"/{name}")
    page = html.unescape(await response.text())
    text = texts()[name]
    assert response.status == 200 and text.title in page and text.lead in page
    proofs = [item.test for part in text.parts for item in part.items if item.test]
    assert all((test in page) == text.names_tests for test in proofs)
    assert "{" not in page


def items():
    return [(name, item) for name, text in texts().items() for part in text.parts for item in part.items]


def test_privacy_starts_with_five_facts_that_tests_prove():
    facts = texts()["privacy"].parts[0].items
    assert len(facts) == 5 and all(fact.test for fact in facts)


@pytest.mark.parametrize(("name", "item"), items())
def test_the_tests_exist(name, item):
    assert item.test is None or (ROOT / item.test).is_file()


@pytest.mark.parametrize("name", texts())
def test_a_page_is_easy_to_read(name):
    text = texts()[name]
    sentences = [text.lead, *(item.say for part in text.parts for item in part.items)]
    assert style.grade(" ".join(sentences)) <= style.GRADE_MAX
    assert not [word for sentence in sentences for word in style.avoided_words(sentence, WORDS_FILE)]


@pytest.mark.parametrize("part", OURS)
def test_small_sentences_are_easy_to_read_and_in_our_words(part):
    def strings(value):
        nested = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
        return [text for inner in nested for text in strings(inner)] if nested is not None else [str(value)]

    for sentence in strings(library().interface[part]):
        assert not list(style.avoided_words(sentence, WORDS_FILE)), sentence
        assert len(sentence.split()) < 6 or style.grade(sentence) <= style.GRADE_MAX, (sentence, style.grade(sentence))
