"""Makes small models of the shapes that image classifiers have, without PyTorch: FOLDER/NAME/model.onnx.

    python build_small_models.py FOLDER        (needs onnx, onnxruntime and numpy)

Beside each lie input.bin, the photos as [photo, height, width, channel] floats, output.bin, what onnxruntime answers, and
about.json. Photos come in steps of an eighth, which 8 bits hold as they are: quantised models then round nothing, and are
held to the same differences as the others. A model whose scores are almost the same for all labels is not written.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

PHOTOS, SIZE, LABELS = 6, 32, 5
OPSET, IR_VERSION = 21, 10
SMALLEST_SPREAD = 1e-3
random = np.random.default_rng(11)


def draw_photos(size):
    """Coarse patches of colour with some grain, from -1 to 7/8."""
    patches = random.uniform(-1, 1, (PHOTOS, 4, 4, 3)).repeat(size // 4, 1).repeat(size // 4, 2)
    grain = random.normal(0, 0.2, patches.shape)
    return (np.clip(np.round((patches + grain) * 8), -8, 7) / 8).astype(np.float32)


def weights(*shape):
    """As wide as keeps the scale of what they are multiplied with."""
    return random.normal(0, np.sqrt(2 / max(1, np.prod(shape[1:]))), shape).astype(np.float32)


def around(mean, *shape):
    return (mean + random.normal(0, 0.2, shape)).astype(np.float32)


def whole(*values):
    return np.array(values, np.int64)


class Made:
    """Nodes one after another, with the constants that they take."""

    def __init__(self):
        self.nodes, self.constants, self.last = [], [], "x"

    def add(self, op, *inputs, **attributes):
        """An operator on what came last; inputs are constants, or names of values."""
        return self.of(op, self.last, *inputs, **attributes)

    def of(self, op, *inputs, **attributes):
        names = [value if isinstance(value, str) else self.keep(value) for value in inputs]
        self.last = f"{op.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, names, [self.last], name=self.last, **attributes))
        return self.last

    def keep(self, value):
        name = f"w{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def norm(self, channels):
        spread = np.abs(around(1, channels)) + 0.1
        return self.add("BatchNormalization", around(1, channels), around(0, channels), around(0, channels), spread)

    def head(self, channels, final="Softmax"):
        self.add("GlobalAveragePool")
        self.add("Flatten")
        self.add("Gemm", 3 * weights(LABELS, channels), around(0, LABELS), transB=1)
        if final:
            self.add(final, axis=-1)

    def model(self, size):
        photo = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3, size, size])
        scores = helper.make_tensor_value_info(self.last, TensorProto.FLOAT, ["batch", "labels"])
        graph = helper.make_graph(self.nodes, "small", [photo], [scores], self.constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)


def batch_norm():
    made = Made()
    for before, after in [(3, 8), (8, 16)]:
        made.add("Conv", weights(after, before, 3, 3), pads=[1, 1, 1, 1], strides=[2, 2])
        made.norm(after)
        made.add("Relu")
    made.head(16)
    return made


def shuffled_groups():
    made = Made()
    made.add("Conv", weights(16, 3, 3, 3), pads=[1, 1, 1, 1], strides=[2, 2])
    made.norm(16)
    skipped = made.add("Relu")
    made.add("Conv", weights(16, 4, 1, 1), group=4)
    made.add("Reshape", whole(-1, 4, 4, 16, 16))
    made.add("Transpose", perm=[0, 2, 1, 3, 4])
    made.add("Reshape", whole(-1, 16, 16, 16))
    made.add("Conv", weights(16, 1, 3, 3), group=16, pads=[1, 1, 1, 1])
    made.add("Conv", weights(16, 4, 1, 1), group=4)
    made.norm(16)
    made.add("Concat", skipped, axis=1)
    made.head(32)
    return made


def layer_norm():
    """A block of ConvNeXt's: depthwise 7 x 7, then normalised and mixed with the channels last."""
    made = Made()
    stem = made.add("Conv", weights(16, 3, 4, 4), around(0, 16), strides=[4, 4])
    made.add("Conv", weights(16, 1, 7, 7), around(0, 16), group=16, pads=[3, 3, 3, 3])
    made.add("Transpose", perm=[0, 2, 3, 1])
    made.add("LayerNormalization", around(1, 16), around(0, 16), axis=-1, epsilon=1e-6)
    made.add("MatMul", weights(64, 16).T.copy())
    made.add("Add", around(0, 64))
    made.add("Gelu")
    made.add("MatMul", weights(16, 64).T.copy())
    made.add("Mul", around(0.5, 16))
    made.add("Transpose", perm=[0, 3, 1, 2])
    made.add("Add", stem)
    made.head(16)
    return made


