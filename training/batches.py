"""Batches of augmented photos with soft labels, prepared on a thread while the model trains."""

import queue
import threading
from collections.abc import Iterator

import numpy as np

from augment import Strength, random_view

QUEUED_BATCHES = 6


def soften(labels: np.ndarray, classes: int, smoothing: float) -> np.ndarray:
    """Label indices (count,) to smoothed targets (count, classes); each row sums to 1."""
    return (np.eye(classes, dtype=np.float32)[labels] * (1 - smoothing) + smoothing / classes).astype(np.float32)


def _mix(
    photos: np.ndarray, targets: np.ndarray, alpha: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Mixup: each photo blended with another of its batch, one share for the batch."""
    share = np.float32(rng.beta(alpha, alpha))
    partner = rng.permutation(len(photos))
    return (
        share * photos + (1 - share) * photos[partner],
        share * targets + (1 - share) * targets[partner],
    )


def _augmented_batches(
    pixels: np.ndarray,
    targets: np.ndarray,
    used: np.ndarray,
    *,
    size: int,
    batch: int,
    strength: Strength,
    mixup: float,
    mixup_probability: float,
    seed: tuple[int, int],
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(seed)
    order = rng.permutation(used)
    # The last, incomplete batch is left out: one fixed shape, and its photos come in other epochs.
    for start in range(0, len(order) - batch + 1, batch):
        chosen = order[start : start + batch]
        views = np.stack([random_view(pixels[index], size, strength, rng) for index in chosen]).astype(np.float32)
        wanted = targets[chosen]
        if rng.random() < mixup_probability:
            views, wanted = _mix(views, wanted, mixup, rng)
        yield views, wanted


def augmented_epoch(
    pixels: np.ndarray, targets: np.ndarray, used: np.ndarray, **options: object
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """One epoch over the photos whose indices are `used`: pixels (batch, size, size, 3), targets (batch, classes).

    The same seed (run, epoch) gives the same batches, so a resumed run sees what an unbroken one would have.
    """
    prepared: queue.Queue = queue.Queue(QUEUED_BATCHES)

    def prepare() -> None:
        try:
            for item in _augmented_batches(pixels, targets, used, **options):
                prepared.put(item)
            prepared.put(None)
        except Exception as failure:
            prepared.put(failure)

    threading.Thread(target=prepare, daemon=True).start()
    while (item := prepared.get()) is not None:
        if isinstance(item, Exception):
            raise item
        yield item
