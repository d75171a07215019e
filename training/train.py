"""Fine-tunes EfficientNet-lite from its ImageNet weights to the ten kinds of clothes.

Each epoch is stored whole (weights, optimizer, running average), so that a run cut short goes on where it was.
"""

import argparse
import json
import time
from pathlib import Path

import keras
import numpy as np
from tqdm import tqdm

from augment import MILD, STRONG
from batches import augmented_epoch, soften
from efficientnet_lite import VARIANTS
from photos import LABELS, TRAINING_SPLITS, Photos, is_left_out, load_photos
from trainer import Trainer, cross_entropy, predict_logits

# Larger than any view that is cut from it, so that a crop still has detail.
CACHED_SIZE = 320


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train, extra and validation")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, best.weights.h5 and the log")
    parser.add_argument("--cache", type=Path, help="folder for decoded photos; OUT/cache if not given")
    parser.add_argument("--variant", choices=VARIANTS, default="lite0")
    parser.add_argument("--start", type=Path, help="weights of an earlier run to start from, in place of ImageNet's")
    parser.add_argument("--targets", type=Path, help=".npy (photos, labels) of soft targets, in place of the labels")
    parser.add_argument("--fold", help="K/N: leave out every Nth photo from the Kth on")
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--size", type=int, default=160, help="side of the training photos in pixels")
    parser.add_argument("--validation-size", type=int, default=224, help="side of the validation photos in pixels")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate of the last body layer")
    parser.add_argument("--head-factor", type=float, default=10)
    parser.add_argument("--decay", type=float, default=0.95, help="rate of each block, as a share of the next one's")
    parser.add_argument("--weight-decay", type=float, default=0.02)
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--mixup", type=float, default=0.3, help="both parameters of the Beta distribution")
    parser.add_argument("--mixup-probability", type=float, default=0.5)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument(
        "--averaging", type=float, default=0.997, help="decay of the running average of weights, a step"
    )
    parser.add_argument(
        "--biases", action="store_true", help="batch normalisation's offsets learn too, as after narrow.py"
    )
    parser.add_argument("--mild", action="store_true", help="weak augmentation, for last epochs at full resolution")
    parser.add_argument("--judge-every", type=int, default=1, help="epochs between two looks at the validation photos")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def run(
    options: argparse.Namespace, training: Photos, targets: np.ndarray, validation: Photos, used: np.ndarray
) -> None:
    """Trains from the stored epoch on; writes best.weights.h5 and last.weights.h5 (both averages) and log.jsonl."""
    steps = len(used) // options.batch
    trainer = Trainer(options, steps)
    if trainer.checkpoints.restore_or_initialize():
        print(f"going on after epoch {int(trainer.epoch)}", flush=True)
    for epoch in range(int(trainer.epoch), options.epochs):
        started, computed = time.monotonic(), time.process_time()
        batches = augmented_epoch(
            training.pixels,
            targets,
            used,
            size=options.size,
            batch=options.batch,
            strength=MILD if options.mild else STRONG,
            mixup=options.mixup,
            mixup_probability=options.mixup_probability,
            seed=(options.seed, epoch),
        )
        loss = trainer.train_epoch(tqdm(batches, f"epoch {epoch + 1}/{options.epochs}", steps, mininterval=5))
        row: dict[str, float] = {"epoch": epoch + 1, "loss": round(loss, 4)}
        if (epoch + 1) % options.judge_every == 0 or epoch + 1 == options.epochs:
            logits = predict_logits(trainer.average, validation.pixels)
            accuracy = float(np.mean(logits.argmax(axis=1) == validation.labels))
            row["validationAccuracy"] = round(accuracy, 4)
            row["validationLoss"] = round(cross_entropy(logits, validation.labels), 4)
            if accuracy >= float(trainer.best):
                trainer.best.assign(accuracy)
                trainer.average.save_weights(options.out / "best.weights.h5")
        row["seconds"] = round(time.monotonic() - started)
        row["processorSeconds"] = round(time.process_time() - computed)
        print(json.dumps(row), flush=True)
        with (options.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(row) + "\n")
        trainer.average.save_weights(options.out / "last.weights.h5")
        trainer.epoch.assign(epoch + 1)
        trainer.checkpoints.save()


def main() -> None:
    options = parse_options()
    keras.utils.set_random_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    cache = options.cache or options.out / "cache"
    training = load_photos(options.data, TRAINING_SPLITS, CACHED_SIZE, cache)
    validation = load_photos(options.data, ["validation"], options.validation_size, cache)
    targets = np.load(options.targets) if options.targets else soften(training.labels, len(LABELS), options.smoothing)
    used = np.arange(len(training.labels))
    if options.fold:
        used = used[~is_left_out(len(used), options.fold)]
    run(options, training, targets, validation, used)


if __name__ == "__main__":
    main()
