"""Photos in class folders: listing, decoding as the service does, and a cache that spares each epoch the decoding."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps
from tqdm import tqdm

# Ascending, as every folder loader sorts them: the order of the logits.
LABELS = ("dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts", "skirt", "t-shirt")
TRAINING_SPLITS = ("train", "extra")
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}


class Photos(NamedTuple):
    """Square photos as bytes (count, size, size, 3) and the index of each one's label (count,)."""

    pixels: np.ndarray
    labels: np.ndarray


def list_photos(data: Path, splits: Sequence[str]) -> list[tuple[Path, int]]:
    """Paths with the index of their label, in an order that does not depend on the file system."""
    listed: list[tuple[Path, int]] = []
    for split in splits:
        for index, label in enumerate(LABELS):
            paths = (data / split / label).iterdir()
            listed += [(path, index) for path in sorted(paths) if path.suffix.lower() in SUFFIXES]
    return listed


def read_photo(path: Path, size: int) -> np.ndarray:
    """What the service shows the model: upright, RGB, the whole photo stretched to size × size by Pillow's BILINEAR."""
    with Image.open(path) as photo:
        upright = ImageOps.exif_transpose(photo).convert("RGB")
        return np.asarray(upright.resize((size, size), Image.Resampling.BILINEAR))


def load_photos(data: Path, splits: Sequence[str], size: int, cache: Path) -> Photos:
    """The photos of the splits at size × size pixels, decoded at the first call and mapped from `cache` after it."""
    listed = list_photos(data, splits)
    names = "\n".join(f"{path.relative_to(data)} {path.stat().st_size}" for path, _ in listed)
    key = hashlib.sha256(f"{size}\n{names}".encode()).hexdigest()[:12]
    stored = cache / f"{'-'.join(splits)}-{size}-{key}.npy"
    if not stored.exists():
        cache.mkdir(parents=True, exist_ok=True)
        partial = stored.with_suffix(".partial")
        shape = (len(listed), size, size, 3)
        pixels = np.lib.format.open_memmap(partial, mode="w+", dtype=np.uint8, shape=shape)
        for index, (path, _) in enumerate(tqdm(listed, desc=f"decoding {' + '.join(splits)}", unit="photo")):
            pixels[index] = read_photo(path, size)
        pixels.flush()
        partial.rename(stored)
    return Photos(np.load(stored, mmap_mode="r"), np.array([label for _, label in listed], np.int32))


def is_left_out(count: int, fold: str) -> np.ndarray:
    """Which of `count` photos fold "K/N" leaves out: every Nth from the Kth on, so each label alike."""
    number, folds = map(int, fold.split("/"))
    return np.arange(count) % folds == number


def describe_split(data: Path, split: str) -> dict[str, object]:
    """Counts for each label and one hash over the sorted (relative path, sha256 of the file) of a split."""
    listed = list_photos(data, [split])
    lines = sorted(
        f"{path.relative_to(data).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path, _ in listed
    )
    counts = {label: sum(index == number for _, index in listed) for number, label in enumerate(LABELS)}
    return {
        "photos": len(listed),
        "perLabel": counts,
        "sha256": hashlib.sha256("".join(lines).encode()).hexdigest(),
    }
