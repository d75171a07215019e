"""Saves EfficientNet-lite0 as ImageNet left it, 1,000 labels and all: what make-body.ts makes the body of."""

import argparse
from pathlib import Path

from efficientnet_lite import build_model, load_imagenet_weights
from trainer import find_checkpoint


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=288, help="side of the input in pixels")
    parser.add_argument("--out", type=Path, required=True, help="the .keras file to write")
    arguments = parser.parse_args()
    model = build_model(1000, arguments.size)
    load_imagenet_weights(model, find_checkpoint("lite0"))
    model.save(arguments.out)


if __name__ == "__main__":
    main()
