"""A sentence encoder as an ONNX graph, written from its weights layer by layer; products in small integers.

Transformer layers (BERT), mean pooling, length one. Input `ids` (messages, tokens) int64, without padding; output
`vectors` (messages, 384) float32.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

DIMENSIONS = 384  # of the vectors
HEADS, HEAD_SIZE = 12, 32
OPSET, IR_VERSION = 17, 8
MICROSOFT = "com.microsoft"  # ONNX Runtime's own operators
EPSILON = 1e-12
INT8_MOST = 127
PRODUCT_MOST = 63  # of weights in products: processors without VNNI add up pairs in 16 bits, which 127 would overflow
ZERO = 128  # what stands for zero in the unsigned bytes of a product

Array = npt.NDArray[np.float32]


class GraphWriter:
    """Collects nodes and constants; each method returns the name of its result."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._weights = weights
        self._quantized: set[str] = set()
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: npt.ArrayLike, kind: type = np.float32) -> str:
        """A constant, once."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(value, kind, order="C"), name)
        return name

    def weight(self, name: str) -> str:
        """One of the model's own arrays."""
        return self.constant(name, self._weights[name])

    def apply(self, kind: str, *inputs: str, result: str | None = None, **attributes: Any) -> str:
        """One ONNX operator."""
        name = result or f"{kind}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def dense(self, x: str, *names: str) -> str:
        """x @ weight + bias, multiplied in integers: `x` scaled token by token, the weight column by column.

        So a token's product hangs neither on the other tokens and messages of a run, nor on the processor.

        Args:
            names: projections of the same `x`; their results stand side by side.
        """
        weight = np.concatenate([self._weights[f"{name}.weight"] for name in names]).T
        bias = np.concatenate([self._weights[f"{name}.bias"] for name in names])
        scale = np.abs(weight).max(axis=0) / PRODUCT_MOST
        small, small_scale = self.quantized(x)
        product = self.apply(
            "MatMulIntegerToFloat",
            small,
            self.constant(f"{names[0]}.weight.int8", np.round(weight / scale), np.int8),
            self.constant("one", 1.0),
            self.constant(f"{names[0]}.scale", scale),
            self.constant("byte_zero", ZERO, np.uint8),
            domain=MICROSOFT,
        )
        return self.apply("Add", self.apply("Mul", product, small_scale), self.constant(f"{names[0]}.bias", bias))

    def looked_up(self, ids: str, name: str) -> str:
        """Rows of a table that is kept in 8-bit integers, each row with a scale of its own."""
        table = self._weights[f"{name}.weight"]
        scale = np.abs(table).max(axis=1, keepdims=True) / INT8_MOST
        integers = self.constant(f"{name}.int8", np.round(table / np.where(scale > 0, scale, 1)), np.int8)
        rows = self.apply("Cast", self.apply("Gather", integers, ids), to=TensorProto.FLOAT)
        return self.apply("Mul", rows, self.apply("Gather", self.constant(f"{name}.scale", scale), ids))

    def quantized(self, x: str) -> tuple[str, str]:
        """`x` as unsigned bytes around `ZERO`, and the scale of each token; once for each `x`."""
        bytes_, scale = f"{x}.uint8", f"{x}.scale"
        if x not in self._quantized:
            self._quantized.add(x)
            most = self.apply("ReduceMax", self.apply("Abs", x), axes=[-1], keepdims=1)
            self.apply("Mul", most, self.constant("byte", 1 / INT8_MOST), result=scale)
            one, zero = self.constant("one", 1.0), self.constant("byte_zero", ZERO, np.uint8)
            self.apply("QuantizeLinear", self.apply("Div", x, scale), one, zero, result=bytes_)
        return bytes_, scale

    def norm(self, x: str, name: str) -> str:
        """Layer normalisation over the last axis."""
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.apply("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)

    def layer(self, x: str, name: str) -> str:
        """One transformer layer."""
        split = self.constant("heads", [0, 0, HEADS, HEAD_SIZE], np.int64)
        merge = self.constant("merged", [0, 0, DIMENSIONS], np.int64)
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        together, sizes = self.dense(x, *parts), self.constant("sizes", [DIMENSIONS] * len(parts), np.int64)
        self.nodes.append(helper.make_node("Split", [together, sizes], parts, axis=-1))
        query, key, value = (self.apply("Reshape", part, split) for part in parts)
        query = self.apply("Transpose", query, perm=[0, 2, 1, 3])
        key = self.apply("Transpose", key, perm=[0, 2, 3, 1])
        value = self.apply("Transpose", value, perm=[0, 2, 1, 3])
        scores = self.apply("Mul", self.apply("MatMul", query, key), self.constant("scale", HEAD_SIZE**-0.5))
        attention = self.apply("Softmax", scores, axis=-1)
        context = self.apply("Transpose", self.apply("MatMul", attention, value), perm=[0, 2, 1, 3])
        context = self.dense(self.apply("Reshape", context, merge), f"{name}.attention.output.dense")
        x = self.norm(self.apply("Add", x, context), f"{name}.attention.output.LayerNorm")
        inner = self.gelu(self.dense(x, f"{name}.intermediate.dense"))
        return self.norm(self.apply("Add", x, self.dense(inner, f"{name}.output.dense")), f"{name}.output.LayerNorm")

    def gelu(self, x: str) -> str:
        """x · ½ · (1 + erf(x / √2)), in the shape ONNX Runtime knows to fuse."""
        root, one, half = (
            self.constant(name, value) for name, value in (("root2", 2**0.5), ("one", 1.0), ("half", 0.5))
        )
        cumulative = self.apply("Add", self.apply("Erf", self.apply("Div", x, root)), one)
        return self.apply("Mul", self.apply("Mul", x, cumulative), half)


def layers(weights: Iterable[str]) -> int:
    """How many layers the model has whose arrays have these names."""
    return len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})


def write(weights: Mapping[str, Array]) -> onnx.ModelProto:
    """The whole model."""
    graph = GraphWriter(weights)
    kinds = weights["embeddings.token_type_embeddings.weight"][0]
    places = graph.constant("places", weights["embeddings.position_embeddings.weight"] + kinds)
    first, second = (graph.constant(f"axis{n}", [n], np.int64) for n in range(2))
    length = graph.apply("Gather", graph.apply("Shape", "ids"), graph.constant("second", [1], np.int64))
    words = graph.looked_up("ids", "embeddings.word_embeddings")
    zero = graph.constant("zero", [0], np.int64)
    x = graph.apply("Add", words, graph.apply("Slice", places, zero, length, first))
    x = graph.norm(x, "embeddings.LayerNorm")
    for number in range(layers(weights)):
        x = graph.layer(x, f"encoder.layer.{number}")
    total = graph.apply("ReduceSum", x, second, keepdims=0)  # a mean of another length: it is made one anyway
    graph.apply("Div", total, graph.apply("ReduceL2", total, axes=[-1], keepdims=1), result="vectors")
    inputs = [helper.make_tensor_value_info("ids", TensorProto.INT64, ["messages", "tokens"])]
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["messages", DIMENSIONS])]
    made = helper.make_graph(graph.nodes, "encoder", inputs, outputs, list(graph.constants.values()))
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)])
    model.ir_version = IR_VERSION
    return model
