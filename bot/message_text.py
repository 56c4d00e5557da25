"""A typed message as text: cleaned, and in the parts that are heard by themselves."""

import re
import unicodedata

MAX_CHARACTERS = 2_000  # of a longer message, the beginning and the end are read
CLAUSE_WORDS = 3  # fewer ask nothing by themselves
MOST_CLAUSES = 4  # each is read by the encoder by itself, which takes time
LONG_WORDS = 16  # of a message whose sentences are also heard one by one
RAMBLING_WORDS = 80
PIECE_WORDS = 24  # of a sentence that does not end
MOST_SENTENCES = 6

_SLASH = re.compile(r"[\s/]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENDS = r"[.?!;\n。！？；]+"
_AND = (  # between two questions, in each language
    r",? (?:and|also|plus|but|oh and)(?: also)? (?=(?:can|do|does|did|how|what|whats|where|who|will|is|are"
    r"|i need|i want|my|should|could|when|if|need|any)\b)",
    r",? (?:y|además|también)(?: también)? (?=(?:puedo|pueden|c[oó]mo|qu[eé]|d[oó]nde|qui[eé]n|cu[aá]nto|si|mi|hay)\b)",
    r"，?(?:还有|另外|而且|顺便问)，?",
    r",? (?:그리고|또) ",
)
_CLAUSE = re.compile("|".join((_ENDS, *_AND)), re.IGNORECASE)
_SENTENCE = re.compile(rf"{_ENDS}|,? (?:and then|but then|y luego|pero luego) |，(?:然后|但是)", re.IGNORECASE)


def cleaned(text: str) -> str:
    """`text` in ordinary letters (no wide or mathematical ones), at most `MAX_CHARACTERS` long.

    Control, direction, zero-width and broken characters are taken out.
    """
    text = text.encode("utf-8", "ignore").decode()  # half a surrogate pair is no character
    text = unicodedata.normalize("NFKC", text)
    text = _CONTROL.sub("", text.replace("\n", " ").replace("\t", " ")).strip()
    half = MAX_CHARACTERS // 2
    return text if len(text) <= MAX_CHARACTERS else f"{text[: half - 1]} {text[-half:]}"


def has_words(text: str) -> bool:
    """True where there is a letter or a digit in some script to understand."""
    return any(c.isalnum() for c in text)


def without_slash(text: str) -> str:
    """`text` without slashes at its start: what follows one is Rasa's own syntax, not a person's."""
    slash = _SLASH.match(text)
    return text[slash.end() :] if slash else text


def clauses(text: str) -> list[str]:
    """The parts of a message that may ask different things; none where it is short or has one part only."""
    parts = [part.strip() for part in _CLAUSE.split(text)]
    parts = [part for part in parts if word_count(part) >= CLAUSE_WORDS and has_words(part)]
    return parts[:MOST_CLAUSES] if len(parts) > 1 else []


def sentences(text: str) -> list[str]:
    """Parts of a long message, to be heard one by one: a crisis in the middle of a story is easily drowned.

    Its sentences, and of those without an end pieces of `PIECE_WORDS`; the first and the last of them.
    """
    if word_count(text) < LONG_WORDS:
        return []
    parts: list[str] = []
    for sentence in _SENTENCE.split(text):
        words = sentence.split()
        parts += [" ".join(words[at : at + PIECE_WORDS]) for at in range(0, len(words), PIECE_WORDS)]
    kept = [part for part in parts if word_count(part) >= CLAUSE_WORDS and has_words(part)]
    return kept if len(kept) <= MOST_SENTENCES else kept[: MOST_SENTENCES // 2] + kept[-MOST_SENTENCES // 2 :]


def rambles(text: str) -> bool:
    """True for a message so long that its whole says little."""
    return word_count(text) >= RAMBLING_WORDS


def word_count(text: str) -> int:
    """About how many words `text` has; Chinese, which has no spaces, about two characters a word."""
    han = len(_HAN.findall(text))
    return len(_HAN.sub(" ", text).split()) + han // 2