def squeeze_and_excitation():
    made = Made()
    made.add("Conv", weights(16, 3, 3, 3), pads=[1, 1, 1, 1], strides=[2, 2])
    made.norm(16)
    seen = made.add("HardSwish")
    made.add("GlobalAveragePool")
    made.add("Conv", weights(4, 16, 1, 1), around(0, 4))
    made.add("Relu")
    made.add("Conv", weights(16, 4, 1, 1), around(0, 16))
    made.add("HardSigmoid", alpha=1 / 6, beta=0.5)
    made.add("Mul", seen)
    made.head(16, final=None)
    return made


def resize():
    """Two scales of the same map, the coarser brought back up."""
    made = Made()
    fine = made.add("Conv", weights(8, 3, 3, 3), pads=[1, 1, 1, 1])
    made.add("AveragePool", kernel_shape=[2, 2], strides=[2, 2])
    made.add("Resize", np.array([], np.float32), np.array([1, 1, 2, 2], np.float32), mode="linear")
    made.add("Add", fine)
    made.add("Relu")
    made.add("Resize", "", "", whole(1, 8, 12, 20), mode="nearest", coordinate_transformation_mode="asymmetric")
    made.head(8)
    return made


def quantised_pairs():
    """A pair after each step, as static quantisation writes it; the ReLU is the range that starts at zero."""
    made = Made()
    step, low = np.float32(1 / 8), np.int8(-128)
    made.add("QuantizeLinear", step, np.int8(0))
    made.add("DequantizeLinear", step, np.int8(0))
    photo = made.last
    scales = (2.0 ** -np.arange(1, 9) * 8).astype(np.float32)
    kernel = made.of("DequantizeLinear", random.integers(-2, 3, (8, 3, 3, 3)).astype(np.int8), scales, np.zeros(8, np.int8), axis=0)
    made.of("Conv", photo, kernel, pads=[1, 1, 1, 1])
    finest = np.float32(scales.min() / 8)
    made.add("QuantizeLinear", finest, low)
    made.add("DequantizeLinear", finest, low)
    made.head(8)
    return made


def quantised_operators():
    """Each whole number stands for itself in all that QLinearConv adds up; what leaves 8 bits is cut off."""
    made = Made()
    step, scale = np.float32(1 / 8), np.full(8, 1 / 4, np.float32)
    made.add("QuantizeLinear", step, np.int8(0))
    kernel = random.integers(-2, 3, (8, 3, 3, 3)).astype(np.int8)
    bias = random.integers(-20, 20, 8).astype(np.int32)
    made.add("QLinearConv", step, np.int8(0), kernel, scale, np.zeros(8, np.int8), np.float32(1 / 32), np.int8(-28), bias, strides=[2, 2])
    made.add("DequantizeLinear", np.float32(1 / 32), np.int8(-28))
    made.head(8)
    return made


def one_sigmoid():
    """Of two labels, flattened before its layers."""
    made = Made()
    made.add("Conv", weights(8, 3, 3, 3), around(0, 8))
    made.add("Relu")
    made.add("MaxPool", kernel_shape=[2, 2], strides=[2, 2])
    made.add("Flatten")
    made.add("Gemm", weights(16, 8 * 15 * 15), around(0, 16), transB=1)
    made.add("Relu")
    made.add("Gemm", weights(1, 16), around(0, 1), transB=1)
    made.add("Sigmoid")
    return made


MODELS = {
    "batch-norm": batch_norm,
    "shuffled-groups": shuffled_groups,
    "layer-norm": layer_norm,
    "squeeze-and-excitation": squeeze_and_excitation,
    "resize": resize,
    "quantised-pairs": quantised_pairs,
    "quantised-operators": quantised_operators,
    "one-sigmoid": one_sigmoid,
}
KEPT_OUTSIDE = {"one-sigmoid"}


def write(folder, name):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    model = MODELS[name]().model(SIZE)
    onnx.checker.check_model(model)
    outside = {"save_as_external_data": True, "location": "model.onnx.data", "size_threshold": 64}
    onnx.save_model(model, path, **(outside if name in KEPT_OUTSIDE else {}))
    photos = draw_photos(SIZE)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    answers = [session.run(None, {"x": np.ascontiguousarray(photo.transpose(2, 0, 1))[None]})[0] for photo in photos]
    answers = np.concatenate(answers).astype(np.float32)
    spread = float(np.ptp(answers, axis=None if answers.shape[1] == 1 else 1).min())
    if not spread >= SMALLEST_SPREAD:
        sys.exit(f"{name}: its scores spread by {spread} alone")
    photos.tofile(folder / "input.bin")
    answers.tofile(folder / "output.bin")
    (folder / "about.json").write_text(json.dumps({"photos": PHOTOS, "size": SIZE, "spread": spread}))


def main():
    folder = Path(sys.argv[1])
    for name in MODELS:
        write(folder / name, name)
    print(" ".join(MODELS))


if __name__ == "__main__":
    main()
