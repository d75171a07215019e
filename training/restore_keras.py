"""Rebuilds the Keras model out of a model directory: what was trained, with batch normalisation folded into the
convolutions and weights as precise as weights.bin holds them. It takes what the card makes of a photo, and returns
scores.

    python restore_keras.py ../clothing --out clothing.keras

Compares itself with Keras's own scores in parity.json, and fails, writing nothing, where they differ.
"""

import argparse
import base64
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers

sys.path.insert(0, str(Path(__file__).parent.parent / "importer"))
from reference import draw_photo, to_input

# Of the range of a photo's scores. Weights rounded to half floats cost the shipped model 8.5e-3 on a drawn photo that
# it makes nothing of, in TF.js as here, and 6e-4 on a drawn garment.
LARGEST_DIFFERENCE = 1e-2
STORED_TYPES = {"float32": "<f4", "float16": "<f2", "int32": "<i4"}
PADDINGS = {"SAME": "same", "VALID": "valid"}
ACTIVATIONS = {"Relu": "relu", "Relu6": "relu6"}

Node = dict[str, Any]


def read_weights(directory: Path, description: Node) -> dict[str, np.ndarray]:
    """The tensors of the weights manifest by name, half floats widened."""
    tensors: dict[str, np.ndarray] = {}
    for group in description["weightsManifest"]:
        content = b"".join((directory / path).read_bytes() for path in group["paths"])
        at = 0
        for entry in group["weights"]:
            stored = entry.get("quantization", entry)["dtype"]
            if stored not in STORED_TYPES:
                raise SystemExit(f"{entry['name']} is stored as {stored}, which loses too much to rebuild from.")
            count = int(np.prod(entry["shape"]))
            values = np.frombuffer(content, STORED_TYPES[stored], count, at)
            at += values.nbytes
            tensors[entry["name"]] = values.reshape(entry["shape"]).astype(entry["dtype"])
        if at != len(content):
            raise SystemExit(f"{group['paths']} hold {len(content)} bytes, the manifest tells of {at}.")
    return tensors


def text_of(attribute: str) -> str:
    """TF.js writes a protocol buffer's bytes as base64."""
    return base64.b64decode(attribute).decode()


