"""Messages as hurried thumbs would type them: the same message always gets the same slips."""

import random

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
ONE_SLIP_IN = 18  # letters
LEAST_WORD = 4  # letters; shorter words are left alone


def with_slips(text: str) -> str:
    """`text` with a letter dropped, doubled, swapped or mistyped about every `ONE_SLIP_IN` letters of longer words."""
    chance = random.Random(text)  # noqa: S311  nothing secret hangs on it
    return " ".join(_slip(word, chance) if len(word) >= LEAST_WORD else word for word in text.split(" "))


def _slip(word: str, chance: random.Random) -> str:
    if chance.random() > len(word) / ONE_SLIP_IN:
        return word
    at = chance.randrange(1, len(word) - 1)
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case _:
            return word[:at] + chance.choice(_beside(word[at])) + word[at + 1 :]


def _beside(letter: str) -> str:
    """The keys left and right of `letter`; the letter itself where it is none."""
    row = next((row for row in KEYBOARD if letter.lower() in row), letter)
    at = row.find(letter.lower())
    return row[max(at - 1, 0) : at] + row[at + 1 : at + 2] or letter
