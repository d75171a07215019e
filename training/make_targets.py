"""Soft targets for a small network out of larger ones (distillation): the mean of the label and of what they answer.

Borders such as shirt against longsleeve are a matter of opinion; a larger network says where. Each
teacher was trained with `train.py --fold K/N`: on the photos that it never saw its logits are scaled to be calibrated.
A model directory as the teacher has seen every photo, which leaves none to fit a scale on: its logits stay as they are.
"""

import argparse
from pathlib import Path

import numpy as np

from batches import soften
from efficientnet_lite import VARIANTS, build_model
from photos import LABELS, TRAINING_SPLITS, Photos, is_left_out, load_photos
from restore_keras import restore_checked
from trainer import cross_entropy, predict_logits

SCALES = np.geomspace(0.3, 5.0, 100)


def fit_scale(logits: np.ndarray, labels: np.ndarray) -> float:
    """The factor under which the labels are likeliest: smoothing and mixup leave logits too small."""
    return float(min(SCALES, key=lambda scale: cross_entropy(logits * scale, labels)))


def to_probabilities(logits: np.ndarray) -> np.ndarray:
    """The softmax of each row."""
    likelihoods = np.exp(logits - logits.max(axis=1, keepdims=True))
    return likelihoods / likelihoods.sum(axis=1, keepdims=True)


def answers_of_teachers(options: argparse.Namespace, photos: Photos) -> list[np.ndarray]:
    """The calibrated probabilities of each teacher of --teachers, (photos, labels)."""
    teacher = build_model(len(LABELS), options.size, options.variant)
    answers = []
    for path, fold in zip(options.teachers, options.folds, strict=True):
        teacher.load_weights(path)
        logits = predict_logits(teacher, photos.pixels)
        unseen = is_left_out(len(logits), fold)
        scale = fit_scale(logits[unseen], photos.labels[unseen])
        right = logits.argmax(axis=1) == photos.labels
        print(
            f"{path}: right on {right[unseen].mean():.4f} unseen, {right[~unseen].mean():.4f} seen, scale {scale:.2f}"
        )
        answers.append(to_probabilities(scale * logits))
    return answers


def answers_of_directory(directory: Path, photos: Photos) -> np.ndarray:
    """The probabilities by the logits of a model directory's model, (photos, labels)."""
    logits = predict_logits(restore_checked(directory), photos.pixels)
    right = logits.argmax(axis=1) == photos.labels
    print(f"{directory}: right on {right.mean():.4f} seen")
    return to_probabilities(logits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, nargs="+", default=[], help=".weights.h5 files")
    parser.add_argument("--folds", nargs="+", default=[], help="the fold K/N that each teacher never saw")
    parser.add_argument("--variant", choices=VARIANTS, default="lite2")
    parser.add_argument("--directory", type=Path, help="a model directory as the teacher, in place of --teachers")
    parser.add_argument("--size", type=int, default=192, help="a model directory's own size if it is the teacher")
    parser.add_argument(
        "--share", type=float, default=0.5, help="the teachers' share of a target, the rest is the label's"
    )
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--out", type=Path, required=True, help=".npy of (photos, labels)")
    options = parser.parse_args()
    if bool(options.teachers) == bool(options.directory):
        parser.error("give --teachers or --directory")
    photos = load_photos(options.data, TRAINING_SPLITS, options.size, options.cache)
    answers = (
        [answers_of_directory(options.directory, photos)]
        if options.directory
        else answers_of_teachers(options, photos)
    )
    labelled = soften(photos.labels, len(LABELS), options.smoothing)
    targets = (1 - options.share) * labelled + options.share * np.mean(answers, axis=0)
    np.save(options.out, targets.astype(np.float32))


if __name__ == "__main__":
    main()
