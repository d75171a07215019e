"""Milliseconds of the processor that onnxruntime takes for a photo, on one thread: python time_onnxruntime.py FOLDER

FOLDER has model.onnx, input.bin and about.json, as build_torch_family.py writes them.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime

LEAST_RUNS, MOST_SECONDS = 4, 2


def main():
    folder = Path(sys.argv[1])
    size = json.loads((folder / "about.json").read_text())["size"]
    photo = np.fromfile(folder / "input.bin", np.float32, size * size * 3).reshape(1, size, size, 3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    feeds = {session.get_inputs()[0].name: np.ascontiguousarray(photo.transpose(0, 3, 1, 2))}
    times, started = [], time.monotonic()
    while len(times) < LEAST_RUNS or time.monotonic() - started < MOST_SECONDS:
        before = time.process_time()
        session.run(None, feeds)
        times.append(time.process_time() - before)
    print(min(times) * 1000)


if __name__ == "__main__":
    main()
