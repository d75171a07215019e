"""Quantises models with random weights and writes, as FOLDER/FAMILY/, an input, KIND.tflite, KIND.dequantised.bin
(what the same graph answers in real numbers) and KIND.litert.bin (what LiteRT answers).

    python quantise_families.py FOLDER FAMILY ...
"""

import argparse
from pathlib import Path

import keras

from build_family import build_model
from dequantise import dequantise
from tflite_answers import KINDS, answer, convert


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("families", nargs="+", metavar="family")
    options = parser.parse_args()
    for family in options.families:
        folder = options.folder / family
        folder.mkdir(parents=True, exist_ok=True)
        model, photos = build_model(family)
        photos[:1].tofile(folder / "input.bin")
        for kind in KINDS[1:]:
            content = convert(model, kind, photos)
            (folder / f"{kind}.tflite").write_bytes(content)
            answer(dequantise(content), photos[:1]).tofile(folder / f"{kind}.dequantised.bin")
            answer(content, photos[:1]).tofile(folder / f"{kind}.litert.bin")
        keras.backend.clear_session()


if __name__ == "__main__":
    main()
