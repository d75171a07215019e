"""Draws so many photos of each label into a folder of its own, to see what a training makes of few.

OUT gets train/<label>/, an empty extra/<label>/, and validation/, which is the whole one.
"""

import argparse
import shutil
from pathlib import Path

import numpy as np

from photos import LABELS, TRAINING_SPLITS, list_photos


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train, extra and validation")
    parser.add_argument("--photos-per-label", type=int, required=True, help="all where a label has fewer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    listed = list_photos(options.data, TRAINING_SPLITS)
    for index, label in enumerate(LABELS):
        own = [path for path, own_index in listed if own_index == index]
        chosen = rng.permutation(len(own))[: options.photos_per_label]
        folder = options.out / "train" / label
        folder.mkdir(parents=True)
        (options.out / "extra" / label).mkdir(parents=True)
        for at in sorted(chosen):
            # A split's name goes before the file's: two splits may use the same one.
            shutil.copyfile(own[at], folder / f"{own[at].parts[-3]}-{own[at].name}")
    (options.out / "validation").symlink_to((options.data / "validation").resolve())


if __name__ == "__main__":
    main()
