"""The course's kind of Lambda handler behind a plain HTTP server: a photo's bytes in, all labels and scores out.

The work is that of the published handler: Pillow opens the photo, makes it RGB and resizes it to the model's square by
nearest neighbour; numpy scales the pixels to -1…1; onnxruntime or LiteRT runs the model; a dict of label to score goes
back. The runtime is imported and the model loaded at start, as a Lambda handler's module does.

    python serve_handler.py --runtime onnxruntime|litert --model FILE --size PIXELS --port PORT
"""

import argparse
import io
import json
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
from PIL import Image

LABELS = ["dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts", "skirt", "t-shirt"]


def onnxruntime_model(path: str):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Left to itself it takes every processor of the machine, whatever it was pinned to.
    options.intra_op_num_threads = len(os.sched_getaffinity(0))
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda pixels: session.run(None, {name: pixels})[0][0]


def litert_model(path: str):
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=path, num_threads=len(os.sched_getaffinity(0)))
    interpreter.allocate_tensors()
    source = interpreter.get_input_details()[0]["index"]
    result = interpreter.get_output_details()[0]["index"]

    def run(pixels: np.ndarray) -> np.ndarray:
        interpreter.set_tensor(source, pixels)
        interpreter.invoke()
        return interpreter.get_tensor(result)[0]

    return run


def photo_to_pixels(photo: bytes, size: int) -> np.ndarray:
    image = Image.open(io.BytesIO(photo)).convert("RGB").resize((size, size), Image.Resampling.NEAREST)
    return np.array([np.asarray(image, dtype="float32") / 127.5 - 1])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runtime", choices=["onnxruntime", "litert"], required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    run = (onnxruntime_model if options.runtime == "onnxruntime" else litert_model)(options.model)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # One segment an answer: headers and body written apart would wait for the client's delayed acknowledgement.
        wbufsize = -1

        def do_POST(self) -> None:
            photo = self.rfile.read(int(self.headers["content-length"]))
            scores = run(photo_to_pixels(photo, options.size))
            answer = json.dumps(dict(zip(LABELS, scores.tolist()))).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    HTTPServer(("127.0.0.1", options.port), Handler).serve_forever()


if __name__ == "__main__":
    main()
