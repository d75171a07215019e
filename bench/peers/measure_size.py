"""Prints how many bytes packages and all that they need add to a base image with Python: as gzip packs them, as layers are.

    python measure_size.py onnxruntime numpy pillow
"""

import re
import sys
import zlib
from importlib import metadata


def closure(names: list[str]) -> set[str]:
    """The packages named and those they require, extras and other platforms left out."""
    found: set[str] = set()
    queue = list(names)
    while queue:
        name = queue.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            requirements = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            # Required on other platforms or versions of Python only.
            continue
        found.add(name)
        queue += [re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in requirements if "extra ==" not in one]
    return found


def compressed_size(name: str) -> int:
    size = 0
    for file in metadata.files(name) or []:
        path = file.locate()
        if path.is_file() and path.suffix != ".pyc":
            size += len(zlib.compress(path.read_bytes(), 6))
    return size


if __name__ == "__main__":
    print(sum(compressed_size(name) for name in closure(sys.argv[1:])))
