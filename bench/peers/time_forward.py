"""Times one forward pass: a line read from standard input is a run, whose milliseconds go to standard output.

    python time_forward.py --runtime onnxruntime|litert --model FILE --size PIXELS
"""

import argparse
import sys
import time

import numpy as np

from serve_handler import litert_model, onnxruntime_model


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runtime", choices=["onnxruntime", "litert"], required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--size", type=int, required=True)
    options = parser.parse_args()
    run = (onnxruntime_model if options.runtime == "onnxruntime" else litert_model)(options.model)
    pixels = np.random.default_rng(1).random((1, options.size, options.size, 3), np.float32)
    for _ in sys.stdin:
        before = time.perf_counter()
        run(pixels)
        print((time.perf_counter() - before) * 1000, flush=True)


if __name__ == "__main__":
    main()
