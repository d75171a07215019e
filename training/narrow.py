"""Weights for a narrower network out of a model directory's: fewer channels, the rest refitted; train.py goes on there.

    python narrow.py ../clothing --data DATA --cache CACHE --variant lite0-w50 --out narrow.weights.h5

It goes from the photo to the head, on a few hundred training photos, and knows two cuts:
- Nothing bends between two blocks, so any basis serves there. Each run of blocks that add to each other keeps one set
  of directions: the principal ones of what the layers after it read (as Ashkboos et al. 2024, "SliceGPT").
- Inside a block, between two ReLU6, it drops channel after channel: always the one that those left make up for best, by
  the criterion of the optimal brain surgeon for whole channels (as Kurtic et al. 2023, "ZipLM").
Each layer is fitted by least squares to what the wide network has in its place, out of what the narrow one hands it
(He et al. 2017, "Channel Pruning for Accelerating Very Deep Neural Networks"), so that errors do not add up. Labels
play no part in it. The stem and the head keep their width, as in every EfficientNet-lite.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf

from channels import Basis, drop_channels, find_basis, regress, with_one
from efficientnet_lite import BATCH_NORM_EPSILON, PIXEL_OFFSET, PIXEL_SCALE, VARIANTS, build_model
from photos import LABELS, TRAINING_SPLITS, load_photos
from restore_keras import restore_checked
from trainer import predict_logits

BATCH = 32


class Fold(NamedTuple):
    """A convolution's kernel and bias once batch normalisation is folded into them."""

    kernel: np.ndarray
    bias: np.ndarray

    def __call__(self, maps: tf.Tensor, stride: int = 1) -> tf.Tensor:
        kernel, bias = self.kernel.astype(np.float32), self.bias.astype(np.float32)
        return tf.nn.conv2d(maps, kernel, stride, "SAME") + bias

    def depthwise(self, maps: tf.Tensor, stride: int) -> tf.Tensor:
        return tf.nn.depthwise_conv2d(maps, self.kernel, (1, stride, stride, 1), "SAME") + self.bias

    @staticmethod
    def of(weights: np.ndarray) -> "Fold":
        """The 1 × 1 convolution by weights (channels + 1, filters), the last row the bias."""
        return Fold(weights[None, None, :-1], weights[-1])


class Block(NamedTuple):
    """An inverted residual block."""

    name: str
    expand: Fold | None
    depthwise: Fold
    project: Fold
    stride: int
    is_adding: bool

    def hidden(self, maps: tf.Tensor) -> tf.Tensor:
        """What the projection reads."""
        expanded = tf.nn.relu6(self.expand(maps)) if self.expand else maps
        return tf.nn.relu6(self.depthwise.depthwise(expanded, self.stride))

    def __call__(self, maps: tf.Tensor) -> tf.Tensor:
        result = self.project(self.hidden(maps))
        return result + maps if self.is_adding else result


def in_batches(function: Callable[[tf.Tensor], tf.Tensor], maps: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, len(maps), BATCH):
        yield function(tf.cast(maps[start : start + BATCH], tf.float32)).numpy()


def run(function: Callable[[tf.Tensor], tf.Tensor], maps: np.ndarray) -> np.ndarray:
    return np.concatenate(list(in_batches(function, maps)))


def flatten(maps: np.ndarray) -> np.ndarray:
    """(photos, height, width, channels) to (positions, channels)."""
    return maps.reshape(-1, maps.shape[-1])


def read_blocks(model: keras.Model) -> list[Block]:
    """The blocks of a network without batch normalisation, whose layers bear the names of efficientnet_lite.py."""
    layers = {layer.name: layer for layer in model.layers}

    def read(name: str) -> Fold | None:
        return Fold(*layers[name].get_weights()) if name in layers else None

    return [
        Block(
            block,
            read(f"{block}_expand_conv"),
            read(f"{block}_depthwise_conv"),
            read(f"{block}_project_conv"),
            layers[f"{block}_depthwise_conv"].strides[0],
            f"{block}_add" in layers,
        )
        for block in (name.removesuffix("_project_conv") for name in layers if name.endswith("_project_conv"))
    ]


def find_bases(
    blocks: list[Block], outputs: list[np.ndarray], head: Fold, narrow: keras.Model, rng: np.random.Generator
) -> list[Basis]:
    """One for each block's output; a block that adds has that of the block before it."""
    readers = [block.expand.kernel[0, 0] for block in blocks[1:]] + [head.kernel[0, 0]]
    starts = [index for index, block in enumerate(blocks) if not block.is_adding]
    bases: list[Basis] = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        rows = np.concatenate([flatten(maps) for maps in outputs[start:end]])
        count = narrow.get_layer(f"{blocks[start].name}_project_conv").filters
        bases += [find_basis(rows, np.concatenate(readers[start:end], axis=1), count, rng)] * (end - start)
    return bases


