"""Decodes JPEGs for the benchmark: reads lines `width height path`, answers each with the milliseconds that it took.

Size 0 0 asks for the whole picture; any other is handed to `draft`, libjpeg's scaled decoding.
"""

import sys
import time

from PIL import Image, features

print(f"Pillow {Image.__version__}, libjpeg-turbo {features.version('libjpeg_turbo')}", flush=True)
for line in sys.stdin:
    width, height, path = line.rstrip("\n").split(" ", 2)
    with open(path, "rb") as file:
        file.read()
    start = time.perf_counter()
    image = Image.open(path)
    if int(width) > 0:
        image.draft("RGB", (int(width), int(height)))
    image.load()
    print((time.perf_counter() - start) * 1000, flush=True)
