"""Numbers become hashes, the same for each way of writing one."""

import re

import pytest

from bot.channels.sms.numbers import Keyed, is_person, normal


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("+15552019988", "+15552019988"),
        ("+1 (555) 201-9988", "+15552019988"),
        ("15552019988", "+15552019988"),
        ("5552019988", "+15552019988"),
        (" +1 555 201 9988\u200b", "+15552019988"),
        ("+447700900123", "+447700900123"),
        ("447700900123", "+447700900123"),
        ("+29051234", "+29051234"),
        ("88788", "88788"),
        ("Acme  Bank", "ACME BANK"),
        ("", ""),
        ("anonymous", "ANONYMOUS"),
    ],
)
def test_one_spelling(written, plain):
    assert normal(written) == plain


@pytest.mark.parametrize("sender", ["+15552019988", "5552019988", "+447700900123", "+29051234"])
def test_people(sender):
    assert is_person(sender)


@pytest.mark.parametrize("sender", ["88788", "262966", "Acme", "", "+", "+1", "whatsapp:+15552019988", "+1" * 20, "😀"])
def test_machines(sender):
    assert not is_person(sender)


def test_hashes():
    keyed, other = Keyed("s" * 32), Keyed("t" * 32)
    made = keyed.sender("+15552019988")
    assert made == keyed.sender("(555) 201-9988")
    assert re.fullmatch("[0-9a-f]{32}", made) and "5552019988" not in made
    assert made != other.sender("+15552019988") and keyed.fingerprint != other.fingerprint
    assert made != keyed.message("+15552019988")


def test_no_secret_no_hash():
    with pytest.raises(ValueError, match="secret"):
        Keyed("")
