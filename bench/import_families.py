"""Builds one model of keras.applications with random weights and writes it, an input and Keras's answer to it.

    python import_families.py <family> <folder> [keras h5 tflite]

Batch normalisation is given the statistics that it sees and then moved, so that no layer is trivial and no output saturates.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

# The smallest of each family, then two large ones.
FAMILIES = [
    "MobileNet", "MobileNetV2", "MobileNetV3Small", "EfficientNetB0", "EfficientNetV2B0", "NASNetMobile", "DenseNet121",
    "ResNet50", "ResNet50V2", "InceptionV3", "Xception", "InceptionResNetV2", "ConvNeXtTiny", "VGG16", "ResNet152",
    "EfficientNetB7",
]  # fmt: skip

DEFAULT_SIZE = 224
# Enough for statistics that are not those of one picture; large ones have enough of their own, and Keras keeps every
# layer's result in memory.
PHOTOS = 6
LARGE_SIZE = 400


def randomise(model, inputs, random):
    normalisations = [layer for layer in all_layers(model) if isinstance(layer, keras.layers.BatchNormalization)]
    for layer in normalisations:
        layer.momentum = 0.5
    model(inputs, training=True)
    for variable in model.weights:
        name, shape = variable.path.split("/")[-1], tuple(variable.shape)
        if variable.dtype != "float32":
            continue
        if name == "gamma":
            # ConvNeXt's factors begin at a millionth, which would hide whatever they multiply.
            centre = 0.2 if "layer_scale" in variable.path else 1.0
            variable.assign(centre * random.uniform(0.8, 1.2, shape))
        elif name in ("beta", "bias"):
            variable.assign(random.normal(0, 0.05, shape))
        elif name in ("moving_mean", "moving_variance"):
            variable.assign(np.asarray(variable) * random.uniform(0.95, 1.05, shape))
    for layer in normalisations:
        layer.momentum = 0.99


def draw_photos(random, height, width):
    """Pictures from -1 to 1 with large shapes and a little noise: noise alone would mean out to nothing."""
    count = 1 if height > LARGE_SIZE else PHOTOS
    shapes = keras.ops.image.resize(random.uniform(-1, 1, (count, 7, 7, 3)), (height, width), interpolation="bicubic")
    return np.clip(np.asarray(shapes) + random.normal(0, 0.1, (count, height, width, 3)), -1, 1).astype(np.float32)


def all_layers(model):
    for layer in model.layers:
        yield layer
        if isinstance(layer, keras.Model):
            yield from all_layers(layer)


def spread_scores(model, inputs):
    """Scales the last dense layer so that the scores differ by a few units, as a trained model's do."""
    head = [layer for layer in model.layers if layer.weights][-1]
    logits = np.log(np.maximum(np.asarray(model(inputs, training=False)), 1e-30))
    head.kernel.assign(head.kernel * (1.5 / max(float(logits.std()), 1e-6)))


def main():
    family, folder = sys.argv[1], Path(sys.argv[2])
    formats = sys.argv[3:] or ["keras", "h5"]
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(7)
    random = np.random.default_rng(7)
    model = getattr(keras.applications, family)(weights=None)
    size = [given or DEFAULT_SIZE for given in model.input_shape[1:3]]
    batch = draw_photos(random, *size)
    if any(type(layer).__name__ in ("Rescaling", "Normalization") for layer in model.layers):
        batch = (batch + 1) * 127.5
    randomise(model, batch, random)
    spread_scores(model, batch)
    values = batch[:1]
    values.tofile(folder / "input.bin")
    np.asarray(model(values, training=False)).astype(np.float32).tofile(folder / "output.bin")
    if "keras" in formats:
        model.save(folder / "model.keras")
    if "h5" in formats:
        model.save(folder / "model.h5", include_optimizer=False)
    if "tflite" in formats:
        import tensorflow as tf

        (folder / "model.tflite").write_bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())
    print(json.dumps({"family": family, "parameters": model.count_params(), "keras": keras.__version__}))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print("\n".join(FAMILIES))
    else:
        main()