class ModelRestorer:
    """One Keras layer for each node of the graph, in its order, which is that of the computation."""

    def __init__(self, tensors: dict[str, np.ndarray]) -> None:
        self.tensors = tensors
        self.results: dict[str, keras.KerasTensor] = {}
        self.weights: dict[str, list[np.ndarray]] = {}

    def restore(self, nodes: list[Node]) -> keras.Model:
        for node in nodes:
            if node["op"] != "Const":
                self.results[node["name"]] = self._convert(node)
        model = keras.Model(self.results["input"], self.results["score"])
        for name, weights in self.weights.items():
            model.get_layer(name).set_weights(weights)
        return model

    def _convert(self, node: Node) -> keras.KerasTensor:
        converters = {
            "Placeholder": self._input,
            "_FusedConv2D": self._convolution,
            "FusedDepthwiseConv2dNative": self._convolution,
            "AddV2": self._sum,
            "Mean": self._pooling,
            "_FusedMatMul": self._dense,
        }
        if node["op"] not in converters:
            raise SystemExit(f"{node['name']} is a {node['op']}; only {', '.join(converters)} are rebuilt.")
        return converters[node["op"]](node)

    def _input(self, node: Node) -> keras.KerasTensor:
        _, *shape = [int(size["size"]) for size in node["attr"]["shape"]["shape"]["dim"]]
        return keras.Input(shape, name=node["name"])

    def _convolution(self, node: Node) -> keras.KerasTensor:
        source, kernel_name, _ = node["input"]
        attributes = node["attr"]
        stride = int(attributes["strides"]["list"]["i"][1])
        padding = PADDINGS[text_of(attributes["padding"]["s"])]
        height, width, _, filters = self.tensors[kernel_name].shape
        options = {"strides": stride, "padding": padding, **self._name_and_activation(node)}
        if [int(size) for size in attributes["dilations"]["list"]["i"]] != [1, 1, 1, 1]:
            raise SystemExit(f"{node['name']} is dilated, which is not rebuilt.")
        if node["op"] == "_FusedConv2D":
            layer = layers.Conv2D(filters, (height, width), **options)
        else:
            layer = layers.DepthwiseConv2D((height, width), depth_multiplier=filters, **options)
        return layer(self.results[source])

    def _dense(self, node: Node) -> keras.KerasTensor:
        source, kernel_name, _ = node["input"]
        if node["attr"]["transpose_a"]["b"] or node["attr"]["transpose_b"]["b"]:
            raise SystemExit(f"{node['name']} is of a transposed matrix, which is not rebuilt.")
        layer = layers.Dense(self.tensors[kernel_name].shape[1], **self._name_and_activation(node))
        return layer(self.results[source])

    def _name_and_activation(self, node: Node) -> dict[str, Any]:
        """A layer is called as its kernel is, up to the last slash; its weights are set once the model stands."""
        _, kernel_name, bias_name = node["input"]
        bias, *activations = [text_of(name) for name in node["attr"]["fused_ops"]["list"]["s"]]
        if bias != "BiasAdd" or len(activations) > 1 or not set(activations) <= ACTIVATIONS.keys():
            raise SystemExit(f"{node['name']} is fused with {bias}, {activations}, which is not rebuilt.")
        name = kernel_name.rsplit("/", 1)[0]
        self.weights[name] = [self.tensors[kernel_name], self.tensors[bias_name]]
        return {"name": name, "activation": ACTIVATIONS[activations[0]] if activations else None}

    def _sum(self, node: Node) -> keras.KerasTensor:
        return layers.Add(name=node["name"].rsplit("/", 1)[0])([self.results[name] for name in node["input"]])

    def _pooling(self, node: Node) -> keras.KerasTensor:
        source, axes = node["input"]
        if self.tensors[axes].tolist() != [1, 2]:
            raise SystemExit(f"{node['name']} is no mean over height and width.")
        return layers.GlobalAveragePooling2D(keepdims=node["attr"]["keep_dims"]["b"], name=node["name"])(
            self.results[source]
        )


def restore(directory: Path) -> keras.Model:
    """(batch, height, width, channels) of the card's input to (batch, labels) scores."""
    description = json.loads((directory / "model.json").read_text())
    return ModelRestorer(read_weights(directory, description)).restore(description["modelTopology"]["node"])


def largest_difference(model: keras.Model, directory: Path) -> float:
    """From the scores in parity.json, as a share of each photo's range of scores; infinite for another first label."""
    card = json.loads((directory / "card.json").read_text())["input"]
    differences = []
    for photo in json.loads((directory / "parity.json").read_text())["photos"]:
        expected = np.array(photo["scores"])
        scores = np.asarray(model(to_input(draw_photo(photo["recipe"]), card)[None], training=False))[0]
        is_same = scores.argmax() == expected.argmax()
        differences.append(np.abs(scores - expected).max() / np.ptp(expected) if is_same else np.inf)
    return float(np.max(differences))


def restore_checked(directory: Path) -> keras.Model:
    """What `restore` makes, once it has answered the photos of parity.json as Keras did."""
    model = restore(directory)
    difference = largest_difference(model, directory)
    # NaN compares as false with everything.
    if not difference <= LARGEST_DIFFERENCE:
        raise SystemExit(f"{directory}: scores differ from those in parity.json by {difference:.1e} of their range.")
    print(f"{directory}: scores within {difference:.1e} of their range of those in parity.json")
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, help="a model directory, parity.json included")
    parser.add_argument("--out", type=Path, required=True, help="the .keras file")
    options = parser.parse_args()
    restore_checked(options.directory).save(options.out)


if __name__ == "__main__":
    main()
