"""A model soup: the mean of the weights of runs that began at the same ImageNet weights.

Such runs end in one valley of the loss, so their mean is one model that answers nearly as well as all of them together
(Wortsman et al. 2022, "Model soups").
"""

import argparse
import json
from pathlib import Path

import numpy as np

from efficientnet_lite import build_model
from evaluate import judge
from photos import LABELS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the soup's .weights.h5")
    parser.add_argument("weights", type=Path, nargs="+")
    options = parser.parse_args()
    model = build_model(len(LABELS), 224)
    ingredients = []
    for path in options.weights:
        model.load_weights(path)
        ingredients.append(model.get_weights())
        report = judge(model, options.data, options.cache)
        print(f"{path}: {report['validationAccuracy']} ({report['validationLoss']} nats)")
    model.set_weights([np.mean(arrays, axis=0) for arrays in zip(*ingredients, strict=True)])
    model.save_weights(options.out)
    print(json.dumps(judge(model, options.data, options.cache)))


if __name__ == "__main__":
    main()
