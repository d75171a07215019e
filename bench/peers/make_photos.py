"""Draws the photos that the benchmark posts: shapes under noise of several scales, so that a JPEG of them holds about as
much detail as a camera's.

    python make_photos.py OUT_DIRECTORY
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

SIZES = {"0.2mp": (400, 534), "2mp": (1224, 1632), "12mp": (3024, 4032), "48mp": (6048, 8064)}


# Standard deviation in steps of 255; with it a JPEG of quality 80 takes about two bits a pixel.
SENSOR_NOISE = 6


def draw(width: int, height: int) -> Image.Image:
    """A picture of `width` x `height`, the same at every call."""
    random = np.random.default_rng(width)
    picture = np.zeros((height, width, 3), np.float32)
    cells, strength = 4, 60.0
    while cells < max(width, height):
        noise = random.normal(size=(cells, cells, 3)).astype(np.float32)
        for channel in range(3):
            layer = Image.fromarray(noise[:, :, channel], mode="F").resize((width, height), Image.Resampling.BICUBIC)
            picture[:, :, channel] += strength * np.asarray(layer)
        cells, strength = cells * 4, strength * 0.45
    picture += random.normal(scale=SENSOR_NOISE, size=(height, width, 1)).astype(np.float32)
    image = Image.fromarray(np.clip(picture + 128, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    pen.polygon([(width * 0.3, height * 0.2), (width * 0.7, height * 0.2), (width * 0.6, height * 0.8), (width * 0.4, height * 0.8)], fill=(40, 60, 140))
    return image


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, (width, height) in SIZES.items():
        image = draw(width, height)
        image.save(out / f"{name}-baseline.jpg", quality=80)
        image.save(out / f"{name}-progressive.jpg", quality=80, progressive=True)
        if width * height < 3_000_000:
            image.save(out / f"{name}.png")


if __name__ == "__main__":
    main()
