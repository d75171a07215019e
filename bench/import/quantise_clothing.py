"""Rebuilds the shipped model as model.keras, quantises it, and writes into FOLDER: photos.bin (the validation photos as
the model takes them), labels.bin (whose index is right, int32), KIND.tflite and KIND.litert.bin (LiteRT's scores).

    python quantise_clothing.py FOLDER MODEL_DIRECTORY DATA

DATA has train/ and validation/ with a folder for each label; a full-integer model is calibrated on training photos.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from tflite_answers import KINDS, answer, convert

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
from photos import list_photos, read_photo
from restore_keras import restore_checked

CALIBRATION_PHOTOS = 100


def read_inputs(listed: list[tuple[Path, int]], card: dict) -> np.ndarray:
    """(photos, size, size, 3): the photos as the card says, which must be what the model was trained with."""
    if (card["resize"], card["fit"], card["channels"]) != ("bilinear-antialias", "stretch", "rgb"):
        raise SystemExit("The model's card asks for another way from photo to input than this program knows.")
    photos = [read_photo(path, card["width"]).astype(np.float32) for path, _ in listed]
    return np.stack(photos) * np.float32(card["scale"]) + np.float32(card["offset"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("model_directory", type=Path)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    card = json.loads((options.model_directory / "card.json").read_text())["input"]
    training = list_photos(options.data, ["train"])
    calibration = read_inputs(training[:: len(training) // CALIBRATION_PHOTOS][:CALIBRATION_PHOTOS], card)
    validation = list_photos(options.data, ["validation"])
    photos = read_inputs(validation, card)
    photos.tofile(options.folder / "photos.bin")
    np.array([label for _, label in validation], np.int32).tofile(options.folder / "labels.bin")

    model = restore_checked(options.model_directory)
    model.save(options.folder / "model.keras")
    for kind in KINDS:
        content = convert(model, kind, calibration)
        (options.folder / f"{kind}.tflite").write_bytes(content)
        answer(content, photos).tofile(options.folder / f"{kind}.litert.bin")


if __name__ == "__main__":
    main()
