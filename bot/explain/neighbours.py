"""The training messages nearest to a message in meaning: by the angle between their sentence vectors.

Of the first topics only, in the message's own language: encoding every message would take minutes. Vectors are kept
beside the model, so that a topic is encoded once.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from actions.knowledge.yaml_file import read_yaml
from bot.explain.opened import Opened
from bot.nlu.linear import vector_matrix
from bot.nlu.sentence_encoder import SentenceEncoder
from bot.settings import ROOT

NEAREST = 5
MOST_MESSAGES = 500  # of one topic; of more, evenly picked ones are compared. Each takes some milliseconds, once
SUFFIX = ".vectors"

Vectors = npt.NDArray[np.float16]


@dataclass(frozen=True)
class Example:
    """A training message, and where it stands."""

    text: str
    topic: str
    file: str
    line: int


@dataclass(frozen=True)
class Neighbour:
    """A training message, and how near it is: the cosine, 1 for the same meaning."""

    near: float
    example: Example


@dataclass(frozen=True)
class Compared:
    """The nearest training messages, nearest first, and how many of each topic were looked at."""

    language: str
    messages: dict[str, int]
    nearest: tuple[Neighbour, ...]


def nearest(message: Message, topics: Sequence[str], language: str, opened: Opened, model: Path) -> Compared:
    """The training messages of `topics` in `language` that are nearest to `message`.

    Args:
        message: with its sentence vector.
        model: the file that `opened` was loaded from; vectors are kept beside it.
    """
    own = vector_matrix([message])[0]
    found: list[Neighbour] = []
    counts: dict[str, int] = {}
    for topic in topics:
        examples = _evenly(list(examples_of(topic, language)))
        counts[topic] = len(examples)
        if examples:
            near = _vectors(examples, _kept(model, language, topic), opened) @ own
            found += [Neighbour(float(near[at]), examples[at]) for at in np.argsort(-near)[:NEAREST]]
    return Compared(language, counts, tuple(sorted(found, key=lambda one: -one.near)[:NEAREST]))


def examples_of(topic: str, language: str, folder: Path = ROOT / "data" / "nlu") -> Iterator[Example]:
    """The training messages of a topic in one language, file by file."""
    for file in sorted((folder / language).glob("*.yml")):
        text = file.read_text(encoding="utf-8")
        if f"intent: {topic}\n" in text:
            lines = _Lines(text)
            for block in read_yaml(file)["nlu"]:
                if block.get("intent") == topic:
                    name = f"{folder.parent.name}/{folder.name}/{language}/{file.name}"
                    yield from (Example(one, topic, name, lines.of(one)) for one in _texts(block["examples"]))


class _Lines:
    """Where a message stands in its file; 1 where it is written otherwise than on a line of its own."""

    def __init__(self, text: str) -> None:
        lines = enumerate(text.splitlines(), 1)
        self._at = {line.strip().removeprefix("- "): number for number, line in reversed([*lines])}

    def of(self, message: str) -> int:
        return self._at.get(message, 1)


def _texts(examples: Any) -> list[str]:
    """Rasa's two ways of writing examples: one text with a dash a line, or a list of {text, metadata}."""
    if isinstance(examples, str):
        return [line[2:].strip() for line in examples.splitlines() if line.startswith("- ")]
    return [str(example["text"]).strip() for example in examples]


def _evenly(examples: list[Example]) -> list[Example]:
    if len(examples) <= MOST_MESSAGES:
        return examples
    return [examples[at] for at in np.linspace(0, len(examples) - 1, MOST_MESSAGES).astype(int)]


def _vectors(examples: list[Example], kept: Path, opened: Opened) -> npt.NDArray[np.float32]:
    """Shape (examples, dimensions). Read from `kept`, or made and kept there."""
    try:
        vectors: Vectors = np.load(kept, allow_pickle=False)
        if len(vectors) == len(examples):
            return vectors.astype(np.float32)
    except (OSError, ValueError, EOFError):  # not there yet, or damaged: made anew
        pass
    messages = [Message({TEXT: example.text}) for example in examples]
    encoder, *_ = opened.components(SentenceEncoder)  # the one that reads every language
    made = vector_matrix(encoder.process(messages))
    _keep(made.astype(np.float16), kept)
    return made


def _kept(model: Path, language: str, topic: str) -> Path:
    return model.parent / f"{model.name.removesuffix('.tar.gz')}{SUFFIX}" / f"{language}.{topic}.npy"


def _keep(vectors: Vectors, file: Path) -> None:
    """Writes `vectors` whole or not at all; folders of models that are gone go too."""
    models = file.parent.parent
    try:
        for folder in models.glob(f"lantern-*{SUFFIX}"):
            if not (models / f"{folder.name.removesuffix(SUFFIX)}.tar.gz").exists():
                shutil.rmtree(folder)
        file.parent.mkdir(exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as out:
            np.save(out, vectors, allow_pickle=False)
        beside.replace(file)
    except OSError:
        return  # a folder that cannot be written to: they are made anew next time
