"""Which model is current, and that a broken one is not used."""

import shutil

import pytest

from bot import model
from bot.agent import Lantern, ModelUnusable
from bot.settings import ROOT


@pytest.fixture
def root(tmp_path):
    for name in model.TRAINED_FROM:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    return tmp_path


def test_the_fingerprint_follows_the_data(root):
    before = model.fingerprint(root)
    assert before == model.fingerprint(root) == model.fingerprint(ROOT)
    file = root / "data" / "nlu" / "en" / "greet.yml"
    file.write_text(file.read_text() + "    - hey you\n")
    assert model.fingerprint(root) != before


def test_the_fingerprint_follows_the_encoders_matrices(root):
    before = model.fingerprint(root)
    file = next((root / "bot" / "nlu" / "encoders").glob("*.safetensors"))
    file.write_bytes(file.read_bytes() + b"\0")
    assert model.fingerprint(root) != before


def test_the_fingerprint_ignores_what_is_not_trained_from(root):
    before = model.fingerprint(root)
    (root / "data" / "law").mkdir()
    (root / "data" / "law" / "OR.yml").write_text("code: OR")
    assert model.fingerprint(root) == before


@pytest.mark.parametrize("contents", [b"", b"half a model", None], ids=["empty", "half-written", "missing"])
def test_an_unusable_model_is_said_to_be_one(tmp_path, contents):
    path = tmp_path / "lantern-0.tar.gz"
    if contents is not None:
        path.write_bytes(contents)
    with pytest.raises(ModelUnusable, match="cannot be loaded"):
        Lantern.load(path)
