"""Conversations by text message, whoever delivers them."""

import asyncio

import pytest

from actions.knowledge.control import shown
from actions.knowledge.library import library
from bot.channels.sms.conversation import (
    MOST_AN_HOUR,
    MOST_WAITING,
    NOTICE_SECONDS,
    NOTICE_SECONDS_MINOR,
    REMEMBER_IDS_SECONDS,
)
from tests.bot.channels.sms.conftest import CRISIS, SHORT

OPENING = library().say("sms.opening")
STOPPED = library().say("sms.stopped")


async def test_the_first_reply_opens_and_the_next_does_not(text):
    assert (await text("hello")).startswith(OPENING)
    assert await text("hello") == "Hi. What would you like to know?\n1 A free lawyer\n2 A place to sleep"


async def test_turns_come_by_sms_in_one_session_of_ours(text, bot):
    await text("hello")
    await text("and then")
    await text("hello", sender="somebody else")
    first, second, other = bot.turns
    assert first.channel == "sms" and len(first.session) == 32
    assert first.session == second.session != other.session
    assert "somebody" not in first.session


async def test_a_crisis_comes_before_the_opening(text):
    assert await text("crisis") == CRISIS.short[0]
    assert (await text("hello")).startswith(OPENING)


async def test_it_says_again_what_it_is(text, clock):
    for _ in range(NOTICE_SECONDS // 600):
        await text("hello")
        clock.now += 600
    assert (await text("hello")).startswith(OPENING)
    assert not (await text("hello")).startswith(OPENING)


async def test_it_says_so_each_hour_to_somebody_young(text, clock):
    await text("im 15")
    for _ in range(NOTICE_SECONDS_MINOR // 600):
        clock.now += 600
        last = await text("hello")
    assert last.startswith(OPENING)


@pytest.mark.parametrize("word", ["more", "MORE.", "next", "más", "更多", "더"])
async def test_more(text, bot, word):
    await text("hello")
    assert "Part one" in await text("long")
    assert "Part two" in await text(word)
    assert bot.said == ["hello", "long"]
    await text(word)
    assert bot.said[-1] == '/how_to_use{"command": "more"}'


async def test_a_new_answer_replaces_what_was_left(text, bot):
    await text("long")
    await text("hello")
    await text("more")
    assert bot.said[-1] == '/how_to_use{"command": "more"}'


@pytest.mark.parametrize("picked", ["2", "2.", "#2", "two", "dos", "二", "둘", "the second one", "a place to sleep"])
async def test_choices(text, bot, picked):
    await text("hello")
    await text(picked)
    assert bot.said[-1] == "/need_shelter"


@pytest.mark.parametrize("picked", ["1 a free lawyer", "A free lawyer.", "1)", "one"])
async def test_a_choice_as_it_is_written(text, bot, picked):
    await text("hello")
    await text(picked)
    assert bot.said[-1] == "/need_legal_help"


@pytest.mark.parametrize("number", ["1", "one", "#1", "first", "1 a free lawyer"])
async def test_a_number_nobody_has_seen_brings_the_page_it_is_on(text, bot, number):
    await text("hello")
    assert "1 A free lawyer" not in await text("long")
    assert (await text(number)).endswith("1 A free lawyer")
    assert bot.said == ["hello", "long"]
    await text(number)
    assert bot.said[-1] == "/need_legal_help"


async def test_a_label_counts_before_it_is_seen(text, bot):
    await text("long")
    await text("a free lawyer")
    assert bot.said[-1] == "/need_legal_help"


@pytest.mark.parametrize("words", ["3", "0", "two", "yes", "shelter"])
async def test_what_picks_nothing_is_what_was_said(text, bot, words):
    if words != "two":
        await text("hello")
    await text(words)
    assert bot.said[-1] == words


@pytest.mark.parametrize(
    ("word", "turn"),
    [
        ("MENU", '/how_to_use{"command": "menu"}'),
        ("START", '/how_to_use{"command": "menu"}'),
        ("back", '/how_to_use{"command": "back"}'),
    ],
)
async def test_commands(text, bot, word, turn):
    await text(word)
    assert bot.said == [turn]


@pytest.mark.parametrize(("word", "code"), [("ESPAÑOL", "es"), ("中文", "zh"), ("한국어", "ko")])
async def test_languages(text, bot, word, code):
    await text(word)
    await text("hello")
    assert bot.said == [f'/language_switch{{"language": "{code}"}}', "hello"]
    assert bot.turns[-1].language == code
    await text("english")
    await text("hello")
    assert bot.turns[-1].language == "en"


async def test_its_own_sentences_are_in_the_language_of_the_talk(text, bot):
    assert "STOP" in (await text("ESPAÑOL"))
    assert "MORE" not in (await text("long")), "the word that brings the rest is the language's own"
    assert await text("", pictures=1) == shown("es").say("sms.picture")


async def test_stop_is_confirmed_once_and_then_silence(text, bot):
    await text("hello")
    assert await text("Stop") == STOPPED
    assert bot.forgotten == [bot.turns[0].session]
    for words in ("STOP", "hello", "help", "delete", "menu", "crisis"):
        assert await text(words) is None
    assert len(bot.turns) == 1


@pytest.mark.parametrize("word", ["START", "unstop", "YES", "empezar", "开始", "시작"])
async def test_only_the_person_undoes_it(text, bot, word):
    await text("no más")
    assert await text("hello", sender="somebody else") is not None
    assert (await text(word)).startswith(OPENING)
    assert await text("hello") is not None


async def test_yes_is_an_answer_to_who_has_not_stopped(text, bot):
    await text("yes")
    assert bot.said == ["yes"]


async def test_what_a_provider_answered_is_only_noted(text):
    assert await text("STOP", keyword="stop", is_answered=True) is None
    assert await text("hello") is None
    assert await text("START", keyword="start", is_answered=True) is None
    assert await text("hello") is not None
    assert await text("HELP", keyword="help", is_answered=True) is None


async def test_a_keyword_of_the_providers_own_counts(text):
    assert await text("ARRET", keyword="stop") == STOPPED
    assert await text("hello") is None


@pytest.mark.parametrize("word", ["HELP", "info", "ayuda", "帮助", "도움말"])
async def test_help(text, bot, word):
    said = await text(word)
    assert "988" in said and "A clinic" in said and "STOP" in said
    assert bot.turns == []
    assert (await text("hello")).startswith(OPENING)


def held(bot) -> list[str]:
    """The conversations that are kept."""
    return [key for key in bot.store.kept() if key.startswith("sms:")]


@pytest.mark.parametrize("words", ["DELETE", "borrar", "delete everything"])
async def test_delete_forgets(text, bot, words):
    await text("long", id="a")
    assert await text(words, id="b") == "Done. This talk is deleted here."
    assert bot.forgotten == [bot.turns[0].session]
    assert held(bot) == []
    assert await text("long", id="a") is None
    await text("more")
    assert bot.turns[-1].session != bot.turns[0].session and bot.said[-1] == '/how_to_use{"command": "more"}'


async def test_half_an_hour_later_everything_is_new(text, bot, clock):
    await text("long")
    clock.now += 30 * 60 + 1
    assert held(bot) == []
    again = await text("more")
    assert "Part two" not in again and again.startswith(OPENING)
    assert bot.turns[0].session != bot.turns[1].session
    await text("1")
    assert bot.said[-1] == "/need_legal_help"
    clock.now += 30 * 60 + 1
    await text("1")
    assert bot.said[-1] == "1"


async def test_a_retry_gets_the_same_reply_and_happens_once(text, bot):
    first = await text("hello", id="a")
    assert await text("hello", id="a") == first
    assert await asyncio.gather(*(text("again", id="b") for _ in range(3))) == ["\n".join(first.split("\n")[1:])] * 3
    assert bot.said == ["hello", "again"]


async def test_a_replay_much_later_gets_nothing(text, bot, clock):
    await text("hello", id="a")
    clock.now += 31 * 60
    assert await text("hello", id="a") is None
    clock.now += REMEMBER_IDS_SECONDS
    assert await text("hello", id="a") is not None


async def test_one_sender_is_answered_in_order(text, bot):
    bot.pauses = [0.02, 0.01]
    said = [f"text {n}" for n in range(MOST_WAITING)]
    await asyncio.gather(*map(text, said))
    assert bot.said == said


async def test_senders_do_not_wait_for_each_other(text, bot):
    bot.seconds = 0.05
    started = asyncio.get_running_loop().time()
    await asyncio.gather(*(text("hello", sender=str(n)) for n in range(20)))
    assert asyncio.get_running_loop().time() - started < 0.5


async def test_a_burst(text, bot, texts):
    bot.seconds = 0.01
    replies = await asyncio.gather(*(text(f"hello {n}") for n in range(50)))
    assert sum(reply is not None for reply in replies) == MOST_WAITING
    assert not texts._waiting
    assert await text("hello") is not None


async def test_two_machines_come_to_an_end(text, clock):
    replies = [await text(f"auto {n}") for n in range(MOST_AN_HOUR + 5)]
    assert replies[-5:] == [None] * 5 and None not in replies[:-5]
    assert await text("STOP") == STOPPED
    clock.now += 3601
    assert await text("START") is not None


@pytest.mark.parametrize("words", ["", "   ", "😀", "a" * 1600, "\x00\x1b[31m", "<Response>", "﷽" * 200])
async def test_odd_texts(text, words):
    assert await text(words)


async def test_pictures(text, bot):
    assert await text("", pictures=2) == library().say("sms.picture")
    assert bot.turns == []
    assert await text("what is this", pictures=1)
    assert bot.said == ["what is this"]


async def test_no_person_no_reply(text, bot):
    assert await text("hello", sender=None) is None
    assert bot.turns == []


async def test_a_failure_inside_is_calm(text, bot, caplog):
    bot.fails_with = RuntimeError("Canary Featherstone")
    said = await text("hello")
    assert said == library().say("sms.failed") and "988" in said
    assert "Canary" not in caplog.text
    bot.fails_with = None
    assert SHORT.short[0] in await text("hello")
