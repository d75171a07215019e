"""EfficientNet-lite in Keras 3: no squeeze-and-excitation, ReLU6 in place of swish, stem and head of fixed width."""

import math
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
from keras import layers

from read_checkpoint import read_checkpoint

# The checkpoint was ported from TensorFlow, hence its epsilon and its (asymmetric) 'same' padding.
BATCH_NORM_EPSILON = 1e-3
# What the checkpoint was trained on: (pixel - 127) / 128.
PIXEL_SCALE = 1 / 128
PIXEL_OFFSET = -127 / 128
STEM_FILTERS = 32
FEATURES = 1280


class Stage(NamedTuple):
    """A run of inverted residual blocks; only its first block strides and changes the width."""

    repeats: int
    kernel: int
    stride: int
    expansion: int
    filters: int


STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)
# width, depth, input size in pixels
VARIANTS = {
    "lite0": (1.0, 1.0, 224),
    "lite1": (1.0, 1.1, 240),
    "lite2": (1.1, 1.2, 260),
    # Nobody trained these on ImageNet: narrow.py makes their weights out of lite0's.
    "lite0-w75": (0.75, 1.0, 224),
    "lite0-w50": (0.5, 1.0, 224),
}


def _scale_filters(filters: int, width: float) -> int:
    """The nearest multiple of 8, never more than a tenth below."""
    scaled = max(8, int(filters * width + 4) // 8 * 8)
    return scaled + 8 if scaled < 0.9 * filters * width else scaled


def _normalise(x: keras.KerasTensor, name: str, relu: bool) -> keras.KerasTensor:
    x = layers.BatchNormalization(epsilon=BATCH_NORM_EPSILON, name=name)(x)
    return layers.ReLU(max_value=6.0, name=f"{name}_relu")(x) if relu else x


def _block(x: keras.KerasTensor, name: str, stage: Stage, stride: int, filters: int) -> keras.KerasTensor:
    entry = x
    if stage.expansion > 1:
        x = layers.Conv2D(x.shape[-1] * stage.expansion, 1, use_bias=False, name=f"{name}_expand_conv")(x)
        x = _normalise(x, f"{name}_bn0", relu=True)
    x = layers.DepthwiseConv2D(
        stage.kernel, strides=stride, padding="same", use_bias=False, name=f"{name}_depthwise_conv"
    )(x)
    x = _normalise(x, f"{name}_bn1", relu=True)
    x = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_project_conv")(x)
    x = _normalise(x, f"{name}_bn2", relu=False)
    return layers.Add(name=f"{name}_add")([entry, x]) if stride == 1 and entry.shape[-1] == filters else x


def build_model(labels: int, size: int, variant: str = "lite0", dropout: float = 0.2) -> keras.Model:
    """(batch, size, size, 3) pixels times scale plus offset, to (batch, labels) logits.

    `size` is in pixels; the weights fit any size, the file records the one given.
    """
    width, depth, _ = VARIANTS[variant]
    inputs = keras.Input((size, size, 3), name="photo")
    x = layers.Conv2D(STEM_FILTERS, 3, strides=2, padding="same", use_bias=False, name="conv_stem")(inputs)
    x = _normalise(x, "bn0", relu=True)
    index = 0
    for number, stage in enumerate(STAGES):
        fixed_depth = number in (0, len(STAGES) - 1)
        repeats = stage.repeats if fixed_depth else math.ceil(stage.repeats * depth)
        for repeat in range(repeats):
            stride = stage.stride if repeat == 0 else 1
            x = _block(x, f"blocks_{index}", stage, stride, _scale_filters(stage.filters, width))
            index += 1
    x = layers.Conv2D(FEATURES, 1, use_bias=False, name="conv_head")(x)
    x = _normalise(x, "bn1", relu=True)
    x = layers.GlobalAveragePooling2D(name="features")(x)
    x = layers.Dropout(dropout, name="dropout")(x)
    return keras.Model(inputs, layers.Dense(labels, name="logits")(x), name=f"efficientnet_{variant}")


def load_imagenet_weights(model: keras.Model, checkpoint: Path) -> None:
    """Sets every layer that the checkpoint has in the same shape: all of them, or all but a head of other labels."""
    tensors = read_checkpoint(checkpoint)
    for layer in model.layers:
        if not layer.weights:
            continue
        name = _checkpoint_name(layer.name)
        if isinstance(layer, layers.BatchNormalization):
            parts = ("weight", "bias", "running_mean", "running_var")
            layer.set_weights([tensors[f"{name}.{part}"] for part in parts])
        elif isinstance(layer, layers.DepthwiseConv2D):
            layer.set_weights([tensors[f"{name}.weight"].transpose(2, 3, 0, 1)])
        elif isinstance(layer, layers.Conv2D):
            layer.set_weights([tensors[f"{name}.weight"].transpose(2, 3, 1, 0)])
        elif tensors[f"{name}.bias"].shape == layer.bias.shape:
            layer.set_weights([np.transpose(tensors[f"{name}.weight"]), tensors[f"{name}.bias"]])


def _checkpoint_name(layer_name: str) -> str:
    """`blocks_3_bn1` is `_blocks.3._bn1` in the checkpoint, `conv_stem` is `_conv_stem`, `logits` is `_fc`."""
    if layer_name == "logits":
        return "_fc"
    if not layer_name.startswith("blocks_"):
        return f"_{layer_name}"
    _, index, part = layer_name.split("_", 2)
    return f"_blocks.{index}._{part}"
