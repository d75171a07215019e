"""Which directions of a space of channels to keep, which channels to drop, and the least squares that repair it."""

from typing import NamedTuple

import numpy as np

# Of the mean square of the channels: those that are nearly sums of others get no huge, opposite weights.
RIDGE = 1e-3


class Basis(NamedTuple):
    """Coordinates of a space of channels, fewer than these."""

    mean: np.ndarray
    directions: np.ndarray

    def encode(self, maps: np.ndarray) -> np.ndarray:
        """(…, channels) to (…, directions)."""
        return (maps - self.mean) @ self.directions


def find_basis(rows: np.ndarray, readers: np.ndarray, count: int, rng: np.random.Generator) -> Basis:
    """The `count` directions of rows (positions, channels) of which most arrives in the readers (channels, outputs).

    They are mixed by a random rotation, or the channels would be sorted from loud to faint, and one learning rate would
    not suit them all.
    """
    values, vectors = np.linalg.eigh((readers @ readers.T).astype(np.float64))
    # The symmetric root of readers @ readers.T: after it, lengths are those of what the readers see.
    root = (vectors * np.sqrt(np.maximum(values, 1e-9 * values.max()))) @ vectors.T
    _, principal = np.linalg.eigh(root @ np.cov(rows, rowvar=False) @ root)
    rotation, _ = np.linalg.qr(rng.normal(size=(count, count)))
    return Basis(rows.mean(axis=0, dtype=np.float64), root @ principal[:, -count:] @ rotation)


def with_one(rows: np.ndarray) -> np.ndarray:
    """A last column of ones, whose weights are the bias."""
    return np.column_stack([rows, np.ones(len(rows), rows.dtype)])


def regress(rows: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The weights (channels + 1, outputs) of rows (positions, channels) and a one that come nearest to the target."""
    columns = with_one(rows)
    return _solve((columns.T @ columns).astype(np.float64), (columns.T @ target).astype(np.float64))


def drop_channels(gram: np.ndarray, products: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Which `count` channels stay, ascending, and the weights (count + 1, outputs) of them and a one for the target.

    `gram` (channels + 1, channels + 1) and `products` (channels + 1, outputs) are of the channels and a one with
    themselves and with the target. Without channel q the squared error grows by |weights of q|² / inverse[q, q], when
    all that stay are fitted again; that leaves the inverse without the row and the column of q.
    """
    inverse = np.linalg.inv(_damped(gram))
    weights = inverse @ products
    stays = np.ones(len(gram) - 1, bool)
    for _ in range(len(stays) - count):
        growth = np.square(weights[:-1]).sum(axis=1) / np.maximum(np.diag(inverse)[:-1], 1e-30)
        dropped = int(np.where(stays, growth, np.inf).argmin())
        share = inverse[:, dropped] / inverse[dropped, dropped]
        weights -= np.outer(share, weights[dropped])
        inverse -= np.outer(share, inverse[dropped])
        stays[dropped] = False
    kept = np.flatnonzero(stays)
    used = np.append(kept, len(stays))
    # Anew, since rounding adds up over hundreds of steps.
    return kept, _solve(gram[np.ix_(used, used)], products[used])


def _damped(gram: np.ndarray) -> np.ndarray:
    """With the ridge on all channels but the one."""
    channels = np.diag(gram)[:-1]
    return gram + np.diag(np.append(np.full(len(channels), RIDGE * channels.mean()), 0))


def _solve(gram: np.ndarray, products: np.ndarray) -> np.ndarray:
    return np.linalg.solve(_damped(gram), products)
