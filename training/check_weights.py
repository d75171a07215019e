"""Checks that the pretrained weights are read right, on photos whose names begin with their synset (n01443537_…).

ImageNet's thousand classes are in the order of their synsets. So, for photos sorted by name, right answers ascend: the
longest ascending run of answers counts the photos that can all be right, without a list of the class names. With the
padding, epsilon and scaling of efficientnet_lite.py it is 199 of 220; with symmetric padding 191, with ImageNet's usual
mean and deviation in place of 127 and 128 it is 170.
"""

import argparse
import bisect
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from efficientnet_lite import build_model, load_imagenet_weights
from trainer import find_checkpoint, predict_logits

LEAST_SHARE = 0.85
SIZE = 224


def count_ascending(answers: Iterable[int]) -> int:
    """The length of the longest strictly ascending subsequence, by patience sorting."""
    ends: list[int] = []
    for answer in answers:
        place = bisect.bisect_left(ends, answer)
        ends[place : place + 1] = [answer]
    return len(ends)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, required=True)
    options = parser.parse_args()
    model = build_model(1000, SIZE)
    load_imagenet_weights(model, find_checkpoint("lite0"))
    paths = sorted(options.photos.glob("n[0-9]*"))
    pixels = []
    for path in paths:
        with Image.open(path) as photo:
            upright = ImageOps.exif_transpose(photo).convert("RGB")
            pixels.append(np.asarray(ImageOps.fit(upright, (SIZE, SIZE), Image.Resampling.BICUBIC)))
    ascending = count_ascending(predict_logits(model, np.stack(pixels)).argmax(axis=1))
    print(f"{ascending} of {len(paths)} answers ascend with the synsets")
    sys.exit(ascending < LEAST_SHARE * len(paths))


if __name__ == "__main__":
    main()