def read_from(narrow: np.ndarray, wide: np.ndarray, reader: Fold) -> Fold:
    """A 1 × 1 convolution of the wide network's maps as the nearest one of the narrow network's."""
    weights = regress(flatten(narrow), flatten(wide)) @ reader.kernel[0, 0]
    return Fold.of(np.vstack([weights[:-1], weights[-1] + reader.bias]))


def narrow_block(block: Block, channels: int, entry: np.ndarray, wide_entry: np.ndarray, target: np.ndarray) -> Block:
    """With so many hidden channels; of the narrow network's entry it makes what is nearest to the target."""
    expand = read_from(entry, wide_entry, block.expand) if block.expand else None
    whole = block._replace(expand=expand)
    if block.is_adding:
        target = target - entry
    size = len(block.depthwise.bias) + 1
    gram, products = np.zeros((size, size)), np.zeros((size, target.shape[-1]))
    for index, hidden in enumerate(in_batches(whole.hidden, entry)):
        columns = with_one(flatten(hidden))
        gram += columns.T @ columns
        products += columns.T @ flatten(target[index * BATCH : (index + 1) * BATCH]).astype(np.float32)
    kept, weights = drop_channels(gram, products, channels)
    return block._replace(
        expand=expand and Fold(expand.kernel[..., kept], expand.bias[kept]),
        depthwise=Fold(block.depthwise.kernel[:, :, kept], block.depthwise.bias[kept]),
        project=Fold.of(weights),
    )


def store(narrow: keras.Model, layer: str, normalisation: str, fold: Fold) -> None:
    """As filters of length one, which one learning rate suits; the normalisation carries their lengths and the bias."""
    axes = (0, 1, 3) if "depthwise" in layer else (0, 1, 2)
    lengths = np.maximum(np.sqrt(np.square(fold.kernel).sum(axis=axes)), 1e-6)
    narrow.get_layer(layer).set_weights([fold.kernel / (lengths[:, None] if "depthwise" in layer else lengths)])
    statistics = [np.zeros_like(lengths), np.full_like(lengths, 1 - BATCH_NORM_EPSILON)]
    narrow.get_layer(normalisation).set_weights([lengths, fold.bias, *statistics])


def fill(narrow: keras.Model, wide: keras.Model, photos: np.ndarray, rng: np.random.Generator) -> None:
    """Sets the weights of `narrow` from those of `wide` and from bytes (count, size, size, 3)."""
    stem, head = (Fold(*wide.get_layer(name).get_weights()) for name in ("conv_stem", "conv_head"))
    store(narrow, "conv_stem", "bn0", stem)
    entry = run(lambda pixels: tf.nn.relu6(stem(pixels * PIXEL_SCALE + PIXEL_OFFSET, 2)), photos)
    blocks = read_blocks(wide)
    wide_maps = [entry]
    for block in blocks:
        wide_maps.append(run(block, wide_maps[-1]))
    bases = find_bases(blocks, wide_maps[1:], head, narrow, rng)
    for block, basis, wide_entry, output in zip(blocks, bases, wide_maps[:-1], wide_maps[1:], strict=True):
        target = basis.encode(output)
        channels = narrow.get_layer(f"{block.name}_depthwise_conv").output.shape[-1]
        slim = narrow_block(block, channels, entry, wide_entry, target)
        entry = run(slim, entry)
        missed = np.square(entry - target).mean() / flatten(target).var(axis=0).mean()
        print(f"{block.name}: {output.shape[-1]} channels to {entry.shape[-1]}, {missed:.1%} of their variance missed")
        if slim.expand:
            store(narrow, f"{block.name}_expand_conv", f"{block.name}_bn0", slim.expand)
        store(narrow, f"{block.name}_depthwise_conv", f"{block.name}_bn1", slim.depthwise)
        store(narrow, f"{block.name}_project_conv", f"{block.name}_bn2", slim.project)
    store(narrow, "conv_head", "bn1", read_from(entry, wide_maps[-1], head))
    narrow.get_layer("logits").set_weights(wide.get_layer("logits").get_weights())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, help="a model directory of the network at full width")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--variant", choices=VARIANTS, required=True, help="the narrower network")
    parser.add_argument("--photos", type=int, default=384, help="how many training photos to fit on")
    parser.add_argument("--size", type=int, default=192, help="their side in pixels")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="the .weights.h5")
    options = parser.parse_args()
    photos = load_photos(options.data, TRAINING_SPLITS, options.size, options.cache)
    everything = np.arange(len(photos.labels))
    chosen = np.sort(np.random.default_rng(options.seed).choice(everything, options.photos, replace=False))
    others = np.setdiff1d(everything, chosen)[::4]
    narrow = build_model(len(LABELS), options.size, options.variant)
    fill(narrow, restore_checked(options.directory), photos.pixels[chosen], np.random.default_rng(options.seed))
    narrow.save_weights(options.out)
    right = predict_logits(narrow, photos.pixels[others]).argmax(axis=1) == photos.labels[others]
    print(f"{options.out}: {narrow.count_params():,} weights, right on {right.mean():.3f} of other training photos")


if __name__ == "__main__":
    main()
