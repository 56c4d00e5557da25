"""A sentence encoder, made for our messages, run by ONNX Runtime in small integers. Text in, vectors of length one out.

There are two (`MODELS`). One reads every language: a message lies near its translation, so that what was learned from
one language helps the others. The other reads English only, and hears more in it. A file of small matrices (LoRA)
beside this one, named after the model, bends it towards how people write to Lantern; `tools/adapt_encoder.py` made it.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from safetensors.numpy import load_file

from bot.nlu.encoders import mini_lm, multilingual_e5
from bot.nlu.encoders.pieces import splitter

MODELS = {multilingual_e5.MODEL: multilingual_e5.read, mini_lm.MODEL: mini_lm.read}
EVERY_LANGUAGE, ENGLISH_ONLY = MODELS

DIMENSIONS = 384
MAX_TOKENS = 128  # a longer message is cut here; its beginning carries the question
BATCH = 64
WORKERS = max(1, min(2, len(os.sched_getaffinity(0))))  # batches encoded at once
ADAPTER_SCALE = 2.0
MODEL_FILE, PIECES_FILE = "encoder.onnx", "pieces"
WEIGHTS_FILE = "encoder.weights"  # of the model, mapped into memory: workers share it, and rare words stay on disk

Array = npt.NDArray[np.float32]


class Encoder:
    """Transformer layers, mean pooling, length one.

    Args:
        folder: holds `encoder.onnx`, `encoder.weights` and `pieces`, as `build` writes them.
    """

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(folder / MODEL_FILE, options, providers=["CPUExecutionProvider"])
        self._pieces = splitter((folder / PIECES_FILE).read_bytes(), MAX_TOKENS)

    def encode(self, texts: Sequence[str]) -> Array:
        """Vectors for `texts`: shape (len(texts), 384), each of length one. Texts of as many pieces run together."""
        encodings = self._pieces.ids(texts)
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)

        def forward(rows: list[int]) -> None:
            vectors[rows] = self._forward([encodings[row] for row in rows])

        batches = [*_batches([len(ids) for ids in encodings])]
        if len(texts) <= BATCH:  # a turn: others run beside it
            for batch in batches:
                forward(batch)
        else:
            with ThreadPoolExecutor(WORKERS) as pool:
                list(pool.map(forward, batches))
        return vectors

    def _forward(self, ids: list[list[int]]) -> Array:
        (vectors,) = self._session.run(["vectors"], {"ids": np.array(ids, np.int64)})
        return np.asarray(vectors, np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of texts of the same length, at most `BATCH` together: filling one up would cost as much as its words."""
    by_length = sorted(range(len(lengths)), key=lambda row: lengths[row])
    for _, group in groupby(by_length, key=lambda row: lengths[row]):
        same = [*group]
        yield from (same[start : start + BATCH] for start in range(0, len(same), BATCH))


def adapter_of(model: str) -> Path:
    """The file of small matrices for one of `MODELS`."""
    return Path(__file__).parent / f"{model}.safetensors"


def build(folder: Path, model: str = EVERY_LANGUAGE, source: Path | None = None, adapter: Path | None = None) -> None:
    """Writes an encoder into `folder`: its products and its table in bytes (66 MB, or 23), and the pieces of words.

    Args:
        model: one of `MODELS`.
        source: where it was published; None for the installed package's.
        adapter: None for ours.

    Raises:
        WrongWeights: the package is missing, or its file is not the published one.
    """
    import onnx

    from bot.nlu.encoders import graph

    published = MODELS[model](source)
    made = graph.write(adapted(published.arrays, load_file(adapter or adapter_of(model))))
    onnx.save_model(made, folder / MODEL_FILE, save_as_external_data=True, location=WEIGHTS_FILE)
    (folder / PIECES_FILE).write_bytes(published.splitter)


def adapted(weights: dict[str, Array], adapter: dict[str, Array]) -> dict[str, Array]:
    """`weights` with the product of each pair of small matrices (`<name>.A`, `<name>.B`) added."""
    changed = dict(weights)
    for key in adapter:
        if key.endswith(".A"):
            name = key.removesuffix(".A")
            pair = adapter[f"{name}.B"].astype(np.float32) @ adapter[key].astype(np.float32)
            changed[f"{name}.weight"] = weights[f"{name}.weight"] + ADAPTER_SCALE * pair
    return changed


@cache
def shared(model: str = EVERY_LANGUAGE) -> Encoder:
    """An encoder built into a temporary folder, once a process: for tools and tests, not for a trained model."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), model)
        return Encoder(Path(folder))
