"""Judges weights on the validation photos exactly as the service will show them: no flips, no crops."""

import argparse
import json
from pathlib import Path

import keras
import numpy as np

from efficientnet_lite import VARIANTS, build_model
from photos import LABELS, load_photos
from trainer import cross_entropy, predict_logits


def judge(model: keras.Model, data: Path, cache: Path) -> dict[str, object]:
    """Accuracy over all photos and for each label, the loss in nats, and the confusion matrix (rows: truth)."""
    validation = load_photos(data, ["validation"], model.input_shape[1], cache)
    logits = predict_logits(model, validation.pixels)
    confusion = np.zeros((len(LABELS), len(LABELS)), int)
    np.add.at(confusion, (validation.labels, logits.argmax(axis=1)), 1)
    recalls = np.diag(confusion) / confusion.sum(axis=1)
    return {
        "validationAccuracy": round(float(np.trace(confusion) / confusion.sum()), 4),
        "validationLoss": round(cross_entropy(logits, validation.labels), 4),
        "perLabel": {label: round(float(recall), 4) for label, recall in zip(LABELS, recalls, strict=True)},
        "confusion": confusion.tolist(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--variant", choices=VARIANTS, default="lite0")
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("weights", type=Path, nargs="+", help=".weights.h5 files, judged one by one")
    options = parser.parse_args()
    model = build_model(len(LABELS), options.size, options.variant)
    for path in options.weights:
        model.load_weights(path)
        print(json.dumps({"weights": str(path), **judge(model, options.data, options.cache)}))


if __name__ == "__main__":
    main()
