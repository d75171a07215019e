"""Writes the models that the Python peers serve: MODEL.tflite and MODEL.onnx for each.

xception299   what the course deploys: Xception at 299 px as a nested base, a dense layer of 100 and the ten labels.
              Its weights are random, since only its time is measured.
shipped       this project's own model, rebuilt from its directory, so that runtimes are compared on equal work; as
              shipped-one-photo.tflite for one photo at a time.

    python make_models.py OUT_DIRECTORY MODEL_DIRECTORY
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tensorflow as tf

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
from restore_keras import restore_checked


def xception299() -> keras.Model:
    """Pixels scaled to -1…1, (1, 299, 299, 3) -> logits (1, 10)."""
    keras.utils.set_random_seed(1)
    base = keras.applications.Xception(weights=None, include_top=False, input_shape=(299, 299, 3))
    pixels = keras.Input((299, 299, 3))
    features = keras.layers.GlobalAveragePooling2D()(base(pixels, training=False))
    hidden = keras.layers.Dense(100, activation="relu")(features)
    return keras.Model(pixels, keras.layers.Dense(10)(hidden))


def write(model: keras.Model, name: str, out: Path) -> None:
    """Keras -> SavedModel -> LiteRT -> ONNX; the last step takes the LiteRT file, whose graph is already folded."""
    with tempfile.TemporaryDirectory() as saved:
        model.export(saved, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(saved)
        (out / f"{name}.tflite").write_bytes(converter.convert())
    subprocess.run(
        [sys.executable, "-m", "tf2onnx.convert", "--tflite", out / f"{name}.tflite", "--output", out / f"{name}.onnx"],
        check=True,
        capture_output=True,
    )


def write_for_one_photo(model: keras.Model, path: Path) -> None:
    """LiteRT.js runs no file whose batch is left open."""
    one = tf.TensorSpec((1, *model.input_shape[1:]), tf.float32)
    with tempfile.TemporaryDirectory() as saved:
        model.export(saved, verbose=False, input_signature=[one])
        path.write_bytes(tf.lite.TFLiteConverter.from_saved_model(saved).convert())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("shipped", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    write(xception299(), "xception299", options.out)
    shipped = restore_checked(options.shipped)
    write_for_one_photo(shipped, options.out / "shipped-one-photo.tflite")
    write(shipped, "shipped", options.out)


if __name__ == "__main__":
    main()
