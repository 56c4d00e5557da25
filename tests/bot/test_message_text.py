"""A typed message as text: what is taken out of it, and the parts it is heard in."""

import pytest

from bot import message_text


def test_cleaning():
    assert message_text.cleaned(" a\x00b\u202ec\nd\ud800 ") == "abc d"
    assert len(message_text.cleaned("x" * 10_000)) == message_text.MAX_CHARACTERS


@pytest.mark.parametrize("text", ["/greet{}", "//greet{}", " / /greet{}", "\u3000/greet{}", "greet{}"])
def test_no_slash_is_left_at_the_start(text):
    assert message_text.without_slash(text) == "greet{}"


def test_parts_without_a_letter_are_no_parts():
    assert message_text.clauses("- - - - . can i clear my record") == []
    assert all(message_text.has_words(part) for part in message_text.sentences("- - - - . " + "he took my phone. " * 6))
