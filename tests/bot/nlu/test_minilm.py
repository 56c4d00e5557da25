"""The encoder: right weights, right vectors, order and batch do not matter."""

import numpy as np
import pytest

from bot.nlu import minilm


def test_vectors_are_of_length_one_and_keep_their_order():
    texts = ["i need a lawyer", "", "where can i sleep tonight " * 60, "i need an attorney", "the moon is far"]
    together = minilm.shared().encode(texts)
    assert together.shape == (5, minilm.DIMENSIONS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.vstack([minilm.shared().encode([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-4)


def test_meaning_is_near_meaning():
    lawyer, attorney, moon = minilm.shared().encode(["i need a lawyer", "i need an attorney", "the moon is far"])
    assert lawyer @ attorney > 0.7 > 0.3 > lawyer @ moon


def test_a_known_vector():
    """First numbers of the published model's vector for this sentence (sentence-transformers/all-MiniLM-L6-v2)."""
    [vector] = minilm.shared().encode(["This is an example sentence"])
    assert np.allclose(vector[:3], [0.0676, 0.0635, 0.0487], atol=1e-3)


def test_other_weights_are_refused(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"other")
    with pytest.raises(minilm.WrongWeights, match="is not the published"):
        minilm.MiniLM(tmp_path)
