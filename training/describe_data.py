"""Prints each split's photo counts and the hash over its sorted (relative path, sha256 of the file) list."""

import argparse
import json
from pathlib import Path

from photos import TRAINING_SPLITS, describe_split


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with train, extra and validation")
    arguments = parser.parse_args()
    splits = (*TRAINING_SPLITS, "validation")
    print(json.dumps({split: describe_split(arguments.data, split) for split in splits}, indent=2))


if __name__ == "__main__":
    main()
