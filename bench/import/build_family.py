"""Builds models with random weights and writes each as FOLDER/FAMILY/model.FORMAT, with an input and Keras's answer.

    python build_family.py [FOLDER FAMILY ...] [--formats keras,h5,tflite]

prints the names of all families where no folder is given. Batch normalisation is given the statistics that it sees
and then moved, so that no layer is trivial and no output saturates.
"""

import argparse
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

# What the course deploys: a body at 299 pixels as one layer, a dense layer of 100 and ten scores.
NESTED_XCEPTION = "nested Xception"
# The smallest of each family, then two large ones.
FAMILIES = [
    "MobileNet", "MobileNetV2", "MobileNetV3Small", "EfficientNetB0", "EfficientNetV2B0", "NASNetMobile", "DenseNet121",
    "ResNet50", "ResNet50V2", "InceptionV3", "Xception", NESTED_XCEPTION, "InceptionResNetV2", "ConvNeXtTiny", "VGG16",
    "ResNet152", "EfficientNetB7",
]  # fmt: skip

DEFAULT_SIZE = 224
# Enough for statistics that are not those of one picture; large ones have enough of their own, and Keras keeps every
# layer's result in memory.
PHOTOS = 6
LARGE_SIZE = 400
LARGEST_PROBABILITY = 0.9


def nested_xception():
    base = keras.applications.Xception(weights=None, include_top=False, input_shape=(299, 299, 3))
    pixels = keras.Input((299, 299, 3))
    features = keras.layers.GlobalAveragePooling2D()(base(pixels, training=False))
    hidden = keras.layers.Dense(100, activation="relu")(features)
    return keras.Model(pixels, keras.layers.Dense(10)(hidden))


def randomise(model, inputs, random):
    normalisations = [layer for layer in all_layers(model) if isinstance(layer, keras.layers.BatchNormalization)]
    for layer in normalisations:
        layer.momentum = 0.5
    # The model around a body is told to keep that as it is.
    second = model.layers[1]
    is_body = isinstance(second, keras.Model) and not isinstance(second, keras.Sequential)
    (second if is_body else model)(inputs, training=True)
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


def are_probabilities(scores):
    return bool(np.all(scores >= 0) and np.allclose(scores.sum(axis=-1), 1, atol=1e-3))


def spread_scores(model, inputs):
    """Scales the last dense layer so that the scores differ by a few units, as a trained model's do."""
    head = [layer for layer in model.layers if layer.weights][-1]
    scores = np.asarray(model(inputs, training=False))
    logits = np.log(np.maximum(scores, 1e-30)) if are_probabilities(scores) else scores
    head.kernel.assign(head.kernel * (1.5 / max(float(logits.std()), 1e-6)))
    scores = np.asarray(model(inputs, training=False))
    if are_probabilities(scores) and scores.max() > LARGEST_PROBABILITY:
        raise SystemExit(f"A score of {scores.max():.3f} hides whatever difference there is.")


def build_model(family):
    """The model and photos that suit it."""
    keras.utils.set_random_seed(7)
    random = np.random.default_rng(7)
    model = nested_xception() if family == NESTED_XCEPTION else getattr(keras.applications, family)(weights=None)
    size = [given or DEFAULT_SIZE for given in model.input_shape[1:3]]
    photos = draw_photos(random, *size)
    if any(type(layer).__name__ in ("Rescaling", "Normalization") for layer in model.layers):
        photos = (photos + 1) * 127.5
    randomise(model, photos, random)
    spread_scores(model, photos)
    return model, photos


def write(family, folder, formats):
    folder.mkdir(parents=True, exist_ok=True)
    model, photos = build_model(family)
    values = photos[:1]
    values.tofile(folder / "input.bin")
    np.asarray(model(values, training=False)).astype(np.float32).tofile(folder / "output.bin")
    if "keras" in formats:
        model.save(folder / "model.keras")
    if "h5" in formats:
        model.save(folder / "model.h5", include_optimizer=False)
    if "tflite" in formats:
        import tensorflow as tf

        (folder / "model.tflite").write_bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("families", nargs="*", metavar="family")
    parser.add_argument("--formats", default="keras,h5,tflite")
    options = parser.parse_args()
    if options.folder is None:
        print("\n".join(FAMILIES))
    for family in options.families:
        write(family, options.folder / family, options.formats.split(","))
        keras.backend.clear_session()


if __name__ == "__main__":
    main()
