"""Random views of a photo: crop, flip, tilt, colour and erasing by Pillow, so that they are resampled as in serving."""

import math
from typing import NamedTuple

import numpy as np
from PIL import Image

# Luma weights of ITU-R BT.601, as Pillow's "L".
LUMA = np.array([0.299, 0.587, 0.114])
MEAN_COLOUR = (127, 127, 127)


class Strength(NamedTuple):
    """How far a view may be from its photo: areas as a share of the photo, angles in degrees, the rest as factors."""

    smallest_area: float = 0.4
    aspect: float = 4 / 3
    colour: float = 0.3
    tilt: float = 12.0
    tilt_probability: float = 0.25
    grey_probability: float = 0.05
    erase_probability: float = 0.25


STRONG = Strength()
# For the last epochs at full resolution: close to what serving shows.
MILD = Strength(smallest_area=0.7, aspect=1.15, colour=0.15, tilt=6.0, erase_probability=0.0)


def _choose_box(width: int, height: int, strength: Strength, rng: np.random.Generator) -> tuple[float, ...]:
    area = rng.uniform(strength.smallest_area, 1.0)
    stretch = math.exp(rng.uniform(-1, 1) * math.log(strength.aspect) / 2)
    box_width = width * min(1.0, math.sqrt(area) * stretch)
    box_height = height * min(1.0, math.sqrt(area) / stretch)
    left, top = rng.uniform(0, width - box_width), rng.uniform(0, height - box_height)
    return left, top, left + box_width, top + box_height


def _colour_matrix(strength: Strength, rng: np.random.Generator) -> tuple[float, ...]:
    """Brightness, contrast, saturation and white balance as one 3 × 4 matrix, in the order Pillow's convert takes."""
    brightness, contrast, saturation = 1 + strength.colour * rng.uniform(-1, 1, 3)
    if rng.random() < strength.grey_probability:
        saturation = 0.0
    balance = 1 + strength.colour / 4 * rng.uniform(-1, 1, 3)
    mixing = saturation * np.eye(3) + (1 - saturation) * LUMA
    scaled = brightness * contrast * balance[:, None] * mixing
    matrix = np.column_stack([scaled, np.full(3, 127 * (1 - contrast))])
    return tuple(float(entry) for entry in matrix.ravel())


def _erase(view: np.ndarray, rng: np.random.Generator) -> None:
    """Paints a rectangle of 5–20 % of the view with noise, in place."""
    size = view.shape[0]
    area, stretch = rng.uniform(0.05, 0.2), math.exp(rng.uniform(-0.7, 0.7))
    height, width = (min(size, round(size * math.sqrt(area) * factor)) for factor in (stretch, 1 / stretch))
    top, left = rng.integers(0, size - height + 1), rng.integers(0, size - width + 1)
    view[top : top + height, left : left + width] = rng.integers(0, 256, (height, width, 3), np.uint8)


def random_view(pixels: np.ndarray, size: int, strength: Strength, rng: np.random.Generator) -> np.ndarray:
    """A view of one photo: bytes (height, width, 3) to bytes (size, size, 3)."""
    photo = Image.fromarray(pixels)
    box = _choose_box(photo.width, photo.height, strength, rng)
    view = photo.resize((size, size), Image.Resampling.BILINEAR, box=box)
    if rng.random() < 0.5:
        view = view.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if rng.random() < strength.tilt_probability:
        angle = rng.uniform(-strength.tilt, strength.tilt)
        view = view.rotate(angle, Image.Resampling.BILINEAR, fillcolor=MEAN_COLOUR)
    result = np.array(view.convert("RGB", _colour_matrix(strength, rng)))
    if rng.random() < strength.erase_probability:
        _erase(result, rng)
    return result
