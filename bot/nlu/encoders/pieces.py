"""From a message to the pieces of words that a sentence encoder knows.

multilingual-e5-small's pieces are SentencePiece's (Google, Apache-2.0), which keeps 114,000 of them in a quarter of the
room that Hugging Face's tokenizers (Apache-2.0) takes, and reads a message in a quarter of the time; in our 79,000
training messages both find the same, but for one. all-MiniLM-L6-v2's are WordPiece's, which only tokenizers reads.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

from sentencepiece import SentencePieceProcessor
from tokenizers import Tokenizer

START, PADDING, END, UNKNOWN = range(4)  # the first pieces: <s>, <pad>, </s>, <unk>

_SPACES = re.compile("[\t\n\r\f\u1680\u200b-\u200f\u2028\u2029▁\ufeff\ufffd]")
_NOTHING = re.compile("[\x00-\x1f\x7f\x8f\x9f]")


class Splitter(Protocol):
    """Splits messages."""

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of the pieces of each text, with what a model wants before and after them."""


def splitter(file: bytes, most: int) -> Splitter:
    """Reads the file of either kind.

    Args:
        most: a message with more pieces is cut; its beginning carries the question.
    """
    return WordPieces(file, most) if file.startswith(b"{") else Pieces(file, most)


class Pieces:
    """By SentencePiece; `file` is as `sentencepiece_model` makes it."""

    def __init__(self, file: bytes, most: int) -> None:
        self._pieces = SentencePieceProcessor(model_proto=file)
        self._most = most

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of the pieces of each text, between `START` and `END`."""
        found = (self._pieces.encode(normalized(text)) for text in texts)
        return [[START, *ids[: self._most - 2], END] for ids in found]


class WordPieces:
    """By tokenizers; `file` is a `tokenizer.json`."""

    def __init__(self, file: bytes, most: int) -> None:
        self._pieces = Tokenizer.from_buffer(file)
        self._pieces.no_padding()
        self._pieces.enable_truncation(most)

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of the pieces of each text, between [CLS] and [SEP]."""
        return [self._pieces.encode(text).ids for text in texts]  # one by one: a batch would start threads


def normalized(text: str) -> str:
    """`text` as the pieces were learnt on: NFKC, one kind of space, none at its ends."""
    text = _NOTHING.sub("", _SPACES.sub(" ", text))
    return re.sub(" {2,}", " ", unicodedata.normalize("NFKC", text)).strip(" ")


def sentencepiece_model(pieces: Sequence[tuple[str, float]]) -> bytes:
    """SentencePiece's model of `pieces`, each with its score; the first four are special."""
    from sentencepiece.sentencepiece_model_pb2 import ModelProto

    model = ModelProto()
    kinds = ModelProto.SentencePiece
    for number, (piece, score) in enumerate(pieces):
        kind = kinds.UNKNOWN if number == UNKNOWN else kinds.CONTROL if number < UNKNOWN else kinds.NORMAL
        model.pieces.add(piece=piece, score=score, type=kind)
    learnt = model.trainer_spec
    learnt.model_type, learnt.vocab_size = learnt.UNIGRAM, len(model.pieces)
    learnt.bos_id, learnt.pad_id, learnt.eos_id, learnt.unk_id = START, PADDING, END, UNKNOWN
    spaces = model.normalizer_spec  # a space at the start, and no other change: `normalized` made them
    spaces.name, spaces.add_dummy_prefix, spaces.remove_extra_whitespaces = "identity", True, False
    return bytes(model.SerializeToString())
