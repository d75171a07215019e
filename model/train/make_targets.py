"""Soft targets from runs that never saw the photo (train.py --fold): they soften labels that others would not give.

A model that was trained on a photo repeats its label, right or wrong; one that was not says what the photo looks like.
"""

import argparse
from pathlib import Path

import numpy as np

from batches import soften
from photos import LABELS, TRAINING_SPLITS, list_photos
from trainer import cross_entropy

SCALES = np.geomspace(0.3, 5.0, 100)


def fit_scale(logits: np.ndarray, labels: np.ndarray) -> float:
    """The factor under which the labels are likeliest: smoothing and mixup leave logits too small, or too large."""
    return float(min(SCALES, key=lambda scale: cross_entropy(logits * scale, labels)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=Path, nargs="+", required=True, help="left-out.npy files, fold 0 first")
    parser.add_argument("--share", type=float, default=0.5, help="of the targets that the runs give, the rest is the label's")
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--out", type=Path, required=True, help=".npy of (photos, labels)")
    options = parser.parse_args()
    listed = list_photos(options.data, TRAINING_SPLITS)
    labels = np.array([label for _, label in listed])
    logits = np.zeros((len(labels), len(LABELS)))
    for fold, path in enumerate(options.folds):
        answers = np.load(path)
        scale = fit_scale(answers, labels[fold :: len(options.folds)])
        logits[fold :: len(options.folds)] = scale * answers
        print(f"fold {fold}: logits times {scale:.2f}")
    likelihoods = np.exp(logits - logits.max(axis=1, keepdims=True))
    likelihoods /= likelihoods.sum(axis=1, keepdims=True)
    agreeing = logits.argmax(axis=1) == labels
    print(f"{agreeing.mean():.4f} of {len(labels)} photos are given their own label")
    for index, label in enumerate(LABELS):
        print(f"  {label}: {agreeing[labels == index].mean():.4f}")
    targets = (1 - options.share) * soften(labels, len(LABELS), options.smoothing) + options.share * likelihoods
    np.save(options.out, targets.astype(np.float32))


if __name__ == "__main__":
    main()
